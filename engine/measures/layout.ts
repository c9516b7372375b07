/** From sums in order of first appearance to the rows of a measure file. */
import { byCodePoint } from "../base/value-types.ts";
import { codesOf } from "./group-numbers.ts";
import type { RunningSum } from "./running-sum.ts";
import { productSize } from "./tally.ts";
import type { Tally } from "./tally.ts";

/** Where each group of a tally stands in the file. */
export interface Layout {
  readonly rows: number;
  /** Row of each group number. */
  readonly rowOf: Uint32Array;
}

/**
 * One key: the values that occur. Several: every combination of the values that occur, whether it
 * does or not. None: one row, and none without patients.
 */
export function layOut(tally: Tally, keys: readonly SortedLabels[]): Layout {
  const [only] = keys;
  if (only === undefined) {
    const anybody = (tally.patients.totals[0] ?? 0) > 0;
    return { rows: anybody ? 1 : 0, rowOf: new Uint32Array(1) };
  }
  const rows = productSize(keys.map(({ values: words }) => words.length));
  return { rows, rowOf: tally.numbers === null ? only.ranks : rowOfCells(tally, keys) };
}

function rowOfCells({ numbers }: Tally, keys: readonly SortedLabels[]): Uint32Array {
  const { cells = new Uint32Array(0), count = 0, sizes = [] } = numbers ?? {};
  return cells.subarray(0, count).map((cell) =>
    codesOf(cell, sizes).reduce((row, code, place) => {
      const key = keys[place];
      return row * (key?.values.length ?? 0) + (key?.ranks[code] ?? 0);
    }, 0),
  );
}

/** The sum of each row; 0 for combinations that do not occur. */
export function inFileOrder({ totals }: RunningSum, { rows, rowOf }: Layout): Float64Array {
  const values = new Float64Array(rows);
  for (let group = 0; group < rowOf.length; group++) {
    const row = rowOf[group] ?? 0;
    if (row < rows) values[row] = totals[group] ?? 0;
  }
  return values;
}

export interface ObservedLayout extends Layout {
  /** For each key, which of its words each row has. */
  readonly places: readonly Uint32Array[];
}

/** In the order of the keys, as every combination would be. */
export function layOutObserved(tally: Tally, keys: readonly SortedLabels[]): ObservedLayout {
  const rankOf = ranksOfGroups(tally, keys);
  const rows = rankOf[0]?.length ?? 0;
  const order = new Uint32Array(rows).map((_, group) => group);
  order.sort((a, b) => {
    for (const ranks of rankOf) {
      const difference = (ranks[a] ?? 0) - (ranks[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const rowOf = new Uint32Array(rows);
  order.forEach((group, row) => {
    rowOf[group] = row;
  });
  return { rows, rowOf, places: rankOf.map((ranks) => order.map((group) => ranks[group] ?? 0)) };
}

function ranksOfGroups({ numbers, observed }: Tally, keys: readonly SortedLabels[]): Uint32Array[] {
  if (observed !== null) {
    return keys.map(({ ranks }, key) =>
      (observed.codes[key] ?? new Uint32Array(0))
        .subarray(0, observed.count)
        .map((code) => ranks[code] ?? 0),
    );
  }
  const { cells = new Uint32Array(0), count = 0, sizes = [] } = numbers ?? {};
  const places = keys.map(() => new Uint32Array(count));
  for (let group = 0; group < count; group++) {
    codesOf(cells[group] ?? 0, sizes).forEach((code, key) => {
      const rank = keys[key]?.ranks[code] ?? 0;
      const own = places[key];
      if (own !== undefined) own[group] = rank;
    });
  }
  return places;
}

/** The values of a group_by column. */
export interface SortedLabels {
  /** The values in the order of the file. */
  readonly values: readonly string[];
  /** Place of each code in that order. */
  readonly ranks: Uint32Array;
}

/**
 * Text by code point, so ages read as text come as 10, 100, 9 and the empty text first; a column that
 * is a number somewhere in the study by value.
 */
export function sortLabels(words: readonly string[], numeric: boolean): SortedLabels {
  const order = words.map((word, code) => ({ word, code }));
  if (numeric) order.sort((a, b) => Number(a.word) - Number(b.word) || byCodePoint(a.word, b.word));
  else order.sort((a, b) => byCodePoint(a.word, b.word));
  const ranks = new Uint32Array(words.length);
  order.forEach(({ code }, rank) => {
    ranks[code] = rank;
  });
  return { values: order.map(({ word }) => word), ranks };
}
