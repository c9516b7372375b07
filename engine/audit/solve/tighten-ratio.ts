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
  if (bottom.hi - bottom.lo > WIDEST_RATIO) return [top, bottom];
  let [nLo, nHi, dLo, dHi] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let d = Math.max(1, bottom.lo); d <= bottom.hi; d++) {
    const first = Math.max(top.lo, Math.floor((value - reach) * d));
    const last = Math.min(top.hi, Math.ceil((value + reach) * d));
    for (let n = first; n <= last; n++) {
      if (Math.abs(n / d - value) > reach) continue;
      [nLo, nHi] = [Math.min(nLo, n), Math.max(nHi, n)];
      [dLo, dHi] = [Math.min(dLo, d), Math.max(dHi, d)];
    }
  }
  return nLo > nHi
    ? null
    : [
        { lo: nLo, hi: nHi },
        { lo: dLo, hi: dHi },
      ];
}
