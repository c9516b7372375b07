/**
 * A problem is something that an author, data or a database can put right. It is plain data: a code,
 * a message in the author's words, a way out and an exit code. A bug is any other exception.
 */
import { kind } from "./problem-kind.ts";
import type { ExitCode, ProblemKind } from "./problem-kind.ts";
import type { Line } from "./toned-line.ts";
import { visibleText } from "./visible-text.ts";

export type { ExitCode } from "./problem-kind.ts";

/** Where in the author's files a problem sits, as far as it is known. */
export interface Place {
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1, in characters. */
  readonly column?: number;
}

/** Kinds of problems by code, as a room declares them. */
export type ProblemKinds = Readonly<Record<string, ProblemKind<never>>>;

export type FactsOf<Kind> = Kind extends ProblemKind<infer Facts> ? Facts : never;

/** Message and hint never hold a fact that the kind calls sensitive. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly exitCode: ExitCode;
  readonly place?: Place;
  /** Message and hint with the sensitive facts, where there are any: for `asTyped` alone. */
  readonly quoting?: Said;
}

interface Said {
  readonly message: string;
  readonly hint: string;
}

/** What a room needs to report its problems. */
export interface Reporting<Kinds extends ProblemKinds> {
  readonly problem: <Code extends keyof Kinds & string>(
    code: Code,
    facts: FactsOf<Kinds[Code]>,
    place?: Place,
  ) => Problem;
  /** Stops with one problem. */
  readonly fail: <Code extends keyof Kinds & string>(
    code: Code,
    facts: FactsOf<Kinds[Code]>,
    place?: Place,
  ) => never;
}

/** Each room makes its own, of the kinds it declares. */
export function problemsOf<const Kinds extends ProblemKinds>(kinds: Kinds): Reporting<Kinds> {
  const problem: Reporting<Kinds>["problem"] = (code, facts, place) =>
    problemOfKind(code, kinds[code] as unknown as ProblemKind<unknown>, facts, place);
  return {
    problem,
    fail: (...told) => {
      throw new ProblemError([problem(...told)]);
    },
  };
}

function problemOfKind<Facts>(
  code: string,
  kind: ProblemKind<Facts>,
  facts: Facts,
  place: Place | undefined,
): Problem {
  const { exitCode, sensitive } = kind;
  const at = place === undefined ? {} : { place: shownPlace(place) };
  const all = say(kind, facts);
  if (sensitive.length === 0) return { code, ...all, exitCode, ...at };
  const hidden = sensitive.map(
    (name) => [name, notShown((facts as Readonly<Record<string, unknown>>)[name])] as const,
  );
  const shown = { ...facts, ...Object.fromEntries(hidden) };
  return { code, ...say(kind, shown), exitCode, ...at, quoting: all };
}

function notShown(fact: unknown): string | readonly string[] {
  return Array.isArray(fact) ? [] : "(not shown)";
}

/** Whatever the facts hold, the message has no character that cannot be seen, and no line of its own making. */
function say<Facts>(kind: ProblemKind<Facts>, facts: Facts): Said {
  const lines = [kind.message(facts)].flat().map(visibleText);
  return { message: lines.join("\n"), hint: visibleText(kind.hint(facts)) };
}

/** As it may be kept and passed on: without the sensitive facts. */
export function asLogged(problem: Problem): Problem {
  const { code, message, hint, exitCode, place } = problem;
  return { code, message, hint, exitCode, ...(place === undefined ? {} : { place }) };
}

/** For the terminal of a person who typed the command, and saw the file. Never for a log, a record or a report. */
export function asTyped({ quoting, ...problem }: Problem): Problem {
  return { ...problem, ...quoting };
}

function shownPlace(place: Place): Place {
  return place.file === undefined ? place : { ...place, file: visibleText(place.file) };
}

/** Thrown inside one thread only; between threads the problems themselves travel as data. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((each) => each.message).join("\n"));
    this.name = "ProblemError";
    this.problems = problems;
  }
}

/** Problems that every room may have. */
export const sharedProblems = {
  interrupted: kind<{ readonly finished: number }>(
    130,
    ({ finished }) =>
      `Interrupted; ${finished} finished ${finished === 1 ? "file is" : "files are"} kept`,
    () => "Run the same command with --skip-existing to go on.",
  ),
} as const;

/** The lines a person reads: place, message and code, whatever the message draws below it, way out. */
export function problemLines({ place, message, hint, code }: Problem): readonly string[] {
  const at = placeText(place);
  const [first = "", ...drawing] = message.split("\n");
  const lines = [`${at === "" ? "" : `${at}: `}${first} [${code}]`, ...drawing];
  return hint === "" ? lines : [...lines, `  ${hint}`];
}

/** The same for the person who typed the command. */
export function tonedProblem(told: Problem): readonly Line[] {
  const [start = "", ...more] = problemLines(asTyped(told));
  return [{ tone: "problem", start, rest: "" }, ...more];
}

export function tonedWarning(told: Problem): readonly Line[] {
  const [first = "", ...more] = problemLines(told);
  return [{ tone: "warning", start: "warning:", rest: ` ${first}` }, ...more];
}

function placeText(place: Place | undefined): string {
  if (place === undefined) return "";
  const { file, line, column } = place;
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/** For the `default` of a `switch` over a closed set: a forgotten case does not compile. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${String(value)}`);
}
