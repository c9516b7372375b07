/** Numbers that nobody printed as they are, and everything that limits them. Filled once, then only read. */
import { UNLIMITED } from "../describe/printed-number.ts";
import type { Domain } from "../describe/printed-number.ts";

/** lo ≤ Σ factor · variable ≤ hi. */
export interface SumLimit {
  readonly kind: "sum";
  readonly variables: readonly number[];
  readonly factors: readonly number[];
  readonly lo: number;
  readonly hi: number;
}

/** One column of one table in which Cohortline hid something. */
export interface HidingRule {
  readonly kind: "rule";
  readonly blanks: readonly number[];
  readonly shown: readonly number[];
  readonly threshold: number;
}

/** A printed ratio of true numbers: numerator / denominator is at most `reach` from `value`. */
export interface RatioLimit {
  readonly kind: "ratio";
  readonly variables: readonly [numerator: number, denominator: number];
  readonly value: number;
  readonly reach: number;
}

export type Limit = SumLimit | HidingRule | RatioLimit;

export function variablesOf(limit: Limit): readonly number[] {
  return limit.kind === "rule" ? [...limit.blanks, ...limit.shown] : limit.variables;
}

export class Model {
  readonly lo: number[] = [];
  readonly hi: number[] = [];
  readonly gap: number[] = [];
  readonly limits: Limit[] = [];

  get size(): number {
    return this.lo.length;
  }

  add(): number {
    return this.addMany(1);
  }

  /** The first of so many, one after the other. */
  addMany(count: number): number {
    const first = this.size;
    for (let at = 0; at < count; at++) {
      this.hi.push(UNLIMITED);
      this.gap.push(0);
      this.lo.push(0);
    }
    return first;
  }

  /** Takes out what `domain` does not have. An empty rest is a contradiction, which solving finds. */
  restrict(variable: number, { lo, hi, gap }: Domain): void {
    this.lo[variable] = Math.max(this.lo[variable] ?? 0, lo);
    this.hi[variable] = Math.min(this.hi[variable] ?? 0, hi);
    this.gap[variable] = Math.max(this.gap[variable] ?? 0, gap);
  }

  /** whole = Σ parts. */
  addUp(whole: number, parts: readonly number[]): void {
    if (parts.length === 1 && parts[0] === whole) return;
    this.#sum([whole, ...parts], [-1, ...parts.map(() => 1)], 0, 0);
  }

  /** Σ parts ≤ most times `times`. */
  atMost(parts: readonly number[], most: number, times = 1): void {
    this.#sum([...parts, most], [...parts.map(() => 1), -times], -Infinity, 0);
  }

  #sum(variables: readonly number[], factors: readonly number[], lo: number, hi: number): void {
    this.limits.push({ kind: "sum", variables, factors, lo, hi });
  }
}
