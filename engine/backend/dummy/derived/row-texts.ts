/** One text for each row, or one for all of them, compared as databases compare texts. */
import { formatDate, fromDayNumber } from "../../../base/dates.ts";
import type { DateFormat } from "../../../base/dates.ts";
import { foldText } from "../../../base/fold-text.ts";
import { byCodePoint } from "../../../base/value-types.ts";
import { NO_DATE } from "../../../table/cohort-schema.ts";
import type { RowNumbers } from "./row-numbers.ts";

export interface RowTexts {
  /** Places among the words: of every row, or of the first alone, that of all rows. */
  readonly codes: Uint32Array;
  readonly step: 0 | 1;
  /** Folded. */
  readonly words: readonly string[];
}

export function sameText(text: string): RowTexts {
  return { codes: new Uint32Array(1), step: 0, words: [foldText(text)] };
}

export function foldedWords(codes: Uint32Array, words: readonly string[]): RowTexts {
  return { codes, step: 1, words: words.map(foldText) };
}

/** Dates as the cohort shows them, "" where there is none. */
export function shownDates(days: Int32Array, format: DateFormat): RowTexts {
  const words = [""];
  const codeOf = new Map<number, number>([[NO_DATE, 0]]);
  const codes = new Uint32Array(days.length);
  for (let row = 0; row < days.length; row++) {
    const day = days[row] ?? NO_DATE;
    const known = codeOf.get(day) ?? words.length;
    if (known === words.length) {
      codeOf.set(day, known);
      words.push(formatDate(fromDayNumber(day), format));
    }
    codes[row] = known;
  }
  return { codes, step: 1, words };
}

/** Both as places in one order of all their words, so that they can be compared as numbers. */
export function asRanks(left: RowTexts, right: RowTexts): readonly [RowNumbers, RowNumbers] {
  const words = [...new Set([...left.words, ...right.words])].sort(byCodePoint);
  const rankOf = new Map(words.map((word, rank) => [word, rank]));
  return [ranked(left, rankOf), ranked(right, rankOf)];
}

function ranked({ codes, step, words }: RowTexts, rankOf: ReadonlyMap<string, number>): RowNumbers {
  const ranks = Uint32Array.from(words, (word) => rankOf.get(word) ?? 0);
  return { values: codes.map((code) => ranks[code] ?? 0), step, whole: true };
}
