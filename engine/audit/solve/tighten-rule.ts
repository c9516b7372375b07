/** What a column in which numbers are hidden says of them: the union of two cases. */
import type { HidingRule } from "../model/model.ts";

type Numbers = Float64Array;

/** Blanks first, then what is shown. */
export class RuleBounds {
  readonly variables: Int32Array;
  readonly lo: Numbers;
  readonly hi: Numbers;
  readonly #blanks: number;
  readonly #threshold: number;
  readonly #small: readonly [Numbers, Numbers];
  readonly #next: readonly [Numbers, Numbers];

  constructor({ blanks, shown, threshold }: HidingRule) {
    this.variables = Int32Array.from([...blanks, ...shown]);
    this.#blanks = blanks.length;
    this.#threshold = threshold;
    const size = this.variables.length;
    [this.lo, this.hi] = [new Float64Array(size), new Float64Array(size)];
    this.#small = [new Float64Array(size), new Float64Array(size)];
    this.#next = [new Float64Array(size), new Float64Array(size)];
  }

  /** Fills `lo` and `hi`; false where neither case is possible. */
  tighten(lo: Numbers, hi: Numbers): boolean {
    const isSmall = this.#onlySmall(lo, hi);
    const isNext = this.#alsoNext(lo, hi);
    const [first, second] = isSmall
      ? [this.#small, isNext ? this.#next : this.#small]
      : [this.#next, this.#next];
    for (let at = 0; at < this.variables.length; at++) {
      this.lo[at] = Math.min(first[0][at] ?? 0, second[0][at] ?? 0);
      this.hi[at] = Math.max(first[1][at] ?? 0, second[1][at] ?? 0);
    }
    return isSmall || isNext;
  }

  /** Only small numbers are hidden, and they are more than the threshold where anything larger is shown. */
  #onlySmall(lo: Numbers, hi: Numbers): boolean {
    const [outLo, outHi] = this.#small;
    const t = this.#threshold;
    let [most, passes] = [0, false];
    for (let at = 0; at < this.variables.length; at++) {
      const v = this.variables[at] ?? 0;
      const [l, h] = [lo[v] ?? 0, hi[v] ?? 0];
      if (at < this.#blanks) {
        outLo[at] = Math.max(1, l);
        most += outHi[at] = Math.min(t, h);
      } else {
        [outLo[at], outHi[at]] = [l, h];
        if (l > t) passes = true;
      }
    }
    if (passes && most < t + 1) return false;
    for (let at = 0; at < this.#blanks; at++) {
      const high = outHi[at] ?? 0;
      if (passes) outLo[at] = Math.max(outLo[at] ?? 0, t + 1 - (most - high));
      if ((outLo[at] ?? 0) > high) return false;
    }
    // Where the sum cannot pass the threshold, every number shown is no larger than it: so 0.
    if (most > t) return true;
    for (let at = this.#blanks; at < this.variables.length; at++)
      outHi[at] = Math.min(t, outHi[at] ?? 0);
    return true;
  }

  /** Small numbers that are together no more than the threshold, and all that are equal to the next larger one. */
  #alsoNext(lo: Numbers, hi: Numbers): boolean {
    const next = this.#nextRange(lo, hi);
    if (next === null) return false;
    const { from, to, left } = next;
    const [outLo, outHi] = this.#next;
    const t = this.#threshold;
    let [canBeSmall, canBeNext] = [false, false];
    for (let at = 0; at < this.#blanks; at++) {
      const v = this.variables[at] ?? 0;
      const [low, high] = [Math.max(1, lo[v] ?? 0), hi[v] ?? 0];
      const small = high <= t ? Math.min(high, low + left) : Math.min(t, high, left);
      const isSmall = low <= small && low <= t;
      const isNext = low <= to && high >= from && high > t;
      if (!isSmall && !isNext) return false;
      outLo[at] = isSmall ? low : Math.max(low, from);
      outHi[at] = isNext ? Math.min(high, to) : small;
      canBeSmall ||= low <= t;
      canBeNext ||= high > t;
    }
    if (!canBeSmall || !canBeNext) return false;
    for (let at = this.#blanks; at < this.variables.length; at++) {
      const v = this.variables[at] ?? 0;
      const low = lo[v] ?? 0;
      outLo[at] = low > t ? Math.max(from + 1, low) : low;
      outHi[at] = hi[v] ?? 0;
    }
    return true;
  }

  /** Where the next larger number is, and what the small ones can be more than their least. */
  #nextRange(lo: Numbers, hi: Numbers): Readonly<Record<"from" | "to" | "left", number>> | null {
    const t = this.#threshold;
    if (this.#blanks < 2) return null;
    let [from, to, sum, most, isSure] = [t + 1, Infinity, 0, 0, false];
    for (let at = this.#blanks; at < this.variables.length; at++) {
      const v = this.variables[at] ?? 0;
      if ((lo[v] ?? 0) > t) to = Math.min(to, (hi[v] ?? 0) - 1);
    }
    for (let at = 0; at < this.#blanks; at++) {
      const v = this.variables[at] ?? 0;
      const [low, high] = [Math.max(1, lo[v] ?? 0), hi[v] ?? 0];
      most = Math.max(most, high);
      if (low > t) [from, to, isSure] = [Math.max(from, low), Math.min(to, high), true];
      else if (high <= t) sum += low;
    }
    if (!isSure) to = Math.min(to, most);
    return sum > t || from > to ? null : { from, to, left: t - sum };
  }
}
