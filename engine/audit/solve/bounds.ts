/** Bounds of whole numbers, tightened by every limit until nothing changes; each change can be taken back. */
import { variablesOf } from "../model/model.ts";
import type { Limit, Model, RatioLimit } from "../model/model.ts";
import { SumRows } from "./sum-rows.ts";
import { RuleBounds } from "./tighten-rule.ts";
import { ratioBounds } from "./tighten-ratio.ts";

/**
 * Two limits that cannot both hold can move the bounds of numbers without an upper end by one, again and again. After
 * so many entries of the trail nobody waits for that.
 */
const CHANGES = { any: 100_000, each: 100 } as const;

export class Bounds {
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  /** Above which a hidden number is no small one; 0 where none is hidden. */
  readonly cut: Float64Array;
  readonly limits: readonly Limit[];
  readonly #gap: Float64Array;
  readonly #sums: SumRows;
  /** Sums first, then the others. */
  readonly #others: readonly (RuleBounds | RatioLimit)[];
  readonly #place: Int32Array;
  /** Of each variable: where the limits that it is in begin; with its factor, 0 for no sum. */
  readonly #start: Int32Array;
  readonly #touching: Int32Array;
  readonly #factors: Float64Array;
  readonly #trail: number[] = [];
  #queue: number[] = [];
  readonly #queued: Uint8Array;
  #isEmpty = false;
  #isTired = false;

  constructor(model: Model) {
    this.lo = Float64Array.from(model.lo);
    this.hi = Float64Array.from(model.hi);
    this.#gap = Float64Array.from(model.gap);
    this.cut = new Float64Array(model.size);
    this.limits = model.limits;
    const sums = model.limits.filter((limit) => limit.kind === "sum");
    const others = model.limits.filter((limit) => limit.kind !== "sum");
    this.#sums = new SumRows(sums);
    this.#others = others.map((each) => (each.kind === "rule" ? new RuleBounds(each) : each));
    for (const limit of others) {
      if (limit.kind === "rule")
        for (const blank of limit.blanks) this.cut[blank] = limit.threshold;
    }
    const ordered = [...sums, ...others];
    const places = new Map(ordered.map((limit, at) => [limit, at]));
    this.#place = Int32Array.from(model.limits, (limit) => places.get(limit) ?? 0);
    this.#queued = new Uint8Array(ordered.length);
    [this.#start, this.#touching, this.#factors] = touching(model.size, ordered);
    this.#sums.reset(this.lo, this.hi);
    for (let v = 0; v < model.size; v++) this.set(v, this.lo[v] ?? 0, this.hi[v] ?? 0);
    for (const at of ordered.keys()) this.#enqueue(at);
    this.propagate();
    this.#trail.length = 0;
    this.#isTired = false;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Whether `propagate` gave up: the bounds are true, and may not yet be all that the limits say. */
  get isTired(): boolean {
    return this.#isTired;
  }

  get mark(): number {
    return this.#trail.length;
  }

  isOpen(variable: number): boolean {
    return (this.lo[variable] ?? 0) < (this.hi[variable] ?? 0);
  }

  /** Whether the limit, by its place in `limits`, holds for all values within the bounds. */
  alwaysHolds(at: number): boolean {
    const limit = this.limits[at];
    if (limit?.kind === "sum") return this.#sums.holds(this.#place[at] ?? 0);
    return limit?.kind === "rule" && limit.blanks.length === 1 && limit.shown.length === 0;
  }

  set(variable: number, lo: number, hi: number): void {
    const [before, after] = [this.lo[variable] ?? 0, this.hi[variable] ?? 0];
    let [low, high] = [Math.max(lo, before), Math.min(hi, after)];
    const gap = this.#gap[variable] ?? 0;
    if (gap > 0 && low > 0 && low <= gap) low = gap + 1;
    if (gap > 0 && high > 0 && high <= gap) high = 0;
    // What files say of one number can contradict itself before any limit is looked at.
    if (low > high) this.#isEmpty = true;
    if (low === before && high === after) return;
    this.#trail.push(variable, before, after);
    this.#change(variable, low, high, true);
  }

  /** False where nothing is left for some variable. */
  propagate(): boolean {
    const most = this.#trail.length + CHANGES.any + CHANGES.each * this.lo.length;
    for (let next = 0; next < this.#queue.length && !this.#isEmpty; next++) {
      if (this.#trail.length > most) {
        this.#isTired = true;
        break;
      }
      const at = this.#queue[next] ?? 0;
      this.#queued[at] = 0;
      const other = this.#others[at - this.#sums.least.length];
      if (other === undefined) this.#tightenSum(at);
      else if (other instanceof RuleBounds) this.#tightenRule(other);
      else this.#tightenRatio(other);
    }
    this.#clearQueue();
    return !this.#isEmpty;
  }

  undo(mark: number): void {
    while (this.#trail.length > mark) {
      const after = this.#trail.pop() ?? 0;
      const before = this.#trail.pop() ?? 0;
      this.#change(this.#trail.pop() ?? 0, before, after, false);
    }
    this.#isEmpty = false;
    this.#isTired = false;
    this.#clearQueue();
  }

  #change(variable: number, lo: number, hi: number, isNews: boolean): void {
    const [up, down] = [lo - (this.lo[variable] ?? 0), hi - (this.hi[variable] ?? 0)];
    this.lo[variable] = lo;
    this.hi[variable] = hi;
    const { least, most } = this.#sums;
    const end = this.#start[variable + 1] ?? 0;
    for (let at = this.#start[variable] ?? 0; at < end; at++) {
      const [limit, factor] = [this.#touching[at] ?? 0, this.#factors[at] ?? 0];
      if (factor !== 0) {
        least[limit] = (least[limit] ?? 0) + factor * (factor > 0 ? up : down);
        most[limit] = (most[limit] ?? 0) + factor * (factor > 0 ? down : up);
      }
      if (isNews) this.#enqueue(limit);
    }
  }

  #enqueue(at: number): void {
    if (this.#queued[at] === 1) return;
    this.#queued[at] = 1;
    this.#queue.push(at);
  }

  #clearQueue(): void {
    for (const at of this.#queue) this.#queued[at] = 0;
    this.#queue = [];
  }

  #tightenSum(row: number): void {
    const { start, variables, factors, least, most, lo, hi } = this.#sums;
    const [from, to] = [lo[row] ?? 0, hi[row] ?? 0];
    if ((least[row] ?? 0) > to || (most[row] ?? 0) < from) this.#isEmpty = true;
    if (this.#isEmpty || this.#sums.holds(row)) return;
    const end = start[row + 1] ?? 0;
    for (let at = start[row] ?? 0; at < end && !this.isEmpty; at++) {
      const [variable, factor] = [variables[at] ?? 0, factors[at] ?? 0];
      const [l, h] = [this.lo[variable] ?? 0, this.hi[variable] ?? 0];
      if (l === h) continue;
      // What the row leaves to this one, when all others are at their least or at their most.
      const up = to - (least[row] ?? 0);
      const down = (most[row] ?? 0) - from;
      if (factor > 0)
        this.set(variable, h - Math.floor(down / factor), l + Math.floor(up / factor));
      else this.set(variable, h - Math.floor(up / -factor), l + Math.floor(down / -factor));
    }
  }

  #tightenRule(rule: RuleBounds): void {
    if (!rule.tighten(this.lo, this.hi)) this.#isEmpty = true;
    for (let at = 0; at < rule.variables.length && !this.#isEmpty; at++)
      this.set(rule.variables[at] ?? 0, rule.lo[at] ?? 0, rule.hi[at] ?? 0);
  }

  #tightenRatio(limit: RatioLimit): void {
    const range = (v: number) => ({ lo: this.lo[v] ?? 0, hi: this.hi[v] ?? 0 });
    const [top, bottom] = limit.variables;
    const found = ratioBounds(limit, range(top), range(bottom));
    if (found === null) this.#isEmpty = true;
    else {
      this.set(top, found[0].lo, found[0].hi);
      this.set(bottom, found[1].lo, found[1].hi);
    }
  }
}

/** For each variable its limits, in flat arrays. A sum has every variable once. */
function touching(
  size: number,
  limits: readonly Limit[],
): readonly [start: Int32Array, touching: Int32Array, factors: Float64Array] {
  const start = new Int32Array(size + 1);
  const all = limits.map(variablesOf);
  for (const variables of all) for (const v of variables) start[v + 1] = (start[v + 1] ?? 0) + 1;
  for (let v = 0; v < size; v++) start[v + 1] = (start[v + 1] ?? 0) + (start[v] ?? 0);
  const fill = start.slice(0, size);
  const found = new Int32Array(start[size] ?? 0);
  const factors = new Float64Array(start[size] ?? 0);
  for (const [at, variables] of all.entries()) {
    const limit = limits[at];
    for (const [place, v] of variables.entries()) {
      const into = fill[v] ?? 0;
      fill[v] = into + 1;
      found[into] = at;
      factors[into] = limit?.kind === "sum" ? (limit.factors[place] ?? 0) : 0;
    }
  }
  return [start, found, factors];
}
