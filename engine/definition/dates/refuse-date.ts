/** Says what keeps a text from being a date, and how to write what its author probably meant. */
import { addDays, addMonths, addYears, lastDayOfMonth, parseIsoDate } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { fail } from "../problems.ts";

interface Complaint {
  readonly when: RegExp;
  readonly sentence: string;
  readonly wayOut: (parts: readonly string[]) => string;
}

const FORM = 'Write it like "first_day_of_month(index_date) + 3 months".';
const DAY = 'Write a day as "2020-12-31".';

/** The first that fits is reported. All are matched against the text without spaces. */
const complaints: readonly Complaint[] = [
  { when: /^$/, sentence: "it is empty", wayOut: () => DAY },
  { when: /\s/, sentence: "it has a tab or a line break in it", wayOut: () => FORM },
  {
    when: /^(\d{4}-\d{2})-\d{2}$/,
    sentence: "there is no such day",
    wayOut: ([, month = ""]) => lastDayHint(month),
  },
  {
    when: /^(\d{4}-\d{2}-\d{2})([+-])(\d{1,6})(years?|months?|days?)$/,
    sentence: "a written day takes no offset",
    wayOut: ([, date = "", sign, amount, unit = ""]) =>
      dayHint(shifted(date, Number(`${sign}${amount}`), unit), "Write the day itself"),
  },
  {
    when: /^[\p{L}_]\w*\(\d{4}-\d{2}-\d{2}\)/u,
    sentence: "a function is for index_date, today or a column, not for a written day",
    wayOut: () => "Write the day itself.",
  },
  {
    when: /^(\d{4})[-/.]?(\d{1,2})?[-/.]?(\d{1,2})?$/,
    sentence: "it is not written YYYY-MM-DD",
    wayOut: ([, year = "", month = "1", day = "1"]) => dayHint(iso(year, month, day)),
  },
  {
    when: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/,
    sentence: "the year comes first",
    wayOut: ([, day = "", month = "", year = ""]) => dayHint(iso(year, month, day)),
  },
  { when: /^\d/, sentence: "it is not written YYYY-MM-DD", wayOut: () => DAY },
  {
    when: /\([^()]*\(/,
    sentence: "it has a function inside a function",
    wayOut: () => "Only one function can be applied; its result takes one offset.",
  },
  {
    when: /\([^()]*[+-][^()]*\)/,
    sentence: "it has an offset inside the parentheses",
    wayOut: () => `The function comes first, then the offset. ${FORM}`,
  },
  {
    when: /^\([^()]*\)/,
    sentence: "it has parentheses without a function before them",
    wayOut: () => "Leave them away.",
  },
  { when: /^[^)]*\([^)]*$/, sentence: "a parenthesis is not closed", wayOut: () => FORM },
  { when: /^[^(]*\)/, sentence: "a parenthesis closes that was not opened", wayOut: () => FORM },
  {
    when: /[+-].*[+-]/,
    sentence: "it has more than one offset",
    wayOut: () => "Only one can be added: write 1 year + 1 month as 13 months.",
  },
  {
    when: /[+-](\D|$)/,
    sentence: "a whole number is missing after the sign",
    wayOut: () => FORM,
  },
  { when: /[+-]\d+$/, sentence: "a unit is missing at its end", wayOut: () => FORM },
  { when: /(?:)/, sentence: "it cannot be read", wayOut: () => `${DAY} ${FORM}` },
];

/** Stops with what is wrong with a text that is neither a day nor of the form of an expression. */
export function refuseDate(text: string, compact: string): never {
  for (const { when, sentence, wayOut } of complaints) {
    const parts = when.exec(compact);
    if (parts !== null) fail("date-not-readable", { text, sentence, wayOut: wayOut(parts) });
  }
  throw new Error("the last complaint fits every text");
}

function iso(year: string, month: string, day: string): IsoDate | null {
  return parseIsoDate(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}

function dayHint(date: IsoDate | null, offer = "Did you mean"): string {
  if (date === null) return DAY;
  return offer === "Did you mean" ? `${offer} "${date}"?` : `${offer}: "${date}".`;
}

function lastDayHint(month: string): string {
  const first = parseIsoDate(`${month}-01`);
  return first === null
    ? "Months run from 01 to 12, years from 0001."
    : `The last day of that month is "${lastDayOfMonth(first)}".`;
}

function shifted(text: string, amount: number, unit: string): IsoDate | null {
  const date = parseIsoDate(text);
  if (date === null) return null;
  const add = unit.startsWith("year") ? addYears : unit.startsWith("month") ? addMonths : addDays;
  try {
    return add(date, amount);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
