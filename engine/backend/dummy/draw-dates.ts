/** Dummy dates between two days. */
import type { ExpectationRate } from "../../definition/expectations/expectation-facts.ts";
import { nextBelow, nextOpen } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";

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
