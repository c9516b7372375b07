/**
 * Solutions beside one that is known: where one number is changed, a few others that stand in the same sums make up for
 * it. Much is found that way in tables of thousands of cells, where a search would have to place all of them anew.
 */
import type { Model, SumLimit } from "../model/model.ts";
import type { Bounds } from "./bounds.ts";
import type { Component } from "./components.ts";
import { readingOf } from "./rule-reading.ts";
import type { Solution } from "./solver.ts";

/** Numbers that one change may move, changes that are tried for it, and how many are tried for one sum. */
const MOST = { moved: 16, tried: 80, ways: 4 } as const;

export class Shifts {
  /** Changed by `move`. */
  readonly solution: Solution;
  readonly #gap: readonly number[];
  readonly #lo = new Map<number, number>();
  readonly #hi = new Map<number, number>();
  readonly #rows: readonly SumLimit[];
  readonly #totals: Float64Array;
  readonly #broken = new Set<number>();
  /** Of each variable: its rows, and its factors in them. */
  readonly #touching = new Map<number, (readonly [row: number, factor: number])[]>();
  readonly #kept = new Set<number>();
  readonly #trail: (readonly [variable: number, before: number])[] = [];
  #left = 0;

  /** Columns stay hidden as they are in the solution. */
  constructor({ variables, limits }: Component, from: Solution, model: Model, bounds: Bounds) {
    this.solution = Float64Array.from(from);
    this.#gap = model.gap;
    for (const v of variables) this.#within(v, bounds.lo[v] ?? 0, bounds.hi[v] ?? 0);
    const rows: SumLimit[] = [];
    for (const limit of limits.map((at) => model.limits[at])) {
      if (limit?.kind === "sum") rows.push(limit);
      if (limit?.kind !== "rule") continue;
      const reading = readingOf(limit, { lo: from, hi: from });
      rows.push(...(reading?.sums ?? []));
      for (const [v, lo, hi] of reading?.ranges ?? []) this.#within(v, lo, hi);
    }
    this.#rows = rows;
    this.#totals = new Float64Array(rows.length);
    for (const [row, { variables: own, factors }] of rows.entries()) {
      for (const [at, v] of own.entries()) {
        const factor = factors[at] ?? 0;
        this.#totals[row] = (this.#totals[row] ?? 0) + factor * (from[v] ?? 0);
        if (!this.#lo.has(v)) continue;
        const before = this.#touching.get(v);
        if (before === undefined) this.#touching.set(v, [[row, factor]]);
        else before.push([row, factor]);
      }
    }
  }

  /** The solution then has the value there, for good. Where nothing makes up for it, it is as before. */
  move(variable: number, value: number): boolean {
    if (this.#kept.has(variable) || !this.#canBe(variable, value)) return false;
    this.#trail.length = 0;
    this.#left = MOST.tried;
    this.#put(variable, value);
    if (this.#mend()) {
      this.#kept.add(variable);
      return true;
    }
    this.#takeBack(0);
    return false;
  }

  #within(v: number, lo: number, hi: number): void {
    this.#lo.set(v, Math.max(lo, this.#lo.get(v) ?? lo));
    this.#hi.set(v, Math.min(hi, this.#hi.get(v) ?? hi));
  }

  #canBe(v: number, value: number): boolean {
    const gap = this.#gap[v] ?? 0;
    const isInGap = value > 0 && value <= gap;
    return !isInGap && value >= (this.#lo.get(v) ?? Infinity) && value <= (this.#hi.get(v) ?? 0);
  }

  /** Sum after sum, each by one number that was not yet moved. */
  #mend(): boolean {
    const row = this.#shortestBroken();
    if (row < 0) return true;
    if (this.#trail.length >= MOST.moved) return false;
    const mark = this.#trail.length;
    for (const [v, value] of this.#ways(row)) {
      if (this.#left-- <= 0) return false;
      this.#put(v, value);
      if (this.#mend()) return true;
      this.#takeBack(mark);
    }
    return false;
  }

  #shortestBroken(): number {
    let [best, length] = [-1, Infinity];
    for (const row of this.#broken) {
      const own = this.#rows[row]?.variables.length ?? 0;
      if (own < length) [best, length] = [row, own];
    }
    return best;
  }

  /** Those first that mend most of what is broken. */
  #ways(row: number): readonly (readonly [variable: number, value: number])[] {
    const { variables = [], factors = [] } = this.#rows[row] ?? {};
    const off = this.#off(row, 0);
    const found: (readonly [v: number, value: number, better: number])[] = [];
    for (const [at, v] of variables.entries()) {
      const before = this.solution[v] ?? 0;
      const value = before - off / (factors[at] ?? 1);
      if (!Number.isInteger(value) || this.#kept.has(v) || !this.#canBe(v, value)) continue;
      if (this.#trail.some(([moved]) => moved === v)) continue;
      found.push([v, value, this.#better(v, value - before)]);
    }
    found.sort(([, , a], [, , b]) => b - a);
    return found.slice(0, MOST.ways).map(([v, value]) => [v, value]);
  }

  /** How much nearer to what they must be all sums are together. */
  #better(v: number, by: number): number {
    let better = 0;
    for (const [row, factor] of this.#touching.get(v) ?? [])
      better += Math.abs(this.#off(row, 0)) - Math.abs(this.#off(row, factor * by));
    return better;
  }

  /** What a total with so much more is above or below what it must be. */
  #off(row: number, more: number): number {
    const { lo = 0, hi = 0 } = this.#rows[row] ?? {};
    const total = (this.#totals[row] ?? 0) + more;
    return total > hi ? total - hi : total < lo ? total - lo : 0;
  }

  #put(v: number, value: number): void {
    const before = this.solution[v] ?? 0;
    this.#trail.push([v, before]);
    this.#set(v, value);
  }

  #takeBack(mark: number): void {
    while (this.#trail.length > mark) {
      const [v, before] = this.#trail.pop() ?? [0, 0];
      this.#set(v, before);
    }
  }

  #set(v: number, value: number): void {
    const by = value - (this.solution[v] ?? 0);
    this.solution[v] = value;
    for (const [row, factor] of this.#touching.get(v) ?? []) {
      this.#totals[row] = (this.#totals[row] ?? 0) + factor * by;
      if (this.#off(row, 0) === 0) this.#broken.delete(row);
      else this.#broken.add(row);
    }
  }
}
