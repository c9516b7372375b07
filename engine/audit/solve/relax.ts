/**
 * What single tables of a component allow by themselves, in closed form: bounds that no propagation finds, and values
 * between them that are not possible. Whatever ties the tables to others is left out, so nothing possible is lost.
 */
import type { Model } from "../model/model.ts";
import type { Bounds } from "./bounds.ts";
import { openOf } from "./components.ts";
import type { Component } from "./components.ts";
import { LISTED_WIDTH } from "./possible.ts";
import { relaxedStar } from "./settle-star.ts";
import { starOf } from "./star.ts";

/** Values that a variable may have, where they are few; ascending. */
export type Relaxed = ReadonlyMap<number, readonly number[]>;

/** Tightens the bounds too. */
export function relax({ limits }: Component, model: Model, bounds: Bounds): Relaxed {
  const few = new Map<number, readonly number[]>();
  const rules = limits.filter((at) => model.limits[at]?.kind === "rule");
  for (const at of limits) {
    const limit = model.limits[at];
    if (limit?.kind !== "sum" || bounds.isEmpty) continue;
    const variables = openOf(limit, bounds);
    const members = new Set(variables);
    const own = rules.filter((rule) => isWithin(rule, members, model, bounds));
    const star =
      own.length === 0 ? null : starOf({ variables, limits: [at, ...own] }, model, bounds);
    if (star === null) continue;
    for (const [v, { min, max, values }] of relaxedStar(star, variables, bounds)) {
      bounds.set(v, min, max);
      if (max - min <= LISTED_WIDTH) few.set(v, values);
    }
    bounds.propagate();
  }
  return few;
}

function isWithin(at: number, members: ReadonlySet<number>, model: Model, bounds: Bounds): boolean {
  const limit = model.limits[at];
  return limit !== undefined && openOf(limit, bounds).every((v) => members.has(v));
}
