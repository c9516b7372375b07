/** Flags as Arrow and parquet pack them, a bit each, the lowest of a byte first. */
import { NOT_LISTED } from "../cohort-reader.ts";
import type { NonZeroRows } from "../cohort-reader.ts";

/** The flags of a block. */
export interface Flags {
  /** 1 or 0. */
  readonly values: Float64Array;
  /** Where they are 1. */
  readonly nonZero: NonZeroRows;
}

export function noFlags(size: number): Flags {
  return { values: new Float64Array(size), nonZero: { rows: new Uint32Array(size), count: 0 } };
}

/** Rows of a block. */
export interface RowRange {
  readonly at: number;
  readonly count: number;
}

/**
 * Puts the flags from bit `from` on into rows of a block; its list begins with row 0, and once that is given up it stays so.
 * Flags are mostly 0: a byte without ones is done with at once.
 */
export function copyFlags(
  bytes: Uint8Array,
  from: number,
  { values, nonZero }: Flags,
  { at, count }: RowRange,
): void {
  const isListed = at === 0 || nonZero.count !== NOT_LISTED;
  const before = at === 0 || !isListed ? 0 : nonZero.count;
  values.fill(0, at, at + count);
  const next = listOnes(bytes, from - at, nonZero.rows, { from: at, to: at + count, next: before });
  for (let place = before; place < next; place++) values[nonZero.rows[place] ?? 0] = 1;
  nonZero.count = isListed ? next : NOT_LISTED;
}

interface Listing {
  readonly from: number;
  readonly to: number;
  /** Where in the list the first one goes. */
  readonly next: number;
}

/** Row r has bit `shift + r`. Gives where in the list the next one would go. */
function listOnes(
  bytes: Uint8Array,
  shift: number,
  list: Uint32Array,
  { from, to, next }: Listing,
): number {
  let place = next;
  for (let row = from; row < to;) {
    const bit = (shift + row) & 7;
    const last = Math.min(to, row + 8 - bit);
    let ones = (bytes[(shift + row) >>> 3] ?? 0) >> bit;
    for (; ones !== 0 && row < last; ones >>= 1, row++) if ((ones & 1) !== 0) list[place++] = row;
    row = last;
  }
  return place;
}
