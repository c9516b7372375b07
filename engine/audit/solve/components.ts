/** Variables that limit one another, apart from those that do not. */
import { variablesOf } from "../model/model.ts";
import type { Limit } from "../model/model.ts";
import type { Bounds } from "./bounds.ts";

export interface Component {
  /** Those not yet known, ascending. */
  readonly variables: readonly number[];
  /** Places of the limits that some values within the bounds break. */
  readonly limits: readonly number[];
}

/** By their first variable. */
export function componentsOf(bounds: Bounds): readonly Component[] {
  const parent = Int32Array.from(bounds.lo.keys());
  const rootOf = (variable: number): number => {
    let at = variable;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] ?? 0] ?? 0;
    return at;
  };
  const active: (readonly [at: number, variable: number])[] = [];
  for (const [at, limit] of bounds.limits.entries()) {
    if (bounds.alwaysHolds(at)) continue;
    let first = -1;
    for (const variable of openOf(limit, bounds)) {
      if (first < 0) active.push([at, (first = variable)]);
      else parent[rootOf(variable)] = rootOf(first);
    }
  }
  const members = new Map<number, { variables: number[]; limits: number[] }>();
  for (const v of bounds.lo.keys()) {
    if (!bounds.isOpen(v)) continue;
    const found = members.get(rootOf(v));
    if (found === undefined) members.set(rootOf(v), { variables: [v], limits: [] });
    else found.variables.push(v);
  }
  for (const [at, variable] of active) members.get(rootOf(variable))?.limits.push(at);
  return [...members.values()];
}

export function openOf(limit: Limit, bounds: Bounds): readonly number[] {
  return variablesOf(limit).filter((variable) => bounds.isOpen(variable));
}
