/**
 * Groups by two columns or more where only those that occur are wanted, however many combinations there
 * could be. Groups are numbered in order of first appearance.
 */
import type { CohortBlock } from "../table/cohort-reader.ts";
import { codesOf, growCodes } from "./group-numbers.ts";
import type { GroupNumbers } from "./group-numbers.ts";

export interface ObservedGroups {
  /** Positions of the group_by columns among the wanted texts. */
  readonly keys: readonly number[];
  /** For each key but the first: the number of what stands before it, together with its own code. */
  readonly steps: readonly Map<number, number>[];
  /** For each key the code of each group. */
  readonly codes: Uint32Array[];
  /** Groups so far. */
  count: number;
  /** Group number of each row of the latest block. */
  ids: Uint32Array;
}

/** More values than a column may have; a number and a code together are still exact. */
const SPAN = 2 ** 26;

/** Takes over what was numbered while all combinations still had room; the numbers stay the same. */
export function observedFrom(dense: GroupNumbers): ObservedGroups {
  const groups: ObservedGroups = {
    keys: dense.keys,
    steps: dense.keys.slice(1).map(() => new Map<number, number>()),
    codes: dense.keys.map(() => new Uint32Array(0)),
    count: 0,
    ids: new Uint32Array(0),
  };
  for (let group = 0; group < dense.count; group++) {
    const [first = 0, ...others] = codesOf(dense.cells[group] ?? 0, dense.sizes);
    others.reduce((before, code, step) => numberOf(groups, step, { before, code }), first);
    addGroup(groups, [first, ...others]);
  }
  return groups;
}

/** Fills `ids` for a block. */
export function numberObserved(groups: ObservedGroups, block: CohortBlock): void {
  groups.ids = growCodes(groups.ids, block.rows);
  const { ids } = groups;
  const columns = groups.keys.map((key) => block.codes[key] ?? ids);
  const [first = ids, ...others] = columns;
  for (let row = 0; row < block.rows; row++) {
    let number = first[row] ?? 0;
    for (let step = 0; step < others.length; step++) {
      number = numberOf(groups, step, { before: number, code: others[step]?.[row] ?? 0 });
    }
    ids[row] = number;
    if (number === groups.count) {
      const own = columns.map((codes) => codes[row] ?? 0);
      addGroup(groups, own);
    }
  }
}

function numberOf(
  { steps }: ObservedGroups,
  step: number,
  { before, code }: { readonly before: number; readonly code: number },
): number {
  const known = steps[step];
  const together = before * SPAN + code;
  const number = known?.get(together);
  if (number !== undefined || known === undefined) return number ?? before;
  known.set(together, known.size);
  return known.size - 1;
}

function addGroup(groups: ObservedGroups, own: readonly number[]): void {
  const group = groups.count++;
  own.forEach((code, key) => {
    const codes = growCodes(groups.codes[key] ?? new Uint32Array(0), groups.count);
    codes[group] = code;
    groups.codes[key] = codes;
  });
}
