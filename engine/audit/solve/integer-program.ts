/** A component as a linear program in whole numbers, for a solver that is not ours. */
import { UNLIMITED } from "../describe/printed-number.ts";
import type { Model, SumLimit } from "../model/model.ts";
import type { Bounds } from "./bounds.ts";
import type { Component } from "./components.ts";
import { readingOf } from "./rule-reading.ts";

/** Columns are numbers from 0, all of them whole. Null = no limit. */
export interface IntegerProgram {
  readonly columns: readonly Ends[];
  readonly rows: readonly Row[];
  /** What each column costs, where a solution is to cost little; absent = any will do. */
  readonly costs?: readonly number[];
}

interface Ends {
  readonly lo: number | null;
  readonly hi: number | null;
}

export interface Row extends Ends {
  readonly columns: readonly number[];
  readonly factors: readonly number[];
}

/**
 * Its first columns are the variables of the component. Not all that these can be is a solution, and ratios are left
 * out, so whoever gets a solution looks whether it is one of the component. Null where no column can be read plainly.
 */
export function integerProgramOf(
  { variables, limits }: Component,
  model: Model,
  bounds: Bounds,
): IntegerProgram | null {
  const ends = new Map(
    variables.map((v) => [v, [bounds.lo[v] ?? 0, bounds.hi[v] ?? 0] as const] as const),
  );
  const sums: SumLimit[] = [];
  for (const at of limits) {
    const limit = model.limits[at];
    if (limit?.kind === "sum") sums.push(limit);
    if (limit?.kind !== "rule") continue;
    const reading = readingOf(limit, bounds);
    if (reading === null) return null;
    sums.push(...reading.sums);
    for (const [v, lo, hi] of reading.ranges) {
      const [from, to] = ends.get(v) ?? [lo, hi];
      ends.set(v, [Math.max(from, lo), Math.min(to, hi)]);
    }
  }
  const columns: Ends[] = variables.map((v) => {
    const [lo, hi] = ends.get(v) ?? [0, 0];
    return { lo, hi: hi > UNLIMITED / 2 ? null : hi };
  });
  const places = new Map(variables.map((v, at) => [v, at]));
  const rows = sums.map((limit) => rowOf(limit, places, bounds));
  for (const [at, v] of variables.entries()) {
    const gap = model.gap[v] ?? 0;
    const [lo, hi] = ends.get(v) ?? [0, 0];
    if (gap === 0 || lo > 0 || hi <= gap) continue;
    // 0, or more than the gap: one more column says which.
    const above = columns.push({ lo: 0, hi: 1 }) - 1;
    rows.push(
      { columns: [at, above], factors: [1, -(gap + 1)], lo: 0, hi: null },
      { columns: [at, above], factors: [1, -Math.min(hi, LARGE)], lo: null, hi: 0 },
    );
  }
  return { columns, rows };
}

/** Above what a hidden number with a hole can be taken for. */
const LARGE = 1e6;

function rowOf(
  { variables, factors, lo, hi }: SumLimit,
  places: ReadonlyMap<number, number>,
  bounds: Bounds,
): Row {
  const [columns, own]: readonly [number[], number[]] = [[], []];
  let known = 0;
  for (const [at, v] of variables.entries()) {
    const place = places.get(v);
    const factor = factors[at] ?? 0;
    if (place === undefined) known += factor * (bounds.lo[v] ?? 0);
    else {
      columns.push(place);
      own.push(factor);
    }
  }
  const less = (end: number): number | null => (Number.isFinite(end) ? end - known : null);
  return { columns, factors: own, lo: less(lo), hi: less(hi) };
}
