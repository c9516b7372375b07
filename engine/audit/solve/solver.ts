/** Whole numbers within limits: where bounds alone do not tell, cases are tried, depth first. */
import type { Model } from "../model/model.ts";
import { Bounds } from "./bounds.ts";

export type Solution = Float64Array;
export type Answer =
  | { readonly kind: "found"; readonly solution: Solution }
  | { readonly kind: "none" }
  | { readonly kind: "unknown" };

export interface Question {
  /** Each variable within its range. */
  readonly ranges: readonly (readonly [variable: number, lo: number, hi: number])[];
  /** Values to try first; without them the least. */
  readonly hint: Solution | null;
  /** Which are looked at before all others, in this order. */
  readonly first: readonly number[];
  /** All that the answer must know. */
  readonly among: readonly number[];
  readonly budget: number;
}

interface Choice {
  readonly variable: number;
  readonly ways: readonly (readonly [number, number])[];
  next: number;
  readonly mark: number;
}

/** Ranges up to this width are tried value by value, wider ones by halves. */
const NARROW = 8;

/** `bounds` are the tightest proved so far. */
export class Solver {
  readonly bounds: Bounds;
  searched = 0;
  /** Asked at each step: true ends the search without an answer. */
  isStopped = (): boolean => false;

  constructor(model: Model) {
    this.bounds = new Bounds(model);
  }

  /** Whether some solution is within the ranges. */
  ask(question: Question): Answer {
    const { bounds } = this;
    if (bounds.isEmpty) return { kind: "none" };
    const mark = bounds.mark;
    for (const [variable, lo, hi] of question.ranges) bounds.set(variable, lo, hi);
    const found = this.#search(question);
    const answer: Answer =
      found === true
        ? { kind: "found", solution: Float64Array.from(bounds.lo) }
        : { kind: found === false ? "none" : "unknown" };
    bounds.undo(mark);
    return answer;
  }

  /** Whether these numbers break no limit. */
  holds(solution: Solution, among: readonly number[]): boolean {
    const { bounds } = this;
    if (!among.every((v) => Number.isSafeInteger(solution[v]))) return false;
    const mark = bounds.mark;
    for (const v of among) bounds.set(v, solution[v] ?? 0, solution[v] ?? 0);
    const isKnown = among.every((v) => bounds.lo[v] === solution[v] && !bounds.isOpen(v));
    const holds = isKnown && bounds.propagate() && !bounds.isTired;
    bounds.undo(mark);
    return holds;
  }

  /** From now on nothing else is possible. */
  prove(variable: number, lo: number, hi: number): void {
    this.bounds.set(variable, lo, hi);
    this.bounds.propagate();
  }

  /** Null when the budget is spent. */
  #search(question: Question): boolean | null {
    const { bounds } = this;
    const choices: Choice[] = [];
    for (let left = question.budget; ;) {
      if (bounds.propagate()) {
        if (bounds.isTired) return null;
        const variable = this.#pick(question);
        if (left-- <= 0 || this.isStopped()) return null;
        this.searched++;
        if (variable < 0) return true;
        const ways = this.#ways(variable, question.hint);
        choices.push({ variable, ways, next: 0, mark: bounds.mark });
      }
      while ((choices.at(-1)?.next ?? 0) >= (choices.at(-1)?.ways.length ?? 1)) choices.pop();
      const choice = choices.at(-1);
      if (choice === undefined) return false;
      bounds.undo(choice.mark);
      const [lo, hi] = choice.ways[choice.next++] ?? [0, 0];
      bounds.set(choice.variable, lo, hi);
    }
  }

  /** Those wanted first, then the one with the fewest values left; -1 where all are known. */
  #pick({ first, among }: Question): number {
    const { lo, hi } = this.bounds;
    for (const variable of first) if ((lo[variable] ?? 0) < (hi[variable] ?? 0)) return variable;
    let [best, width] = [-1, Infinity];
    for (const variable of among) {
      const own = (hi[variable] ?? 0) - (lo[variable] ?? 0);
      if (own > 0 && own < width) [best, width] = [variable, own];
    }
    return best;
  }

  #ways(variable: number, hint: Solution | null): Choice["ways"] {
    const [lo, hi] = [this.bounds.lo[variable] ?? 0, this.bounds.hi[variable] ?? 0];
    const cut = this.bounds.cut[variable] ?? 0;
    const near = Math.min(hi, Math.max(lo, hint?.[variable] ?? lo));
    if (cut >= lo && cut < hi) {
      const [small, large] = [[lo, cut] as const, [cut + 1, hi] as const];
      return near > cut ? [large, small] : [small, large];
    }
    const isWished = hint?.[variable] === near;
    if (!isWished && hi - lo > NARROW) {
      const middle = Math.floor((lo + hi) / 2);
      const [low, high] = [[lo, middle] as const, [middle + 1, hi] as const];
      return near > middle ? [high, low] : [low, high];
    }
    const ways: readonly (readonly [number, number])[] = [
      [near, near],
      [lo, near - 1],
      [near + 1, hi],
    ];
    return ways.filter(([from, to]) => from <= to);
  }
}
