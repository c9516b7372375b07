/** From sums in order of first appearance to the rows of a measure file. */
import { codesOf } from "./group-numbers.ts";
import type { Ranked } from "./ranks.ts";
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
 * does or not. None: one row, and none without patients (6).
 */
export function layOut(tally: Tally, keys: readonly Ranked[]): Layout {
  const [only] = keys;
  if (only === undefined) {
    const anybody = (tally.patients.totals[0] ?? 0) > 0;
    return { rows: anybody ? 1 : 0, rowOf: new Uint32Array(1) };
  }
  const rows = productSize(keys.map(({ words }) => words.length));
  return { rows, rowOf: tally.numbers === null ? only.ranks : rowOfCells(tally, keys) };
}

function rowOfCells({ numbers }: Tally, keys: readonly Ranked[]): Uint32Array {
  const { cells = new Uint32Array(0), count = 0, sizes = [] } = numbers ?? {};
  return cells.subarray(0, count).map((cell) =>
    codesOf(cell, sizes).reduce((row, code, place) => {
      const key = keys[place];
      return row * (key?.words.length ?? 0) + (key?.ranks[code] ?? 0);
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
