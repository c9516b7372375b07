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
  { value, reach }: RatioLimit,
  top: Range,
  bottom: Range,
): readonly [top: Range, bottom: Range] | null {
  const [least, most] = [value - reach, value + reach];
  // One more at each end, for what is lost in dividing.
  const first = Math.max(1, bottom.lo, most > 0 ? Math.floor(top.lo / most) - 1 : 1);
  const last = Math.min(bottom.hi, least > 0 ? Math.ceil(top.hi / least) + 1 : Infinity);
  if (first > last) return null;
  if (last - first > WIDEST_RATIO) return [top, bottom];
  const numerators = (d: number): Range | null => {
    const isSo = (n: number): boolean => Math.abs(n / d - value) <= reach;
    let lo = Math.max(top.lo, Math.floor(least * d));
    let hi = Math.min(top.hi, Math.ceil(most * d));
    while (lo <= hi && !isSo(lo)) lo++;
    while (lo <= hi && !isSo(hi)) hi--;
    return lo > hi ? null : { lo, hi };
  };
  // The larger the denominator the larger the numerator: the ends of both belong together.
  let [dLo, dHi] = [first, last];
  let [low, high] = [numerators(dLo), numerators(dHi)];
  while (low === null && dLo < last) low = numerators(++dLo);
  while (low !== null && high === null) high = numerators(--dHi);
  if (low === null || high === null) return null;
  return [
    { lo: low.lo, hi: high.hi },
    { lo: dLo, hi: dHi },
  ];
}
