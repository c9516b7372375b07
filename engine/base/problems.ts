/**
 * A problem is something that an author, data or a database can put right. It is plain data: a code,
 * a message in the author's words, a way out and an exit code. A bug is any other exception.
 */
import { problemCatalogue } from "./catalogue/index.ts";
import type { ExitCode, ProblemKind } from "./catalogue/kind.ts";
import type { Line } from "./toned-line.ts";
import { visibleText } from "./visible-text.ts";

export type { ExitCode } from "./catalogue/kind.ts";

/** Where in the author's files a problem sits, as far as it is known. */
export interface Place {
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1, in characters. */
  readonly column?: number;
}

export type ProblemCode = keyof typeof problemCatalogue;
export type FactsOf<Code extends ProblemCode> =
  (typeof problemCatalogue)[Code] extends ProblemKind<infer Facts> ? Facts : never;

export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
  readonly exitCode: ExitCode;
  readonly place?: Place;
}

/** Whatever the facts hold, the message has no character that cannot be seen, and no line of its own making. */
export function problem<Code extends ProblemCode>(
  code: Code,
  facts: FactsOf<Code>,
  place?: Place,
): Problem {
  const kind = problemCatalogue[code] as unknown as ProblemKind<FactsOf<Code>>;
  const { exitCode } = kind;
  const lines = [kind.message(facts)].flat().map(visibleText);
  const told = {
    code,
    message: lines.join("\n"),
    hint: visibleText(kind.hint(facts)),
    exitCode,
  };
  return place === undefined ? told : { ...told, place: shownPlace(place) };
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

/** Stops with one problem. */
export function fail<Code extends ProblemCode>(
  code: Code,
  facts: FactsOf<Code>,
  place?: Place,
): never {
  throw new ProblemError([problem(code, facts, place)]);
}

/** The lines a person reads: place, message and code, whatever the message draws below it, way out. */
export function problemLines({ place, message, hint, code }: Problem): readonly string[] {
  const at = placeText(place);
  const [first = "", ...drawing] = message.split("\n");
  const lines = [`${at === "" ? "" : `${at}: `}${first} [${code}]`, ...drawing];
  return hint === "" ? lines : [...lines, `  ${hint}`];
}

/** The same for a person who watches. */
export function tonedProblem(told: Problem): readonly Line[] {
  const [start = "", ...more] = problemLines(told);
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
