/** Which rows of a page have no value: its definition levels, 1 where there is one. */
import { endOfRuns, hybridRuns, passRepeated, readRuns, repeatedAhead } from "./hybrid-runs.ts";
import type { HybridRuns } from "./hybrid-runs.ts";

export interface Levels {
  readonly runs: HybridRuns;
  /** Of the rows last looked at; used again. */
  readonly levels: Int32Array;
}

/** The levels between two places, for at most `levels.length` rows at a time. */
export function levelsBetween(
  bytes: Uint8Array,
  from: number,
  end: number,
  levels: Int32Array,
): Levels {
  return { runs: hybridRuns(bytes, from, end, 1), levels };
}

/** Looks at the next rows, and says how many have a value. */
export function readLevels({ runs, levels }: Levels, count: number): number {
  // Most pages are one run of rows that all have a value.
  if (repeatedAhead(runs) >= count) {
    const level = runs.repeated ?? 0;
    passRepeated(runs, count);
    if (level === 0) levels.fill(0, 0, count);
    return level * count;
  }
  readRuns(runs, levels, 0, count);
  let present = 0;
  for (let row = 0; row < count; row++) present += levels[row] ?? 0;
  return present;
}

/** The `present` values from `at` on go to the rows that have one, of the `count` last looked at. */
export function spread(
  { levels }: Levels,
  values: Float64Array | Int32Array,
  { at, count, present, missing }: Spread,
): void {
  let from = at + present;
  // From the last on: a value moves only to where those behind it have left.
  for (let row = count - 1; row >= 0; row--) {
    values[at + row] = levels[row] === 1 ? (values[--from] ?? missing) : missing;
  }
}

export interface Spread {
  readonly at: number;
  readonly count: number;
  readonly present: number;
  readonly missing: number;
}

export function levelsAreDone({ runs }: Levels): boolean {
  return endOfRuns(runs) === runs.end;
}
