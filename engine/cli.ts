#!/usr/bin/env node
/** Where the program starts: the sandbox gets ready in its thread while the command line is loading. */
import { readdirSync } from "node:fs";
import { prewarmWorker } from "./sandbox/prewarmed-worker.ts";

const words = process.argv.slice(2);

/** Commands whose first work is to run study definitions. */
const running = /^(?:generate_cohort|generate_measures|check|explain|dump_\w+)$/;

/** Studies in Python have another interpreter. */
function isForSandbox(): boolean {
  try {
    return readdirSync("analysis").some((name) => /^study_definition.*\.(?:ts|js|mjs)$/.test(name));
  } catch {
    // The command tells what is wrong with the folder.
    return false;
  }
}

if (running.test(words[0] ?? "") && !words.includes("--help") && isForSandbox()) prewarmWorker();
const { answerWords } = await import("./command-line.ts");
process.exitCode = await answerWords(words);
