/** The merged expectations of one column while they are read, and the problems found on the way. */
import { nearestNames } from "../../base/nearest.ts";
import { problem } from "../problems.ts";
import type { Place, Problem } from "../../base/problems.ts";
import type { ExpectationFacts } from "./expectation-facts.ts";
import { asLoose, isLoose, mergeExpectations } from "./expectation-merge.ts";
import type { Loose } from "./expectation-merge.ts";

export interface ExpectationReading {
  readonly facts: ExpectationFacts;
  readonly defaults: Loose;
  readonly own: Loose;
  readonly merged: Loose;
  readonly problems: Problem[];
  readonly warnings: Problem[];
  /** What is needed and not there, with what could be written; told as one problem at the end. */
  readonly missing: Missing[];
}

export interface Missing {
  /** `incidence`, `date.earliest`. */
  readonly key: string;
  /** A value for the key's first part, as JSON. */
  readonly example: unknown;
}

const known = ["rate", "incidence", "date", "category", "int", "float", "bool"];

export function startReading(facts: ExpectationFacts, defaults: unknown): ExpectationReading {
  const own: unknown = facts.column.expectations;
  const reading: ExpectationReading = {
    facts,
    defaults: asLoose(defaults),
    own: asLoose(own),
    merged: mergeExpectations(defaults, own),
    problems: [],
    warnings: [],
    missing: [],
  };
  for (const [given, column] of [
    [defaults, null],
    [own, facts.column.name],
  ] as const) {
    if (given === null || given === undefined || isLoose(given)) continue;
    const said = { study: facts.study, column, key: "expectations", expected: "an object" };
    reading.problems.push(problem("wrong-expectation", said, placeOf(reading, said)));
  }
  for (const key of Object.keys(reading.merged)) if (!known.includes(key)) unknown(reading, key);
  return reading;
}

function unknown(reading: ExpectationReading, key: string): void {
  const facts = { ...whereIs(reading, [key]), key, nearest: nearestNames(key, known), known };
  reading.problems.push(problem("unknown-expectation", facts, placeOf(reading, facts)));
}

/** Reports that the value at the path is not what it must be. */
export function wrong(
  reading: ExpectationReading,
  path: readonly string[],
  expected: string,
): void {
  const facts = { ...whereIs(reading, path), key: path.join("."), expected };
  reading.problems.push(problem("wrong-expectation", facts, placeOf(reading, facts)));
}

/** Whether the author wrote the value in the column or in the study's defaults. */
export function whereIs(
  { facts, own }: ExpectationReading,
  path: readonly string[],
): { readonly study: string; readonly column: string | null } {
  let inside: unknown = own;
  for (const key of path) inside = isLoose(inside) ? inside[key] : undefined;
  return { study: facts.study, column: inside === undefined ? null : facts.column.name };
}

/** Where the column stands; the study's defaults have no place of their own. */
export function placeOf(
  { facts }: ExpectationReading,
  { column }: { readonly column: string | null },
): Place | undefined {
  return column === null ? undefined : facts.column.place;
}

/** At most one problem, which shows how to write all that is missing. */
export function missingProblem(reading: ExpectationReading): readonly Problem[] {
  const { facts, missing } = reading;
  if (missing.length === 0) return [];
  const example: Record<string, unknown> = {};
  for (const { key, example: value } of missing) example[key.split(".")[0] ?? key] = value;
  const said = {
    study: facts.study,
    column: facts.column.name,
    missing: missing.map(({ key }) => key),
    example: JSON.stringify(example),
  };
  return [problem("missing-expectation", said, facts.column.place)];
}
