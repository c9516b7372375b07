/** Whole numbers within limits: bounds are tightened until nothing changes, then cases are tried depth first. */
import { variablesOf } from "../model/model.ts";
import type { HidingRule, Limit, Model, RatioLimit, SumLimit } from "../model/model.ts";

export type Solution = Float64Array;
export type Answer =
  | { readonly kind: "found"; readonly solution: Solution }
  | { readonly kind: "none" }
  | { readonly kind: "unknown" };

/** `lo` and `hi` are the tightest bounds proved so far. */
export class Solver {
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  readonly #gap: Float64Array;
  readonly #limits: readonly Limit[];
  readonly #touching: readonly (readonly number[])[];
  readonly #cut: Float64Array;
  readonly #trail: number[] = [];
  #queue: number[] = [];
  readonly #queued: Uint8Array;
  #isEmpty = false;
  #nodes = 0;
  searched = 0;

  constructor(model: Model) {
    this.lo = Float64Array.from(model.lo);
    this.hi = Float64Array.from(model.hi);
    this.#gap = Float64Array.from(model.gap);
    this.#cut = new Float64Array(model.size);
    this.#limits = model.limits;
    const touching: number[][] = Array.from({ length: model.size }, () => []);
    for (const [at, limit] of model.limits.entries()) {
      for (const variable of new Set(variablesOf(limit))) touching[variable]?.push(at);
      if (limit.kind === "rule")
        for (const blank of limit.blanks) this.#cut[blank] = limit.threshold;
    }
    this.#touching = touching;
    this.#queued = new Uint8Array(model.limits.length);
    for (let v = 0; v < model.size; v++) this.#set(v, this.lo[v] ?? 0, this.hi[v] ?? 0);
    for (const at of model.limits.keys()) this.#enqueue(at);
    this.#propagate();
    this.#trail.length = 0;
  }

  get isContradiction(): boolean {
    return this.#isEmpty;
  }

  /** Whether some solution has the variables within the ranges; near to `hint` where it can be. */
  ask(
    ranges: readonly (readonly [variable: number, lo: number, hi: number])[],
    hint: Solution | null,
    budget: number,
    among: readonly number[],
  ): Answer {
    if (this.#isEmpty) return { kind: "none" };
    this.#nodes = budget;
    const mark = this.#trail.length;
    for (const [variable, lo, hi] of ranges) this.#set(variable, lo, hi);
    const found = this.#search(hint, among);
    const answer: Answer =
      found === true
        ? { kind: "found", solution: Float64Array.from(this.lo) }
        : { kind: found === false ? "none" : "unknown" };
    this.#undo(mark);
    return answer;
  }

  /** Null when the budget is spent. */
  #search(hint: Solution | null, among: readonly number[]): boolean | null {
    this.#propagate();
    if (this.#isEmpty) return false;
    if (this.#nodes-- <= 0) return null;
    this.searched++;
    const variable = this.#pick(among);
    if (variable < 0) return true;
    const [lo, hi] = [this.lo[variable] ?? 0, this.hi[variable] ?? 0];
    let isUnknown = false;
    for (const [from, to] of this.#halves(variable, lo, hi, hint?.[variable] ?? lo)) {
      const mark = this.#trail.length;
      this.#set(variable, from, to);
      const found = this.#search(hint, among);
      if (found === true) return true;
      if (found === null) isUnknown = true;
      this.#undo(mark);
      if (isUnknown && this.#nodes <= 0) return null;
    }
    return isUnknown ? null : false;
  }

  #halves(
    variable: number,
    lo: number,
    hi: number,
    near: number,
  ): readonly (readonly [number, number])[] {
    const cut = this.#cut[variable] ?? 0;
    if (cut >= lo && cut < hi)
      return near > cut
        ? [
            [cut + 1, hi],
            [lo, cut],
          ]
        : [
            [lo, cut],
            [cut + 1, hi],
          ];
    if (near > lo && near < hi)
      return [
        [near, near],
        [lo, near - 1],
        [near + 1, hi],
      ];
    if (near >= hi)
      return [
        [hi, hi],
        [lo, hi - 1],
      ];
    return [
      [lo, lo],
      [lo + 1, hi],
    ];
  }

  /** The one with the fewest values left; -1 where all are known. */
  #pick(among: readonly number[]): number {
    let [best, width] = [-1, Infinity];
    for (const variable of among) {
      const own = (this.hi[variable] ?? 0) - (this.lo[variable] ?? 0);
      if (own > 0 && own < width) [best, width] = [variable, own];
    }
    return best;
  }

  #set(variable: number, lo: number, hi: number): void {
    const [before, after] = [this.lo[variable] ?? 0, this.hi[variable] ?? 0];
    let [low, high] = [Math.max(lo, before), Math.min(hi, after)];
    const gap = this.#gap[variable] ?? 0;
    if (gap > 0 && low > 0 && low <= gap) low = gap + 1;
    if (gap > 0 && high > 0 && high <= gap) high = 0;
    if (low === before && high === after) return;
    this.#trail.push(variable, before, after);
    this.lo[variable] = low;
    this.hi[variable] = high;
    if (low > high) this.#isEmpty = true;
    for (const at of this.#touching[variable] ?? []) this.#enqueue(at);
  }

  #enqueue(at: number): void {
    if (this.#queued[at] === 1) return;
    this.#queued[at] = 1;
    this.#queue.push(at);
  }

  #undo(mark: number): void {
    while (this.#trail.length > mark) {
      const [after = 0, before = 0, variable = 0] = [
        this.#trail.pop(),
        this.#trail.pop(),
        this.#trail.pop(),
      ];
      this.lo[variable] = before;
      this.hi[variable] = after;
    }
    this.#isEmpty = false;
    this.#clearQueue();
  }

  #clearQueue(): void {
    for (const at of this.#queue) this.#queued[at] = 0;
    this.#queue = [];
  }

  #propagate(): void {
    for (let next = 0; next < this.#queue.length && !this.#isEmpty; next++) {
      const at = this.#queue[next] ?? 0;
      this.#queued[at] = 0;
      const limit = this.#limits[at];
      if (limit?.kind === "sum") this.#tightenSum(limit);
      else if (limit?.kind === "rule") this.#tightenRule(limit);
      else if (limit !== undefined) this.#tightenRatio(limit);
    }
    this.#clearQueue();
  }

  #tightenSum({ variables, factors, lo, hi }: SumLimit): void {
    let [least, most] = [0, 0];
    for (const [at, variable] of variables.entries()) {
      const factor = factors[at] ?? 0;
      const [l, h] = [this.lo[variable] ?? 0, this.hi[variable] ?? 0];
      least += factor > 0 ? factor * l : factor * h;
      most += factor > 0 ? factor * h : factor * l;
    }
    if (least > hi || most < lo) this.#isEmpty = true;
    for (let at = 0; at < variables.length && !this.#isEmpty; at++) {
      const [variable, factor] = [variables[at] ?? 0, factors[at] ?? 0];
      const [l, h] = [this.lo[variable] ?? 0, this.hi[variable] ?? 0];
      const [own, ownMost] = factor > 0 ? [factor * l, factor * h] : [factor * h, factor * l];
      const [up, down] = [(hi - (least - own)) / factor, (lo - (most - ownMost)) / factor];
      const [from, to] = factor > 0 ? [down, up] : [up, down];
      this.#set(variable, Math.ceil(from), Math.floor(to));
    }
  }

  /** The union of two cases: only small numbers hidden, or the next larger ones too. */
  #tightenRule(rule: HidingRule): void {
    const ways = [this.#onlySmall(rule), this.#alsoNext(rule)].filter((way) => way !== null);
    if (ways.length === 0) this.#isEmpty = true;
    const all = [...rule.blanks, ...rule.shown];
    for (let at = 0; at < all.length && !this.#isEmpty; at++) {
      const lows = ways.map((way) => way.lo[at] ?? 0);
      const highs = ways.map((way) => way.hi[at] ?? 0);
      this.#set(all[at] ?? 0, Math.min(...lows), Math.max(...highs));
    }
  }

  #onlySmall({ blanks, shown, threshold: t }: HidingRule): Bounds | null {
    const low = blanks.map((v) => Math.max(1, this.lo[v] ?? 0));
    const high = blanks.map((v) => Math.min(t, this.hi[v] ?? 0));
    const most = high.reduce((sum, each) => sum + each, 0);
    const mustPass = shown.some((v) => (this.lo[v] ?? 0) > t);
    if (mustPass && most < t + 1) return null;
    const lo = mustPass ? low.map((l, at) => Math.max(l, t + 1 - (most - (high[at] ?? 0)))) : low;
    if (lo.some((l, at) => l > (high[at] ?? 0))) return null;
    // Where the sum cannot pass the threshold, every number shown is no larger than it: so 0.
    const isLow = most <= t;
    const shownHi = shown.map((v) => (isLow ? Math.min(t, this.hi[v] ?? 0) : (this.hi[v] ?? 0)));
    return { lo: [...lo, ...shown.map((v) => this.lo[v] ?? 0)], hi: [...high, ...shownHi] };
  }

  #alsoNext({ blanks, shown, threshold: t }: HidingRule): Bounds | null {
    if (blanks.length < 2) return null;
    const [lows, highs] = [
      blanks.map((v) => Math.max(1, this.lo[v] ?? 0)),
      blanks.map((v) => this.hi[v] ?? 0),
    ];
    let [from, to, sum, isNextSure] = [t + 1, Infinity, 0, false];
    for (const v of shown) if ((this.lo[v] ?? 0) > t) to = Math.min(to, (this.hi[v] ?? 0) - 1);
    for (const [at, low] of lows.entries()) {
      const high = highs[at] ?? 0;
      if (low > t) [from, to, isNextSure] = [Math.max(from, low), Math.min(to, high), true];
      else if (high <= t) sum += low;
    }
    if (sum > t) return null;
    const most = Math.max(...highs);
    if (!isNextSure) to = Math.min(to, most);
    if (from > to) return null;
    const left = t - sum;
    const cell = (low: number, high: number): readonly [number, number] | null => {
      const small = high <= t ? Math.min(high, low + left) : Math.min(t, high, left);
      const isSmall = low <= small && low <= t;
      const isNext = low <= to && high >= from;
      if (isSmall && isNext && high > t) return [low, Math.min(high, to)];
      if (isNext && high > t) return [Math.max(low, from), Math.min(high, to)];
      return isSmall ? [low, small] : null;
    };
    const cells = lows.map((low, at) => cell(low, highs[at] ?? 0));
    if (cells.includes(null) || !lows.some((l) => l <= t) || !highs.some((h) => h > t)) return null;
    const shownLo = shown.map((v) =>
      (this.lo[v] ?? 0) > t ? Math.max(from + 1, this.lo[v] ?? 0) : (this.lo[v] ?? 0),
    );
    return {
      lo: [...cells.map((each) => each?.[0] ?? 0), ...shownLo],
      hi: [...cells.map((each) => each?.[1] ?? 0), ...shown.map((v) => this.hi[v] ?? 0)],
    };
  }

  #tightenRatio({ variables: [top, bottom], value, reach }: RatioLimit): void {
    const [from, to] = [this.lo[bottom] ?? 0, this.hi[bottom] ?? 0];
    if (to - from > WIDEST_RATIO) return;
    const [least, most] = [this.lo[top] ?? 0, this.hi[top] ?? 0];
    let [nLo, nHi, dLo, dHi] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let d = Math.max(1, from); d <= to; d++) {
      const first = Math.max(least, Math.floor((value - reach) * d));
      const last = Math.min(most, Math.ceil((value + reach) * d));
      for (let n = first; n <= last; n++) {
        if (Math.abs(n / d - value) > reach) continue;
        [nLo, nHi, dLo, dHi] = [
          Math.min(nLo, n),
          Math.max(nHi, n),
          Math.min(dLo, d),
          Math.max(dHi, d),
        ];
      }
    }
    if (nLo > nHi) this.#isEmpty = true;
    else {
      this.#set(top, nLo, nHi);
      this.#set(bottom, dLo, dHi);
    }
  }
}

type Bounds = Readonly<Record<"lo" | "hi", readonly number[]>>;

/** Denominators that are tried one by one. */
const WIDEST_RATIO = 20_000;
