/** Text cells read as the type a column is declared to have; nothing is guessed. */
import { parseIsoDate, toDayNumber } from "../../base/dates.ts";
import type { DateFormat } from "../../base/dates.ts";

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

const truths: ReadonlyMap<string, 0 | 1> = new Map([
  ["True", 1],
  ["TRUE", 1],
  ["true", 1],
  ["False", 0],
  ["FALSE", 0],
  ["false", 0],
]);

/** Null for text that is no number; `inf` and `-inf` are numbers here. */
export function readNumber(text: string): number | null {
  if (NUMBER.test(text)) return Number(text);
  if (text === "inf") return Infinity;
  return text === "-inf" ? -Infinity : null;
}

/** `40` and `40.0`, but not `40.5`, nor what is too large to be told from its neighbours. */
export function readWhole(text: string): number | null {
  const number = readNumber(text);
  return number !== null && Number.isSafeInteger(number) ? number : null;
}

/** `1`, `0`, `True`, `False` in any of their usual spellings. */
export function readTruth(text: string): 0 | 1 | null {
  const truth = truths.get(text);
  if (truth !== undefined) return truth;
  const number = readNumber(text);
  return number === 0 || number === 1 ? number : null;
}

const SHAPES: { readonly [F in DateFormat]: RegExp } = {
  // Readers of tables make numbers of years: 2020.0.
  YYYY: /^(?<year>\d{4})(?:\.0*)?$/,
  "YYYY-MM": /^(?<year>\d{4})-(?<month>\d{1,2})$/,
  "YYYY-MM-DD": /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
};

/**
 * The first day of what the text means, days since 1970-01-01; null if it has another format or does
 * not exist. Months and days may lack their zero: `2020-1-5`.
 */
export function readDay(text: string, format: DateFormat): number | null {
  const parts = SHAPES[format].exec(text)?.groups;
  if (parts === undefined) return null;
  const { year = "", month = "1", day = "1" } = parts;
  const date = parseIsoDate(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  return date === null ? null : toDayNumber(date);
}
