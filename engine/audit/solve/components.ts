/** Variables that limit one another, apart from those that do not. */
import { variablesOf } from "../model/model.ts";
import type { Limit, Model } from "../model/model.ts";
import type { Solver } from "./solver.ts";

/** For each variable that is not yet known, all unknown ones of its component. */
export function componentsOf(model: Model, solver: Solver): ReadonlyMap<number, readonly number[]> {
  const parent = Int32Array.from({ length: model.size }, (_, at) => at);
  const rootOf = (variable: number): number => {
    let at = variable;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? 0] ?? 0;
      at = parent[at] ?? 0;
    }
    return at;
  };
  const isOpen = (v: number): boolean => (solver.lo[v] ?? 0) < (solver.hi[v] ?? 0);
  for (const limit of model.limits) {
    if (alwaysHolds(limit, solver)) continue;
    const [first, ...rest] = variablesOf(limit).filter(isOpen);
    for (const other of rest) parent[rootOf(other)] = rootOf(first ?? other);
  }
  const members = new Map<number, number[]>();
  for (let v = 0; v < model.size; v++) {
    if (!isOpen(v)) continue;
    const own = members.get(rootOf(v)) ?? [];
    members.set(rootOf(v), own);
    own.push(v);
  }
  return new Map([...members.values()].flatMap((own) => own.map((v) => [v, own] as const)));
}

/** For all values within the bounds. */
export function alwaysHolds(limit: Limit, { lo, hi }: Solver): boolean {
  if (limit.kind !== "sum") return false;
  let [least, most] = [0, 0];
  for (const [at, variable] of limit.variables.entries()) {
    const factor = limit.factors[at] ?? 0;
    const ends = [factor * (lo[variable] ?? 0), factor * (hi[variable] ?? 0)] as const;
    least += Math.min(...ends);
    most += Math.max(...ends);
  }
  return least >= limit.lo && most <= limit.hi;
}
