/**
 * One way in which a column can have been hidden, as sums and ranges. It is not all that the column can be: what it
 * leaves out is not looked for, and nothing is proved by it.
 */
import type { HidingRule, SumLimit } from "../model/model.ts";

export interface RuleReading {
  readonly ranges: readonly (readonly [variable: number, lo: number, hi: number])[];
  readonly sums: readonly SumLimit[];
}

export interface Ends {
  readonly lo: ArrayLike<number>;
  readonly hi: ArrayLike<number>;
}

/** Only small numbers are hidden where that can be; null where nothing plain is possible. */
export function readingOf(rule: HidingRule, ends: Ends): RuleReading | null {
  return onlySmall(rule, ends) ?? alsoNext(rule, ends);
}

/** Beside any larger number that is shown, small ones are more than the threshold in sum. */
function onlySmall({ blanks, shown, threshold }: HidingRule, { lo, hi }: Ends): RuleReading | null {
  if (!blanks.every((v) => (lo[v] ?? 0) <= threshold)) return null;
  const small = blanks.map((v) => [v, 1, threshold] as const);
  const most = blanks.reduce((sum, v) => sum + Math.min(hi[v] ?? 0, threshold), 0);
  if (most > threshold) {
    const isBeside = shown.some((v) => (hi[v] ?? 0) > threshold);
    return { ranges: small, sums: isBeside ? [sum(blanks, threshold + 1, Infinity)] : [] };
  }
  if (shown.some((v) => (lo[v] ?? 0) > threshold)) return null;
  return { ranges: [...small, ...shown.map((v) => [v, 0, threshold] as const)], sums: [] };
}

/** Few small ones, and all that are equal to the next larger number. */
function alsoNext({ blanks, shown, threshold }: HidingRule, { lo, hi }: Ends): RuleReading | null {
  const small = blanks.filter((v) => (lo[v] ?? 0) <= threshold);
  const [next, ...others] = blanks.filter((v) => (lo[v] ?? 0) > threshold);
  if (next === undefined || small.length === 0) return null;
  const isLarge = (v: number): boolean => (lo[v] ?? 0) > threshold;
  return {
    ranges: [
      ...small.map((v) => [v, 1, threshold] as const),
      ...[next, ...others].map((v) => [v, threshold + 1, hi[v] ?? 0] as const),
      ...shown.filter((v) => !isLarge(v)).map((v) => [v, 0, threshold] as const),
    ],
    sums: [
      sum(small, 0, threshold),
      ...others.map((v) => more(v, next, 0, 0)),
      ...shown.filter(isLarge).map((v) => more(v, next, 1, Infinity)),
    ],
  };
}

function sum(variables: readonly number[], lo: number, hi: number): SumLimit {
  return { kind: "sum", variables, factors: variables.map(() => 1), lo, hi };
}

/** The first is so much more than the other. */
function more(first: number, other: number, lo: number, hi: number): SumLimit {
  return { kind: "sum", variables: [first, other], factors: [1, -1], lo, hi };
}
