/** What the number in a cell stands for, which Stata keeps in the column's display format. */
import type { DateFormat } from "../../base/dates.ts";
import { floatText } from "../../base/value-types.ts";
import { dateOfDay } from "../columns/cell-text.ts";
import type { StorageType } from "./storage-type.ts";

/** Number of the day 1960-01-01, from which Stata counts, since 1970-01-01. */
export const STATA_EPOCH = -3653;

/** The display format of days. */
export const DAY_FORMAT = "%td";

/** The display format of whole numbers that need a double. */
export const WHOLE_FORMAT = "%20.0f";

export type CellMeaning =
  | { readonly kind: "whole" | "float" }
  /** Days since 1960-01-01, of which so many characters of the date are shown. */
  | { readonly kind: "day"; readonly shown: number }
  /** Milliseconds since 1960-01-01. */
  | { readonly kind: "moment" }
  /** Months since January 1960, of which as many characters are shown: year and month, or the year. */
  | { readonly kind: "month"; readonly shown: number }
  | { readonly kind: "year" };

export interface ColumnForm {
  readonly type: StorageType;
  readonly displayFormat: string;
  /** How much of its dates is shown, at most. */
  readonly dateFormat: DateFormat;
}

/** Null for a display format of dates that is not read: weeks, quarters, half-years, business days. */
export function meaningOf({ type, displayFormat, dateFormat }: ColumnForm): CellMeaning | null {
  const [, unit] = /^%-?\d*(d|t.)/.exec(displayFormat) ?? [];
  switch (unit) {
    case undefined:
      return { kind: isWhole(type, displayFormat) ? "whole" : "float" };
    case "d":
    case "td":
      return { kind: "day", shown: dateFormat.length };
    case "tc":
      return { kind: "moment" };
    case "tm":
      return { kind: "month", shown: dateFormat.length };
    case "ty":
      return { kind: "year" };
    default:
      return null;
  }
}

function isWhole({ kind }: StorageType, displayFormat: string): boolean {
  if (kind === "double" || kind === "float") return /^%-?\d*\.0f$/.test(displayFormat);
  return true;
}

/** Null where the number stands for no date of the years 1 to 9999, or for part of a day or month. */
export function textOfNumber(meaning: CellMeaning, value: number): string | null {
  switch (meaning.kind) {
    case "whole":
      return wholeText(value);
    case "float":
      return floatText(value);
    case "day":
      return dayText(value)?.slice(0, meaning.shown) ?? null;
    case "moment":
      return dayText(value / 86_400_000);
    case "month":
      return monthText(value)?.slice(0, meaning.shown) ?? null;
    case "year":
      return Number.isInteger(value) && value >= 1 && value <= 9999 ? fourDigits(value) : null;
  }
}

/** As csv has it: digits alone, unless the number has a fraction or is too long. */
function wholeText(value: number): string {
  if (value === 0) return "0";
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : floatText(value);
}

function dayText(value: number): string | null {
  return dateOfDay(value + STATA_EPOCH);
}

function monthText(value: number): string | null {
  const year = 1960 + Math.floor(value / 12);
  if (!Number.isInteger(value) || year < 1 || year > 9999) return null;
  const month = value - 12 * (year - 1960) + 1;
  return `${fourDigits(year)}-${String(month).padStart(2, "0")}`;
}

function fourDigits(year: number): string {
  return String(year).padStart(4, "0");
}
