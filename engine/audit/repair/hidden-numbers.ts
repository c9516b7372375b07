/** Which numbers of a column would be hidden under a higher threshold, as far as those that are shown tell it. */
import { hideSmall } from "../../measures/suppress.ts";
import type { PrintedColumn } from "../describe/published-table.ts";

export interface Range {
  readonly lo: number;
  readonly hi: number;
}

export interface Raising {
  /** Null where nothing is hidden. */
  readonly now: number | null;
  /** Not lower. */
  readonly wanted: number | null;
  /** What all rows of the column add up to. */
  readonly total: Range;
}

/**
 * NaN where hidden; null where that depends on what the blanks are. What is blank now stays blank: a small number, or
 * one that was the smallest of the larger ones. The only question is whether all that is small adds up to so little
 * that one more is hidden.
 */
export function hiddenNumbers(
  { numbers, withheld }: Pick<PrintedColumn, "numbers" | "withheld">,
  { now, wanted, total }: Raising,
): Float64Array | null {
  const values = Float64Array.from(numbers, (number) => number ?? NaN);
  if (wanted === null || wanted === now) return values;
  if (withheld.size > 0) return null;
  const shown = values.filter((value) => !Number.isNaN(value));
  const blanks = values.length - shown.length;
  if (blanks === 0) return hideSmall(values, wanted).values;
  const threshold = now ?? 0;
  const small = shown.filter((value) => value > threshold && value <= wanted);
  if (small.length > 0) {
    // Beside numbers that are shown the blanks add up to more than the threshold, and each of these is more as well.
    if (wanted > 2 * threshold + 1) return null;
    return values.map((value) => (small.includes(value) ? NaN : value));
  }
  const large = shown.filter((value) => value > wanted);
  const rest = shown.reduce((sum, value) => sum + value, 0);
  if (large.length === 0 || Math.max(blanks, total.lo - rest) > wanted) return values;
  if (total.hi - rest > wanted) return null;
  const next = Math.min(...large);
  return values.map((value) => (value === next ? NaN : value));
}
