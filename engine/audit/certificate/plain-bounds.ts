/**
 * What the limits leave of each number, for whoever checks: limit after limit is looked at until nothing changes. It
 * shares nothing with what solves, which is faster and knows more.
 */
import { impliedLimits } from "./implied-limits.ts";
import type { HidingRule, Limit, Model, RatioLimit, SumLimit } from "../model/model.ts";

interface Limited extends Pick<Model, "lo" | "hi" | "gap"> {
  readonly limits: readonly Limit[];
}

interface PlainBounds {
  readonly lo: number[];
  readonly hi: number[];
}

/** Numbers without an upper end could chase one another for ever. */
const MOST_ROUNDS = 200;

/** Denominators that are tried one by one. */
const MOST_TRIED = 10_000;

/** Those of the variables that may be one of 1 to `small`, as far as this can tell. */
export function smallAmong(
  given: Limited,
  variables: readonly number[],
  small: number,
): ReadonlySet<number> {
  const model = {
    lo: given.lo,
    hi: given.hi,
    gap: given.gap,
    limits: [...given.limits, ...impliedLimits(given)],
  };
  const whole = plainBounds(model, { lo: [...model.lo], hi: [...model.hi] });
  if (whole === null) return new Set(variables);
  const canBe = (variable: number, value: number): boolean => {
    const [lo, hi] = [[...whole.lo], [...whole.hi]];
    if (value < (lo[variable] ?? 0) || value > (hi[variable] ?? 0)) return false;
    lo[variable] = hi[variable] = value;
    return plainBounds(model, { lo, hi }) !== null;
  };
  const values = Array.from({ length: small }, (_, at) => at + 1);
  return new Set(variables.filter((variable) => values.some((value) => canBe(variable, value))));
}

/** The bounds given, tightened in place; null where some number has no value left. */
function plainBounds({ limits, gap }: Limited, bounds: PlainBounds): PlainBounds | null {
  const { lo, hi } = bounds;
  for (let round = 0, before = ""; round < MOST_ROUNDS; round++) {
    for (const [v, hole] of gap.entries()) {
      if (hole > 0 && (lo[v] ?? 0) > 0) lo[v] = Math.max(lo[v] ?? 0, hole + 1);
      if (hole > 0 && (hi[v] ?? 0) <= hole) hi[v] = 0;
    }
    for (const limit of limits) {
      if (limit.kind === "sum") tightenSum(limit, bounds);
      else if (limit.kind === "ratio") tightenRatio(limit, bounds);
      else if (!tightenRule(limit, bounds)) return null;
    }
    if (lo.some((least, v) => least > (hi[v] ?? 0))) return null;
    const now = `${lo.join()}|${hi.join()}`;
    if (now === before) break;
    before = now;
  }
  return bounds;
}

function within({ lo, hi }: PlainBounds, v: number, least: number, most: number): void {
  lo[v] = Math.max(lo[v] ?? 0, least);
  hi[v] = Math.min(hi[v] ?? 0, most);
}

function tightenSum({ variables, factors, lo, hi }: SumLimit, bounds: PlainBounds): void {
  const ends = variables.map((v, at): readonly [number, number] => {
    const factor = factors[at] ?? 0;
    const [a, b] = [(bounds.lo[v] ?? 0) * factor, (bounds.hi[v] ?? 0) * factor];
    return factor > 0 ? [a, b] : [b, a];
  });
  const least = ends.reduce((all, [end]) => all + end, 0);
  const most = ends.reduce((all, [, end]) => all + end, 0);
  for (const [at, v] of variables.entries()) {
    const factor = factors[at] ?? 1;
    const [own, other] = ends[at] ?? [0, 0];
    // What the others leave of factor times the number.
    const [from, to] = [lo - (most - other), hi - (least - own)];
    const [a, b] = factor > 0 ? [from / factor, to / factor] : [to / factor, from / factor];
    within(bounds, v, Math.ceil(a), Math.floor(b));
  }
}

/** Either only small numbers are hidden, or beside few of them larger ones that are all the same: what both leave. */
function tightenRule(rule: HidingRule, bounds: PlainBounds): boolean {
  const { blanks, shown, threshold } = rule;
  const { lo, hi } = bounds;
  const above = shown.filter((v) => (lo[v] ?? 0) > threshold).map((v) => hi[v] ?? 0);
  const sum = (ends: readonly number[], of: readonly number[]): number =>
    of.reduce((all, v) => all + (ends[v] ?? 0), 0);
  const isSmall = (v: number): boolean => (lo[v] ?? 0) <= threshold;
  const smallSum = blanks.reduce((all, v) => all + Math.min(hi[v] ?? 0, threshold), 0);
  const canBeAll = blanks.every(isSmall) && (above.length === 0 || smallSum > threshold);
  const large = blanks.filter((v) => !isSmall(v));
  const sure = blanks.filter((v) => (hi[v] ?? 0) <= threshold);
  const least = large.reduce((most, v) => Math.max(most, lo[v] ?? 0), threshold + 1);
  const most = [...large.map((v) => hi[v] ?? 0), ...above.map((n) => n - 1)].reduce(
    (low, each) => Math.min(low, each),
    Infinity,
  );
  const canBeMore =
    large.length < blanks.length &&
    sum(lo, sure) <= threshold &&
    blanks.some((v) => (hi[v] ?? 0) >= least && (lo[v] ?? 0) <= most) &&
    least <= most;
  if (!canBeAll && !canBeMore) return false;
  for (const v of blanks) {
    if (!canBeMore) within(bounds, v, 1, threshold);
    else if (!canBeAll && !isSmall(v)) within(bounds, v, least, most);
    else within(bounds, v, 1, Math.max(most, canBeAll ? threshold : 0));
  }
  return true;
}

function tightenRatio({ variables, value, reach }: RatioLimit, bounds: PlainBounds): void {
  const [n, d] = variables;
  const [from, to] = [bounds.lo[d] ?? 0, bounds.hi[d] ?? 0];
  if (to - from > MOST_TRIED) return;
  const [ns, ds]: readonly [number[], number[]] = [[], []];
  for (let below = from; below <= to; below++) {
    const nearest = [Math.floor(value * below), Math.ceil(value * below)];
    const fitting = nearest.filter(
      (own) =>
        Math.abs(own / below - value) <= reach &&
        own >= (bounds.lo[n] ?? 0) &&
        own <= (bounds.hi[n] ?? 0),
    );
    // With a wide reach there are more than the nearest: then nothing is said of the number itself.
    if (fitting.length > 0 || reach * below >= 1) ds.push(below);
    ns.push(...fitting);
  }
  within(bounds, d, Math.min(...ds), Math.max(...ds));
  if (reach * to < 1) within(bounds, n, Math.min(...ns), Math.max(...ns));
}
