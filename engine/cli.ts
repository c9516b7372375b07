#!/usr/bin/env node
/** Where the program starts: the sandbox gets ready in its thread while the command line is loading. */
import { prewarmWorker } from "./sandbox/prewarmed-worker.ts";

const words = process.argv.slice(2);

/** Commands whose first work is to run study definitions. */
const running = /^(?:generate_cohort|generate_measures|check|explain|dump_\w+)$/;

if (running.test(words[0] ?? "") && !words.includes("--help")) prewarmWorker();
const { answerWords } = await import("./command-line.ts");
process.exitCode = await answerWords(words);
