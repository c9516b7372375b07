/** Problems of date expressions, conditions and codelists. */
import { kind } from "../../base/problem-kind.ts";
import { nearestHint } from "../../base/wording.ts";

/** Where in a condition something is wrong: `line 2, column 5`, and its line with a caret below. */
export interface InCondition {
  readonly at: { readonly where: string; readonly picture: readonly string[] };
}

const placed = (sentence: string, { at }: InCondition): readonly string[] => [
  `${sentence} (${at.where} of the condition)`,
  ...at.picture,
];

export const conditionProblems = {
  "condition-empty": kind<object>(
    1,
    () => "The condition is empty",
    () => `Write what must hold for a patient: "age >= 18 AND has_asthma".`,
  ),
  "condition-symbol": kind<InCondition & { readonly symbol: string; readonly wayOut: string }>(
    1,
    ({ symbol, at }) => placed(`${symbol} has no meaning in a condition`, { at }),
    ({ wayOut }) => wayOut,
  ),
  "condition-word": kind<InCondition & { readonly word: string; readonly wayOut: string }>(
    1,
    ({ word, at }) => placed(`${word} is not a word of conditions`, { at }),
    ({ wayOut }) => wayOut,
  ),
  "condition-unclosed": kind<InCondition & { readonly what: string; readonly close: string }>(
    1,
    ({ what, at }) => placed(`${what} is never closed`, { at }),
    ({ close }) => `Put ${close} where it ends.`,
  ),
  "condition-number": kind<InCondition & { readonly number: string; readonly wayOut: string }>(
    1,
    ({ number, at }) => placed(`${number} cannot be read as a number`, { at }),
    ({ wayOut }) => wayOut,
  ),
  "condition-date-unquoted": kind<InCondition & { readonly date: string }>(
    1,
    ({ date, at }) => placed(`Without quotes ${date} is a subtraction`, { at }),
    ({ date }) => `Write the day as text: '${date}'.`,
  ),
  "condition-incomplete": kind<
    InCondition & { readonly sentence: string; readonly wayOut: string }
  >(
    1,
    ({ sentence, at }) => placed(sentence, { at }),
    ({ wayOut }) => wayOut,
  ),
  "condition-function": kind<InCondition & { readonly name: string }>(
    1,
    ({ name, at }) => placed(`${name}(…) calls a function, which conditions do not have`, { at }),
    () =>
      "Put what it should compute into a column of its own, such as patients.maximum_of, and name that here.",
  ),
  "condition-chained": kind<InCondition & { readonly wayOut: string }>(
    1,
    ({ at }) => placed("Comparisons cannot be chained", { at }),
    ({ wayOut }) => wayOut,
  ),
  "condition-not-a-test": kind<InCondition & { readonly what: string; readonly wayOut: string }>(
    1,
    ({ what, at }) =>
      placed(`${what} is a value, where something that holds or not is expected`, { at }),
    ({ wayOut }) => wayOut,
  ),
  "condition-not-a-value": kind<InCondition & { readonly symbol: string }>(
    1,
    ({ symbol, at }) =>
      placed(`What stands beside ${symbol} holds or not; it is not a value`, { at }),
    () =>
      "Join tests with AND and OR; only columns, numbers and text can be compared or calculated with.",
  ),
  "condition-too-deep": kind<InCondition & { readonly limit: number }>(
    1,
    ({ limit, at }) => placed(`The condition is nested more than ${limit} deep`, { at }),
    () => "Move parts of it into columns of their own (patients.satisfying) and name them here.",
  ),
  "condition-unknown-column": kind<{
    readonly name: string;
    readonly nearest: readonly string[];
  }>(
    1,
    ({ name }) =>
      `A condition uses column ${JSON.stringify(name)}, which the study does not define`,
    ({ nearest }) =>
      nearest.length > 0
        ? nearestHint(nearest)
        : "Text must stand in quotes; a name without them is a column.",
  ),
  "condition-mixes-types": kind<{
    readonly comparison: string;
    readonly left: string;
    readonly right: string;
    readonly wayOut: string;
  }>(
    1,
    ({ comparison, left, right }) => `In ${comparison}, ${left} is compared with ${right}`,
    ({ wayOut }) => wayOut,
  ),
  /** Warning only. */
  "condition-never-holds": kind<{ readonly test: string; readonly reason: string }>(
    1,
    ({ test, reason }) => `${test} holds for nobody: ${reason}`,
    () => "If that is not meant, correct the condition.",
  ),
  "condition-reckons-with-text": kind<{
    readonly calculation: string;
    readonly what: string;
    readonly wayOut: string;
  }>(
    1,
    ({ calculation, what }) => `In ${calculation}, ${what} is not a number`,
    ({ wayOut }) => wayOut,
  ),
} as const;
