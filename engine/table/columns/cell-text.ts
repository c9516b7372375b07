/** The text that a csv file of the same cohort would have in a cell. */
import { formatDate, fromDayNumber } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import { floatText } from "../../base/value-types.ts";
import type { CellPlace } from "../csv/cell-bytes.ts";
import { NOT_A_DAY } from "./instant-days.ts";
import { MISSING_CODE } from "./typed-table.ts";
import type { TypedValues } from "./typed-table.ts";

/**
 * "" where missing. Problems: number-too-large beyond 2^53, file-date-out-of-range
 * outside the years 0001 to 9999, file-time-of-day, not-utf8-text.
 */
export function cellText(values: TypedValues, at: number, place: () => CellPlace): string {
  switch (values.kind) {
    case "number":
      return numberText(values.values[at] ?? NaN, values.of, place);
    case "day": {
      const day = values.values[at] ?? NaN;
      if (Number.isNaN(day)) return "";
      if (day === NOT_A_DAY) return fail("file-time-of-day", place());
      const date = dateOfDay(day) ?? fail("file-date-out-of-range", place());
      return formatDate(date, values.format);
    }
    case "coded": {
      const code = values.codes[at] ?? MISSING_CODE;
      return code === MISSING_CODE ? "" : values.textOf(code, place);
    }
    default:
      return unreachable(values);
  }
}

function numberText(value: number, type: "bool" | "int" | "float", place: () => CellPlace): string {
  if (type === "float" || Number.isNaN(value)) return floatText(value);
  if (!Number.isSafeInteger(value)) fail("number-too-large", place());
  return String(value);
}

/** 0001-01-01 and 9999-12-31. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

/** Days since 1970-01-01 as a date; null outside the years 0001 to 9999, and for a part of a day. */
export function dateOfDay(day: number): IsoDate | null {
  const exists = Number.isInteger(day) && day >= FIRST_DAY && day <= LAST_DAY;
  return exists ? fromDayNumber(day) : null;
}
