/** Problems of the expectations that dummy data are made from. */
import { kind } from "../../base/problem-kind.ts";
import { nearestHint, quotedList, someNames } from "../../base/wording.ts";

/** `column` null: the study's `defaultExpectations`. */
export interface Where {
  readonly study: string;
  readonly column: string | null;
}

const where = ({ study, column }: Where): string =>
  column === null
    ? `defaultExpectations of study ${JSON.stringify(study)}`
    : `returnExpectations of column ${JSON.stringify(column)} in study ${JSON.stringify(study)}`;

export const expectationProblems = {
  "missing-expectation": kind<
    Where & { readonly missing: readonly string[]; readonly example: string }
  >(
    1,
    ({ study, column, missing }) =>
      `Column ${JSON.stringify(column)} of study ${JSON.stringify(study)} cannot have dummy data: neither its returnExpectations nor defaultExpectations say ${missing.join(", ")}`,
    ({ example }) =>
      `Write for example returnExpectations: ${example}; for a study that runs on records only, check --real-data.`,
  ),
  "ignored-expectations": kind<{ readonly study: string; readonly columns: readonly string[] }>(
    1,
    ({ study, columns }) =>
      `Study ${JSON.stringify(study)} has derived dummy data: the returnExpectations of ${someNames(columns)} are ignored, since ${columns.length === 1 ? "it is" : "they are"} worked out from the columns that ${columns.length === 1 ? "it reads" : "they read"}`,
    () => "Leave these returnExpectations out, and say what the columns that are read look like.",
  ),
  "unknown-expectation": kind<
    Where & {
      readonly key: string;
      readonly nearest: readonly string[];
      readonly known: readonly string[];
    }
  >(
    1,
    (facts) => `${where(facts)}: ${JSON.stringify(facts.key)} is not known there`,
    ({ nearest, known }) =>
      nearest.length > 0 ? nearestHint(nearest) : `Known: ${quotedList(known)}.`,
  ),
  "wrong-expectation": kind<Where & { readonly key: string; readonly expected: string }>(
    1,
    (facts) => `${where(facts)}: ${JSON.stringify(facts.key)} must be ${facts.expected}`,
  ),
  "expectation-date": kind<
    Where & { readonly key: string; readonly sentence: string; readonly hint: string }
  >(
    1,
    (facts) => `${where(facts)}: ${JSON.stringify(facts.key)}: ${facts.sentence}`,
    ({ hint }) => hint,
  ),
  "reversed-expectation-dates": kind<
    Where & { readonly earliest: string; readonly latest: string }
  >(
    1,
    (facts) =>
      `${where(facts)}: "earliest" (${facts.earliest}) is after "latest" (${facts.latest}), so no date can be drawn`,
    () => 'Exchange them, or make both relative to the same date: "index_date - 1 year".',
  ),
  "unavailable-category": kind<
    Where & {
      readonly unavailable: readonly string[];
      readonly nearest: readonly string[];
      readonly available: readonly string[];
    }
  >(
    1,
    (facts) =>
      `${where(facts)}: the column can never have the value ${quotedList(facts.unavailable)}`,
    ({ nearest, available }) =>
      `${nearest.length > 0 ? `${nearestHint(nearest)} ` : ""}Its values are ${quotedList(available)}.`,
  ),
  "ratio-named-null": kind<Where & { readonly key: string }>(
    1,
    (facts) =>
      `${where(facts)}: the ratios of an object have the key ${JSON.stringify(facts.key)}, a text that would be written for patients`,
    ({ key }) =>
      `For a share of missing values write "" or pairs: { "": 0.1 } or [[null, 0.1]]. If the text is meant: [[${JSON.stringify(key)}, 0.1]].`,
  ),
  "words-for-numbers": kind<Where>(
    1,
    (facts) =>
      `${where(facts)}: the ratios name words, which the dummy data hold as text; records hold whole numbers there`,
    () => "Write the numbers of the records, { 1: 0.3, 5: 0.7 }, to have the same type in both.",
  ),
  "scaled-ratios": kind<Where & { readonly sum: number }>(
    1,
    (facts) => `${where(facts)}: the ratios add up to ${facts.sum}, not 1; they are scaled to 1`,
    () => "Correct the ratios to be sure of the shares in the dummy data.",
  ),
} as const;
