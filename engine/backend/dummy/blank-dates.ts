/** Dates taken away from rows that cannot have one. */
import { NO_DATE } from "../../table/cohort-schema.ts";

/** Day numbers, both included; null is an open end. */
export interface DaysBetween {
  readonly from: number | null;
  readonly to: number | null;
}

/** `has` is 0 where a row has no value. */
export function blankWithout(days: Int32Array, has: Uint8Array): void {
  for (let row = 0; row < days.length; row++) if (has[row] === 0) days[row] = NO_DATE;
}

/** Fewer patients than the incidence says then have a date, as in the reference. */
export function blankOutside(days: Int32Array, { from, to }: DaysBetween): void {
  if (from === null && to === null) return;
  const first = from ?? -Infinity;
  const last = to ?? Infinity;
  for (let row = 0; row < days.length; row++) {
    const day = days[row] ?? NO_DATE;
    if (day < first || day > last) days[row] = NO_DATE;
  }
}
