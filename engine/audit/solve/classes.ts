/** Variables that can be exchanged: the same values, in the same places of the same limits. */
import type { Model } from "../model/model.ts";
import { alwaysHolds } from "./components.ts";
import type { Solution, Solver } from "./solver.ts";

/** A text for each variable; exchangeable ones have the same. Limits that hold whatever the values do not count. */
export function classesOf(model: Model, solver: Solver): readonly string[] {
  const keys = Array.from({ length: model.size }, (_, v) => [
    `${solver.lo[v] ?? 0}-${solver.hi[v] ?? 0}-${model.gap[v] ?? 0}`,
  ]);
  for (const [at, limit] of model.limits.entries()) {
    if (alwaysHolds(limit, solver)) continue;
    if (limit.kind === "rule") {
      for (const v of limit.blanks) keys[v]?.push(`${at}b`);
      for (const v of limit.shown) keys[v]?.push(`${at}s`);
    } else if (limit.kind === "sum") {
      for (const [place, v] of limit.variables.entries())
        keys[v]?.push(`${at}*${limit.factors[place] ?? 0}`);
    } else for (const [place, v] of limit.variables.entries()) keys[v]?.push(`${at}/${place}`);
  }
  return keys.map((parts) => parts.join(" "));
}

/** The same solution with the values of two variables exchanged. */
export function exchanged(solution: Solution, a: number, b: number): Solution {
  const other = Float64Array.from(solution);
  [other[a], other[b]] = [solution[b] ?? 0, solution[a] ?? 0];
  return other;
}
