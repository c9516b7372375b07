/**
 * Which group each row of a block belongs to, when measures group by two columns or more. Groups are
 * numbered in order of first appearance, so that sums take room for the groups that occur only.
 */
import type { CohortBlock } from "../table/cohort-reader.ts";

/** Rows of the full product above which a measure is refused. */
export const PRODUCT_LIMIT = 1_000_000;

const NOT_SEEN = -1;

export interface GroupNumbers {
  /** Positions of the group_by columns among the wanted texts, at least two. */
  readonly keys: readonly number[];
  /** How many values of each key `lookup` is laid out for. */
  sizes: readonly number[];
  /** Group number of each combination of values, the last key changing fastest. */
  lookup: Int32Array;
  /** Combination of each group number. */
  cells: Uint32Array;
  /** Groups so far. */
  count: number;
  /** Group number of each row of the latest block. */
  ids: Uint32Array;
}

export function noGroupsYet(keys: readonly number[]): GroupNumbers {
  const sizes = keys.map(() => 0);
  const none = { lookup: new Int32Array(0), cells: new Uint32Array(0), ids: new Uint32Array(0) };
  return { keys, sizes, count: 0, ...none };
}

/**
 * Fills `ids` for a block. `sizes` are the sizes of the keys' dictionaries by now; their product must
 * not exceed PRODUCT_LIMIT, or the table of combinations would not fit.
 */
export function numberRows(
  groups: GroupNumbers,
  block: CohortBlock,
  sizes: readonly number[],
): void {
  if (sizes.some((size, key) => size !== groups.sizes[key])) layOutAgain(groups, sizes);
  groups.ids = growCodes(groups.ids, block.rows);
  combineCodes(groups, block);
  const { ids, lookup } = groups;
  for (let row = 0; row < block.rows; row++) {
    const cell = ids[row] ?? 0;
    const known = lookup[cell] ?? NOT_SEEN;
    ids[row] = known === NOT_SEEN ? addGroup(groups, cell) : known;
  }
}

/** Writes the combination of each row into `ids`. */
function combineCodes({ ids, keys, sizes }: GroupNumbers, block: CohortBlock): void {
  keys.forEach((key, place) => {
    const codes = block.codes[key] ?? ids;
    const size = sizes[place] ?? 0;
    if (place === 0) ids.set(codes.subarray(0, block.rows));
    else for (let row = 0; row < block.rows; row++) ids[row] = joined(ids[row], size, codes[row]);
  });
}

function joined(cell = 0, size: number, code = 0): number {
  return cell * size + code;
}

function addGroup(groups: GroupNumbers, cell: number): number {
  const group = groups.count++;
  groups.cells = growCodes(groups.cells, groups.count);
  groups.cells[group] = cell;
  groups.lookup[cell] = group;
  return group;
}

/** Dictionaries have grown: every combination gets a new place. */
function layOutAgain(groups: GroupNumbers, sizes: readonly number[]): void {
  const lookup = new Int32Array(sizes.reduce((product, size) => product * size, 1));
  lookup.fill(NOT_SEEN);
  for (let group = 0; group < groups.count; group++) {
    const codes = codesOf(groups.cells[group] ?? 0, groups.sizes);
    const cell = codes.reduce((high, code, place) => joined(high, sizes[place] ?? 0, code), 0);
    groups.cells[group] = cell;
    lookup[cell] = group;
  }
  groups.sizes = sizes;
  groups.lookup = lookup;
}

/** The code of each key in a combination, given the keys' sizes. */
export function codesOf(cell: number, sizes: readonly number[]): number[] {
  const codes: number[] = [];
  let rest = cell;
  for (const size of [...sizes].reverse()) {
    codes.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return codes;
}

/** The same array if it is long enough, else a longer one that starts with the same numbers. */
export function growCodes(array: Uint32Array, length: number): Uint32Array {
  if (array.length >= length) return array;
  const longer = new Uint32Array(Math.max(length, array.length * 2, 16));
  longer.set(array);
  return longer;
}
