/** Dummy dates between two days. */
import type { ExpectationRate } from "../../definition/expectations/expectation-facts.ts";
import { nextBelow, nextOpen } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";
import { NO_DATE } from "../../table/cohort-schema.ts";

/** As a share of the range: 63 of 100 dates fall within its last tenth. */
const MEAN_AGE = 0.1;

export interface DayRange {
  readonly earliest: number;
  readonly latest: number;
}

/**
 * So many day numbers. `exponential_increase`: ever more towards the latest, none before the earliest;
 * the range must not be reversed. Any other rate: evenly; as in the reference the earliest day itself
 * does not occur unless it is the only one, and a reversed range gives the days between its ends.
 */
export function drawDates(
  stream: RandomStream,
  rows: number,
  rate: ExpectationRate,
  range: DayRange,
): Int32Array {
  const days = new Int32Array(rows);
  const { latest } = range;
  const length = latest - range.earliest;
  if (rate === "exponential_increase") {
    for (let row = 0; row < rows; row++) days[row] = latest - daysBack(stream, length);
  } else {
    const direction = Math.sign(length);
    const size = Math.abs(length);
    for (let row = 0; row < rows; row++) days[row] = latest - direction * nextBelow(stream, size);
  }
  return days;
}

function daysBack(stream: RandomStream, length: number): number {
  for (;;) {
    const back = Math.floor(-Math.log(nextOpen(stream)) * MEAN_AGE * length);
    if (back <= length) return back;
  }
}

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
