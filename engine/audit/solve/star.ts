/**
 * Tables that share nothing but one total, in closed form: for each total the tables do not limit one another, and
 * what each allows is a matter of counting.
 */
import { variablesOf } from "../model/model.ts";
import type { HidingRule, Model, SumLimit } from "../model/model.ts";
import type { Bounds } from "./bounds.ts";
import type { Component } from "./components.ts";
import { openOf } from "./components.ts";
import type { Alike } from "./spread-numbers.ts";
import type { StarTable } from "./star-table.ts";

export interface Member {
  readonly variable: number;
  readonly lo: number;
  readonly hi: number;
}

/** A table with what its total is more than the shared one. */
export interface Ray {
  readonly table: StarTable;
  readonly more: number;
}

export interface Star {
  /** Null where the total is known. */
  readonly centre: Member | null;
  readonly rays: readonly Ray[];
}

/** Null where the component has another shape. */
export function starOf(
  { variables, limits }: Component,
  model: Model,
  bounds: Bounds,
): Star | null {
  const own = limits.flatMap((at) => model.limits[at] ?? []);
  const sums = own.filter((limit) => limit.kind === "sum");
  const rules = own.filter((limit) => limit.kind === "rule");
  const isPlain =
    sums.length + rules.length === own.length &&
    sums.every(({ lo, hi }) => lo === hi) &&
    !variables.some((v) => hasHole(v, model, bounds));
  const centre = isPlain ? centreOf(sums, bounds) : null;
  if (centre === null) return null;
  const used = new Set<number>();
  const rays = sums.map((sum) => rayOf({ sum, centre, rules, used }, bounds));
  const isWhole = variables.every((v) => v === centre || used.has(v));
  if (!isWhole || rays.includes(null)) return null;
  const isRuled = rules.every((rule) => openOf(rule, bounds).every((v) => used.has(v)));
  if (!isRuled) return null;
  return {
    centre: centre < 0 ? null : member(centre, bounds),
    rays: rays.flatMap((ray) => ray ?? []),
  };
}

function hasHole(v: number, { gap }: Model, { lo, hi }: Bounds): boolean {
  return (gap[v] ?? 0) > 0 && lo[v] === 0 && (hi[v] ?? 0) > (gap[v] ?? 0);
}

function member(variable: number, { lo, hi }: Bounds): Member {
  return { variable, lo: lo[variable] ?? 0, hi: hi[variable] ?? 0 };
}

/** The variable that stands against others; -1 for none, null for more than one. */
function centreOf(sums: readonly SumLimit[], bounds: Bounds): number | null {
  const centres = new Set<number>();
  const seen = new Set<number>();
  for (const { variables, factors } of sums) {
    const against: number[] = [];
    let open = 0;
    for (const [at, v] of variables.entries()) {
      if (!bounds.isOpen(v)) continue;
      if (Math.abs(factors[at] ?? 0) !== 1) return null;
      open++;
      if ((factors[at] ?? 0) < 0) against.push(v);
      if (seen.has(v)) centres.add(v);
      seen.add(v);
    }
    const [only] = against;
    if (only !== undefined && against.length === 1 && open > 1) centres.add(only);
  }
  const [centre = -1] = centres;
  return centres.size > 1 ? null : centre;
}

interface Sum {
  readonly sum: SumLimit;
  readonly centre: number;
  readonly rules: readonly HidingRule[];
  /** Variables of tables that were looked at before. */
  readonly used: Set<number>;
}

function rayOf({ sum, centre, rules, used }: Sum, bounds: Bounds): Ray | null {
  const { variables, factors, lo } = sum;
  const sign = variables.includes(centre) ? -(factors[variables.indexOf(centre)] ?? 0) : 0;
  let [more, side] = [lo, sign];
  const members: number[] = [];
  for (const [at, v] of variables.entries()) {
    const factor = factors[at] ?? 0;
    if (v === centre) continue;
    if (!bounds.isOpen(v)) more -= factor * (bounds.lo[v] ?? 0);
    else {
      if (side === 0) side = factor;
      if (factor !== side || used.has(v)) return null;
      used.add(v);
      members.push(v);
    }
  }
  const own = rules.filter((rule) => openOf(rule, bounds).some((v) => members.includes(v)));
  const table = own.length > 1 ? null : tableOf(members, own[0] ?? null, bounds);
  if (table === null) return null;
  const known = table.blanks.reduce(
    (sum, { lo, hi, variables }) => sum + (lo < hi ? 0 : lo * variables.length),
    0,
  );
  // `more` does not have what is hidden but known; the table counts it.
  return { table, more: (side === -1 ? -more : more) + known };
}

function tableOf(
  members: readonly number[],
  rule: HidingRule | null,
  bounds: Bounds,
): StarTable | null {
  const inRule = new Set(rule === null ? [] : variablesOf(rule));
  const isMember = new Set(members);
  const free = alikeOf(
    members.filter((v) => !inRule.has(v)),
    bounds,
  );
  if (rule === null) return { blanks: [], larger: [], free, threshold: 0, smallestShown: Infinity };
  const { blanks, shown, threshold } = rule;
  const isOther = (v: number): boolean => bounds.isOpen(v) && !isMember.has(v);
  if ([...blanks, ...shown].some(isOther)) return null;
  const open = shown.filter((v) => bounds.isOpen(v));
  if (open.some((v) => (bounds.lo[v] ?? 0) <= threshold)) return null;
  const known = shown
    .filter((v) => !bounds.isOpen(v) && (bounds.lo[v] ?? 0) > threshold)
    .map((v) => bounds.lo[v] ?? 0);
  return {
    blanks: alikeOf(blanks, bounds),
    larger: alikeOf(open, bounds),
    ...{ free, threshold },
    smallestShown: known.reduce((least, each) => Math.min(least, each), Infinity),
  };
}

function alikeOf(variables: readonly number[], { lo, hi }: Bounds): readonly Alike[] {
  const byBounds = new Map<string, Alike & { readonly variables: number[] }>();
  for (const v of variables) {
    const key = `${lo[v] ?? 0} ${hi[v] ?? 0}`;
    const own = byBounds.get(key);
    if (own === undefined) byBounds.set(key, { lo: lo[v] ?? 0, hi: hi[v] ?? 0, variables: [v] });
    else own.variables.push(v);
  }
  return [...byBounds.values()];
}
