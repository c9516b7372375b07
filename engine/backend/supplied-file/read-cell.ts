/** Text cells read as the type a column is declared to have; nothing is guessed. */
import { parseIsoDate, toDayNumber } from "../../base/dates.ts";
import type { DateFormat } from "../../base/dates.ts";

/**
 * What programs write where nothing is recorded: R `NA`, pandas and databases others. In a text column they are
 * texts like any other; in a column of numbers, flags or dates they can mean nothing else.
 */
const MISSING: ReadonlySet<string> = new Set([
  ...["", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NaT"],
  ...["NULL", "null", "None"],
]);

/** Whether a cell of any column but a text holds nothing. */
export function isMissing(text: string): boolean {
  return MISSING.has(text);
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

const truths: ReadonlyMap<string, 0 | 1> = new Map([
  ...["True", "TRUE", "true", "T"].map((word) => [word, 1] as const),
  ...["False", "FALSE", "false", "F"].map((word) => [word, 0] as const),
]);

/** Null for text that is no number, and for one too large for a number: neither can be measured. */
export function readNumber(text: string): number | null {
  const number = NUMBER.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : null;
}

/** `40` and `40.0`, but not `40.5`, nor what is too large to be reported from its neighbours. */
export function readWhole(text: string): number | null {
  const number = readNumber(text);
  return number !== null && Number.isSafeInteger(number) ? withoutSign(number) : null;
}

/**
 * A patient's id: digits alone, as a program that made them fractional numbers writes them too (`17.0`). With an
 * exponent (`1.23457E+11`) an id has perhaps been rounded, and would be another patient's.
 */
export function readPatientId(text: string): number | null {
  if (!/^-?\d+(?:\.0*)?$/.test(text)) return null;
  const id = Number(text);
  return Number.isSafeInteger(id) ? withoutSign(id) : null;
}

/** The same of 64 bits, where patients have such ids. */
export function readLongPatientId(text: string): number | bigint | null {
  const id = readPatientId(text);
  if (id !== null || !/^-?\d{1,19}$/.test(text)) return id;
  const long = BigInt(text);
  return long === BigInt.asIntN(64, long) ? long : null;
}

/** Whether these are the digits of a whole number beyond 2^53. */
export function isTooLarge(text: string): boolean {
  return /^[+-]?\d+(?:\.0*)?$/.test(text) && !Number.isSafeInteger(Number(text));
}

/** 0 for -0, which nobody means. */
function withoutSign(number: number): number {
  return number === 0 ? 0 : number;
}

/** `1`, `0`, `True`, `False` in any of their usual spellings. */
export function readTruth(text: string): 0 | 1 | null {
  const truth = truths.get(text);
  if (truth !== undefined) return truth;
  const number = readNumber(text);
  if (number === 0) return 0;
  return number === 1 ? 1 : null;
}

/** Behind a day, midnight says no more than the day does: R and pandas write it behind days that they hold as times. */
const MIDNIGHT = "(?:[T ]00:00(?::00(?:\\.0+)?)?(?: ?(?:Z|UTC|[+-]00:?00))?)?";

const SHAPES: { readonly [F in DateFormat]: RegExp } = {
  // Readers of tables make numbers of years: 2020.0.
  YYYY: /^(?<year>\d{4})(?:\.0*)?$/,
  "YYYY-MM": /^(?<year>\d{4})-(?<month>\d{1,2})$/,
  "YYYY-MM-DD": new RegExp(`^(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})${MIDNIGHT}$`),
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
