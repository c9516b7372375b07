/** From the words of a command line to a typed request, by the table of commands. */
import { Command, CommanderError } from "commander";
import { ProblemError } from "../base/problems.ts";
import { commandFor, requestIn } from "./command-parser.ts";
import { commandNames, commandSpec, isCommandName } from "./command-table.ts";
import type { CommandName, Request, RequestOf } from "./command-table.ts";
import { takeParamWords, withWholeRange } from "./param-words.ts";

/**
 * The request; null where help or the version was asked for and has been printed. Throws commander's
 * CommanderError for misuse, which it has told of. Problems: usage.
 */
export function readWords(words: readonly string[], version: string): Request | null {
  const { rest, params } = wordsOf(words);
  let request: Request | null = null;
  const program = new Command("cohortline")
    .description("Monthly cohorts and measures from health records, from one study definition.")
    .version(`v${version}`, "--version", "print the version")
    .showSuggestionAfterError(true)
    .showHelpAfterError("Run with --help for usage.")
    .exitOverride();
  for (const name of namesFor(rest[0])) {
    const command = commandFor(name).exitOverride();
    program.addCommand(
      command.action(() => {
        request = requestIn(command, name, params);
      }),
    );
  }
  if (rest.length === 0) program.outputHelp();
  else program.parse(rest, { from: "user" });
  return request;
}

/** A command that is named needs no other; help and a misspelt name need all of them. */
function namesFor(word: string | undefined): readonly CommandName[] {
  return word !== undefined && isCommandName(word) ? [word] : commandNames;
}

/** Where a command takes no parameters, the parser tells that there is no such option. */
function wordsOf(words: readonly string[]) {
  const [name = ""] = words;
  const takesParams = isCommandName(name) && "param" in commandSpec(name).options;
  const { rest, params } = takesParams ? takeParamWords(words) : { rest: words, params: {} };
  return { rest: withWholeRange(rest), params };
}

/** The exit code of help (0) or misuse (2); null for any other error. */
export function usageExit(error: unknown): number | null {
  if (!(error instanceof CommanderError)) return null;
  return error.exitCode === 0 ? 0 : 2;
}

/** A command that an action of a project.yaml may run. */
export type ActionRequest = RequestOf<ActionCommand>;
export type ActionCommand = (typeof ACTIONS)[number];

/** The study that it names; null for a command that reads none: an audit only looks at its measures. */
export function studyOf(request: ActionRequest | null): string | null {
  const isAudit = request?.command === "audit";
  return request !== null && !isAudit && "studyDefinition" in request
    ? (request.studyDefinition ?? null)
    : null;
}

/** Whether it keeps what is complete and made from the same things. */
export function skipsExisting(request: ActionRequest | null): boolean {
  return request !== null && "skipExisting" in request && request.skipExisting;
}

export interface ActionWords {
  /** As far as the words could be read; null where they name no such command. */
  readonly request: ActionRequest | null;
  /** Why they are not understood; null where they are. */
  readonly fault: string | null;
}

const ACTIONS = [
  "generate_cohort",
  "generate_measures",
  "cohort_joiner",
  "deciles_charts",
  "measures_report",
  "cohort_report",
  "audit",
  "generate_dummy_tables",
] as const;

/** The words of `run:` behind the image. Prints nothing and throws nothing. */
export function readActionWords(words: readonly string[]): ActionWords {
  const name = ACTIONS.find((known) => known === words[0]);
  if (name === undefined) return { request: null, fault: faultOfName(words[0]) };
  const command = commandFor(name)
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  let params: Readonly<Record<string, string>> = {};
  let fault: string | null = null;
  try {
    const taken = wordsOf(words);
    params = taken.params;
    command.parse(taken.rest.slice(1), { from: "user" });
  } catch (error) {
    fault = faultIn(error);
  }
  return { request: requestIn(command, name, params), fault };
}

function faultOfName(name: string | undefined): string {
  const known = `known are ${ACTIONS.join(", ")}`;
  return name === undefined
    ? `it names no command; ${known}`
    : `cohortline has no command ${name}; ${known}`;
}

function faultIn(error: unknown): string {
  if (error instanceof CommanderError)
    return error.message.replace(/^error: /, "").replace("\n", " ");
  if (error instanceof ProblemError) return error.problems[0]?.message ?? "";
  throw error;
}
