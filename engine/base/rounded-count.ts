/** Counts of records for people who look after a database: enough to see what is wrong, too little to tell of one person. */
import { groupedDigits } from "./shown-numbers.ts";

/** A smaller count could tell of one person. */
export const FEWEST_SHOWN = 8;

const STEP = 5;

/** Rounded to fives, and of a few no number. */
export function roughCount(count: number): string {
  if (count === 0) return "0";
  return count < FEWEST_SHOWN
    ? `fewer than ${FEWEST_SHOWN}`
    : groupedDigits(Math.round(count / STEP) * STEP);
}
