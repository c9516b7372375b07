/**
 * Variables that can be exchanged: of the same kind, with the same bounds, in the same places of the same limits. What
 * a limit ties together within one place (people and flags of one practice) is exchanged together.
 */
import type { Placing } from "../model/cells.ts";
import type { Model } from "../model/model.ts";
import type { Bounds } from "./bounds.ts";
import { openOf } from "./components.ts";
import type { Component } from "./components.ts";

export interface Classes {
  /** Exchangeable variables have the same text. */
  readonly keyOf: (variable: number) => string;
  /** What is exchanged together, in the order of their quantities. */
  readonly bundleOf: (variable: number) => readonly number[];
}

export function classesOf(
  { variables, limits }: Component,
  model: Model,
  bounds: Bounds,
  { placeOf, quantityOf }: Pick<Placing, "placeOf" | "quantityOf">,
): Classes {
  const inOrder = (a: number, b: number): number => {
    const [first, second] = [quantityOf(a), quantityOf(b)];
    return first === second ? a - b : first < second ? -1 : 1;
  };
  const bundles = new Map<number, number[]>(variables.map((v) => [v, [v]]));
  const marks = new Map<number, string[]>(
    variables.map((v) => [
      v,
      [`${quantityOf(v)}:${bounds.lo[v] ?? 0}-${bounds.hi[v] ?? 0}-${model.gap[v] ?? 0}`],
    ]),
  );
  const inside: (readonly [at: number, open: readonly number[]])[] = [];
  for (const at of limits) {
    const limit = model.limits[at];
    if (limit === undefined) continue;
    const open = openOf(limit, bounds);
    const isInside =
      limit.kind === "sum" && open.every((v) => placeOf(v) === placeOf(open[0] ?? 0));
    if (!isInside) markAll(marks, limit, at);
    else if (open.length > 1) {
      inside.push([at, open]);
      join(bundles, open);
    } else markAll(marks, limit, at);
  }
  for (const own of new Set(bundles.values())) own.sort((a, b) => inOrder(a, b));
  for (const [at, open] of inside) markInside(marks, bundles.get(open[0] ?? -1) ?? [], bounds, at);
  const texts = new Map<number[], string>();
  for (const own of new Set(bundles.values()))
    texts.set(own, own.map((v) => (marks.get(v) ?? []).join(" ")).join("|"));
  return {
    bundleOf: (v) => bundles.get(v) ?? [v],
    keyOf: (v) => `${quantityOf(v)}!${texts.get(bundles.get(v) ?? []) ?? ""}`,
  };
}

function join(bundles: Map<number, number[]>, open: readonly number[]): void {
  const together = [...new Set(open.flatMap((v) => bundles.get(v) ?? [v]))];
  for (const v of together) bundles.set(v, together);
}

/** A limit across places is the same limit only for those that stand in it alike. */
function markAll(marks: ReadonlyMap<number, string[]>, limit: Model["limits"][number], at: number) {
  if (limit.kind === "rule") {
    for (const v of limit.blanks) marks.get(v)?.push(`${at}b`);
    for (const v of limit.shown) marks.get(v)?.push(`${at}s`);
  } else {
    for (const [place, v] of limit.variables.entries()) {
      const role = limit.kind === "sum" ? `*${limit.factors[place] ?? 0}` : `/${place}`;
      marks.get(v)?.push(`${at}${role}`);
    }
  }
}

/** A limit within one place is alike in another where it ties the same kinds in the same way. */
function markInside(
  marks: ReadonlyMap<number, string[]>,
  bundle: readonly number[],
  bounds: Bounds,
  at: number,
): void {
  const limit = bounds.limits[at];
  if (limit?.kind !== "sum") return;
  const entries = limit.variables.map((v, place) => {
    const own = bundle.indexOf(v);
    const which = own < 0 ? `=${bounds.lo[v] ?? 0}` : String(own);
    return `${which}*${limit.factors[place] ?? 0}`;
  });
  marks.get(bundle[0] ?? -1)?.push(`(${entries.sort().join("+")}:${limit.lo}:${limit.hi})`);
}

/** Exchanges the values of two bundles in the solution; done again, it is as before. */
export function exchange(
  solution: Float64Array,
  first: readonly number[],
  other: readonly number[],
): void {
  for (const [at, a] of first.entries()) {
    const b = other[at] ?? a;
    [solution[a], solution[b]] = [solution[b] ?? 0, solution[a] ?? 0];
  }
}
