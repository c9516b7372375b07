/**
 * Sums per group, added to block by block.
 *
 * The reference adds each group with compensation (Kahan), so must we: 0.1 ten times is 1.0, not
 * 0.9999999999999999. Whole numbers below 2^53 lose nothing, their compensation stays 0, and they
 * are added plainly, which is several times faster. A column changes over to compensation, with the
 * zeros it would have had, at the first block that is not so: the result is the same bit for bit.
 * See test/measures/running-sum "adds as with compensation throughout".
 */
import { NOT_LISTED } from "../table/cohort-reader.ts";
import type { NonZeroRows } from "../table/cohort-reader.ts";

/** Whether sums of a column's values are still exact, so far. */
export interface ExactnessState {
  /** Every value was a whole number, and sums of any of them are exact. */
  whole: boolean;
  /** Sum of the sizes of all values: no sum of some of them is larger. */
  size: number;
  /** Rows of the last block whose value is not 0, in order: `nonZero[0 … nonZeros - 1]`. */
  nonZero: Uint32Array;
  nonZeros: number;
  /** Room for such a list of our own. */
  room: Uint32Array;
}

export interface RunningSum {
  /** Per group number. */
  totals: Float64Array;
  /** Kahan compensation term per group number: what the total is too large by; empty while sums are exact. */
  compensation: Float64Array;
}

export function noValuesYet(): ExactnessState {
  const none = new Uint32Array(0);
  return { whole: true, size: 0, nonZero: none, nonZeros: 0, room: none };
}

export function emptySum(): RunningSum {
  return { totals: new Float64Array(0), compensation: new Float64Array(0) };
}

/**
 * Takes the first `rows` values into account, of which `listed` may tell those that are not 0. A missing value
 * (NaN) is not whole.
 */
export function observe(
  seen: ExactnessState,
  values: Float64Array,
  rows: number,
  listed: NonZeroRows | null,
): void {
  if (!seen.whole) return;
  if (listed !== null && listed.count !== NOT_LISTED) {
    seen.nonZero = listed.rows;
    seen.nonZeros = listed.count;
  } else {
    if (seen.room.length < rows) seen.room = new Uint32Array(rows);
    seen.nonZero = seen.room;
    seen.nonZeros = listNonZero(values, rows, seen.room);
  }
  seen.size += wholeSize(values, seen.nonZero, seen.nonZeros);
  seen.whole = seen.size <= Number.MAX_SAFE_INTEGER;
}

/** Their number; those of most columns are few. */
function listNonZero(values: Float64Array, rows: number, list: Uint32Array): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (values[row] !== 0) list[count++] = row;
  return count;
}

/** NaN where one of the listed values is not whole. */
function wholeSize(values: Float64Array, list: Uint32Array, count: number): number {
  let size = 0;
  for (let place = 0; place < count; place++) {
    const value = values[list[place] ?? 0] ?? NaN;
    size += Math.trunc(value) === value ? Math.abs(value) : NaN;
  }
  return size;
}

export interface GroupedRows {
  readonly rows: number;
  readonly ids: Uint32Array;
  readonly groups: number;
  /** How many patients each row stands for; one where absent. */
  readonly patients?: Float64Array;
}

/** Adds each value to its group; `seen` is what `observe` found, this block included. */
export function addRows(
  sum: RunningSum,
  values: Float64Array,
  grouped: GroupedRows,
  seen: ExactnessState,
): void {
  sum.totals = growFloats(sum.totals, grouped.groups);
  if (seen.whole) {
    addExactly(sum.totals, values, grouped, seen);
  } else {
    sum.compensation = growFloats(sum.compensation, sum.totals.length);
    addCompensated(sum, values, grouped);
  }
}

/** Counts the patients of each group. */
export function countRows(sum: RunningSum, grouped: GroupedRows): void {
  sum.totals = growFloats(sum.totals, grouped.groups);
  const { totals } = sum;
  const { rows, ids, patients } = grouped;
  if (patients !== undefined) {
    for (let row = 0; row < rows; row++) {
      const group = ids[row] ?? 0;
      totals[group] = (totals[group] ?? 0) + (patients[row] ?? 0);
    }
    return;
  }
  for (let row = 0; row < rows; row++) {
    const group = ids[row] ?? 0;
    totals[group] = (totals[group] ?? 0) + 1;
  }
}

/** Zeros add nothing to an exact sum, and most flags are 0. */
function addExactly(
  totals: Float64Array,
  values: Float64Array,
  { ids }: GroupedRows,
  { nonZero, nonZeros }: ExactnessState,
): void {
  for (let i = 0; i < nonZeros; i++) {
    const row = nonZero[i] ?? 0;
    const group = ids[row] ?? 0;
    totals[group] = (totals[group] ?? 0) + (values[row] ?? 0);
  }
}

function addCompensated(sum: RunningSum, values: Float64Array, { rows, ids }: GroupedRows): void {
  const { totals, compensation } = sum;
  for (let row = 0; row < rows; row++) {
    const value = values[row] ?? 0;
    // Missing values are left out of sums:
    if (Number.isNaN(value)) continue;
    const group = ids[row] ?? 0;
    const before = totals[group] ?? 0;
    const addend = value - (compensation[group] ?? 0);
    const after = before + addend;
    const slip = after - before - addend;
    // Infinity minus infinity: nothing left to compensate, the total stays infinite.
    compensation[group] = Number.isNaN(slip) ? 0 : slip;
    totals[group] = after;
  }
}

/** The same array if it is long enough, else a longer one that starts with the same numbers. */
export function growFloats(array: Float64Array, length: number): Float64Array {
  if (array.length >= length) return array;
  const longer = new Float64Array(Math.max(length, array.length * 2, 16));
  longer.set(array);
  return longer;
}
