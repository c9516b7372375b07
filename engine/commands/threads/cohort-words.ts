/** Commands of cohortextractor as they stand in a project.yaml: words without a shell. */
import { ProblemError } from "../../base/problems.ts";
import { parseParams } from "../../options/parse-params.ts";
import { refuseOptions } from "../cohorts/refuse-options.ts";
import { lineText } from "../../base/toned-line.ts";
import type { Line } from "../../base/toned-line.ts";
import type { OutputPolicy, Reporter, RunContext, RunSummary } from "../context.ts";
import { commandLine, usageFault } from "../../options/commands.ts";
import type { Invocation } from "../../options/commands.ts";
import { takeParamWords } from "../../options/take-words.ts";
import { textReporter } from "../reporting/reporters.ts";

const KNOWN = ["generate_cohort", "generate_measures"] as const;

/** Why the words are not understood; null where they are. */
export function refuseCohortWords(words: readonly string[]): string | null {
  const [command] = words;
  if (command === undefined) return `it names no command; known are ${KNOWN.join(" and ")}`;
  if (!KNOWN.some((known) => known === command)) {
    return `cohortline has no command ${command}; known are ${KNOWN.join(" and ")}`;
  }
  try {
    const asked = understood(words);
    if (asked.words.length > 0) return `"${asked.words.join(" ")}" belongs to no option`;
    if (asked.options["shared"] === true) {
      return "--shared is for the person who runs the project to say";
    }
    refuseOptions(asked.command, asked.options);
    return null;
  } catch (error) {
    const fault = usageFault(error);
    if (fault !== null) return fault;
    if (error instanceof ProblemError) return error.problems[0]?.message ?? "";
    throw error;
  }
}

/** What a command is given besides its words; plain data but for the clock, the signal, the ear and the progress. */
export interface CohortSurroundings extends Omit<RunContext, "reporter" | "outputPolicy"> {
  /** Files that its studies may write. */
  readonly own: readonly string[];
  /** Files of other actions, which are not written and are no mistake. */
  readonly others: readonly string[];
  /** Absent where nobody watches. */
  readonly progress?: Reporter["progress"];
}

export type PerformWords = (
  words: readonly string[],
  surroundings: CohortSurroundings,
  say: (line: string) => void,
) => Promise<RunSummary>;

/** Performs the words in this thread, and says in lines what it does. Problems: those of the command. */
export const performCohortWords: PerformWords = async (words, surroundings, say) => {
  const { command, options, params } = understood(words);
  const { own, others, progress = null } = surroundings;
  const print = (line: Line): void => {
    say(lineText(line));
  };
  const context = {
    ...surroundings,
    reporter: textReporter({ out: print, err: print }, "verbose", progress),
    outputPolicy: () => ({ decide: decision(own, others), declared: own }),
  };
  const asked = { ...options, params };
  if (command === "generate_cohort") {
    const { generateCohort } = await import("../generate-cohort.ts");
    return generateCohort(asked, context);
  }
  const { generateMeasures } = await import("../generate-measures.ts");
  return generateMeasures(asked, context);
};

function decision(own: readonly string[], others: readonly string[]): OutputPolicy["decide"] {
  return (path) => {
    if (own.includes(path)) return "write";
    return others.includes(path) ? "ignore" : "refuse";
  };
}

interface Understood extends Invocation {
  readonly params: Readonly<Record<string, string>>;
}

function understood(words: readonly string[]): Understood {
  const { rest, params } = takeParamWords(words);
  const asked: Invocation[] = [];
  const program = commandLine("", (invocation) => void asked.push(invocation));
  for (const each of [program, ...program.commands]) {
    each.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    each.showHelpAfterError(false).showSuggestionAfterError(false);
  }
  program.parse(rest, { from: "user" });
  const [invocation] = asked;
  if (invocation === undefined) throw new Error("a command line without a command");
  return { ...invocation, params: parseParams(params) };
}
