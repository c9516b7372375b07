/** Days that files of other programs may hold anywhere in time. */
import { fromDayNumber } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";

/** 0001-01-01 and 9999-12-31. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

/** Days since 1970-01-01 as a date; null outside the years 0001 to 9999, and for a part of a day. */
export function dateOfDay(day: number): IsoDate | null {
  const exists = Number.isInteger(day) && day >= FIRST_DAY && day <= LAST_DAY;
  return exists ? fromDayNumber(day) : null;
}
