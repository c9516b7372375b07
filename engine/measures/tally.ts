/** Everything counted for one way of grouping: shared by all measures that group so. */
import type { CohortBlock } from "../table/cohort-reader.ts";
import { PRODUCT_LIMIT, noGroupsYet, numberRows } from "./group-numbers.ts";
import type { GroupNumbers } from "./group-numbers.ts";
import { numberObserved, observedFrom } from "./observed-groups.ts";
import type { ObservedGroups } from "./observed-groups.ts";
import { addRows, countRows, emptySum } from "./running-sum.ts";
import type { GroupedRows, RunningSum, ExactnessState } from "./running-sum.ts";

export interface Tally {
  /** Positions of the group_by columns among the wanted texts; none means one group. */
  readonly keys: readonly number[];
  /** For two keys or more; one key's codes are its group numbers already. */
  readonly numbers: GroupNumbers | null;
  /** Whether only groups that occur are shown. */
  readonly observedOnly: boolean;
  /** In place of `numbers` once the full product has outgrown it. */
  observed: ObservedGroups | null;
  /** Patients per group. */
  readonly patients: RunningSum;
  /** Sums by position among the wanted numbers. */
  readonly sums: Map<number, RunningSum>;
  /** The rows have outgrown PRODUCT_LIMIT: nothing is counted any more. */
  tooLarge: boolean;
}

export function openTally(keys: readonly number[], observedOnly: boolean): Tally {
  const numbers = keys.length > 1 ? noGroupsYet(keys) : null;
  const nothing = { observed: null, patients: emptySum(), sums: new Map(), tooLarge: false };
  return { keys, numbers, observedOnly, ...nothing };
}

/** Rows of the full product of all values seen so far. */
export function productSize(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/**
 * Adds a block to every sum. `sizes` are those of the keys' dictionaries by now; `seen` tells of each
 * wanted number what `observe` found, this block included.
 */
export function addBlock(
  tally: Tally,
  block: CohortBlock,
  sizes: readonly number[],
  seen: readonly ExactnessState[],
): void {
  tally.tooLarge ||= rowsShown(tally, sizes) > PRODUCT_LIMIT;
  if (tally.tooLarge) return;
  const rows = groupRows(tally, block, sizes);
  const grouped = block.patients === undefined ? rows : { ...rows, patients: block.patients };
  countRows(tally.patients, grouped);
  for (const [position, sum] of tally.sums) {
    const values = block.numbers[position];
    const column = seen[position];
    if (values !== undefined && column !== undefined) addRows(sum, values, grouped, column);
  }
}

/** Rows of the measure by now: not less than any column has values. */
export function rowsShown({ observedOnly, observed }: Tally, sizes: readonly number[]): number {
  return observedOnly ? Math.max(observed?.count ?? 0, ...sizes) : productSize(sizes);
}

function groupRows(tally: Tally, block: CohortBlock, sizes: readonly number[]): GroupedRows {
  const { keys, numbers } = tally;
  const { rows } = block;
  const [key] = keys;
  if (key === undefined) return { rows, ids: zeros(rows), groups: 1 };
  if (numbers === null) {
    return { rows, ids: block.codes[key] ?? zeros(rows), groups: sizes[0] ?? 0 };
  }
  if (tally.observed !== null || productSize(sizes) > PRODUCT_LIMIT) {
    const observed = (tally.observed ??= observedFrom(numbers));
    numberObserved(observed, block);
    return { rows, ids: observed.ids, groups: observed.count };
  }
  numberRows(numbers, block, sizes);
  return { rows, ids: numbers.ids, groups: numbers.count };
}

let nothingButZeros = new Uint32Array(0);

/** The same array each time: nobody writes into group numbers. */
function zeros(rows: number): Uint32Array {
  if (nothingButZeros.length < rows) nothingButZeros = new Uint32Array(rows);
  return nothingButZeros;
}
