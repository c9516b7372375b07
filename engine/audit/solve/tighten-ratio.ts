/** What a printed ratio of true numbers says of them. */
import type { RatioLimit } from "../model/model.ts";

/** Denominators that are tried one by one. */
const WIDEST_RATIO = 20_000;

interface Range {
  readonly lo: number;
  readonly hi: number;
}

/** Null where no pair has the ratio; the ranges as they are where there are too many to try. */
export function ratioBounds(
  limit: RatioLimit,
  top: Range,
  bottom: Range,
): readonly [top: Range, bottom: Range] | null {
  const [least, most] = [limit.value - limit.reach, limit.value + limit.reach];
  // One more at each end, for what is lost in dividing.
  const first = Math.max(1, bottom.lo, most > 0 ? Math.floor(top.lo / most) - 1 : 1);
  const last = Math.min(bottom.hi, least > 0 ? Math.ceil(top.hi / least) + 1 : Infinity);
  if (first > last) return null;
  if (last - first > WIDEST_RATIO) return [top, bottom];
  const below = denominators(limit, { lo: first, hi: last });
  // The larger the denominator the larger the numerator: the ends of both belong together.
  let [from, to] = [firstFrom(below, first), firstFrom(below, last + 1) - 1];
  let [low, high]: [Range | null, Range | null] = [null, null];
  for (; from <= to && low === null; from++) low = numerators(limit, below[from] ?? 0, top);
  if (low === null) return null;
  for (; high === null; to--) high = numerators(limit, below[to] ?? 0, top);
  return [
    { lo: low.lo, hi: high.hi },
    { lo: below[from - 1] ?? 0, hi: below[to + 1] ?? 0 },
  ];
}

/** Of a limit that was asked for before: the range, and the denominators in it that some numerator fits. */
const known = new WeakMap<RatioLimit, Range & { readonly fitting: readonly number[] }>();

/** Sorted; there may be some outside the range. */
function denominators(limit: RatioLimit, range: Range): readonly number[] {
  const before = known.get(limit);
  if (before !== undefined && before.lo <= range.lo && before.hi >= range.hi) return before.fitting;
  const fitting: number[] = [];
  const any = { lo: 0, hi: Infinity };
  for (let d = range.lo; d <= range.hi; d++)
    if (numerators(limit, d, any) !== null) fitting.push(d);
  known.set(limit, { ...range, fitting });
  return fitting;
}

/** Place of the first of the sorted numbers that is no less. */
function firstFrom(sorted: readonly number[], least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those within `top` that make the ratio with the denominator. */
function numerators({ value, reach }: RatioLimit, d: number, top: Range): Range | null {
  let lo = Math.max(top.lo, Math.floor((value - reach) * d));
  let hi = Math.min(top.hi, Math.ceil((value + reach) * d));
  while (lo <= hi && Math.abs(lo / d - value) > reach) lo++;
  while (lo <= hi && Math.abs(hi / d - value) > reach) hi--;
  return lo > hi ? null : { lo, hi };
}
