/** Which values a variable can have, each with a solution that has it. */
import { UNLIMITED } from "../describe/printed-number.ts";
import type { Solution, Solver } from "./solver.ts";

export interface Possible {
  readonly min: number;
  readonly max: number;
  /** Solutions by value: at least those asked for, or all there are. */
  readonly found: ReadonlyMap<number, Solution>;
  /** False where the budget did not do: then more values may be possible. */
  readonly isDecided: boolean;
}

/** Ranges up to this width are looked at value by value. */
export const LISTED_WIDTH = 12;

interface Question {
  readonly solver: Solver;
  readonly variable: number;
  readonly among: readonly number[];
  readonly base: Solution;
  readonly budget: number;
}

class Asking {
  readonly found = new Map<number, Solution>();
  isDecided = true;
  readonly #question: Question;

  constructor(question: Question) {
    this.#question = question;
    this.#keep(question.base);
  }

  /** Whether some value of the range is possible; null where that stays open. */
  within(lo: number, hi: number): number | null | false {
    const { solver, variable, among, base, budget } = this.#question;
    const answer = solver.ask([[variable, lo, hi]], base, budget, [variable, ...among]);
    if (answer.kind === "found") return this.#keep(answer.solution);
    if (answer.kind === "none") return false;
    this.isDecided = false;
    return null;
  }

  #keep(solution: Solution): number {
    const { base, among, variable } = this.#question;
    const whole = Float64Array.from(base);
    for (const at of among) whole[at] = solution[at] ?? 0;
    const value = whole[variable] ?? 0;
    if (!this.found.has(value)) this.found.set(value, whole);
    return value;
  }
}

export function possibleValues(question: Question, atLeast: number): Possible {
  const { solver, variable } = question;
  const asking = new Asking(question);
  const start = question.base[variable] ?? 0;
  const min = -outermost(start, solver.lo[variable] ?? 0, (lo, hi) => asking.within(lo, hi), -1);
  const max = outermost(start, solver.hi[variable] ?? 0, (lo, hi) => asking.within(lo, hi), 1);
  const isListed = max - min <= LISTED_WIDTH;
  if (isListed || asking.found.size < atLeast) fill(asking, isListed ? Infinity : atLeast);
  return { min, max, found: asking.found, isDecided: asking.isDecided };
}

type Within = (lo: number, hi: number) => number | null | false;

/** From a possible value outwards; values are turned round for the lower end. */
function outermost(start: number, bound: number, within: Within, sign: 1 | -1): number {
  const ask = (lo: number, hi: number): number | null | false => {
    const found = sign === 1 ? within(lo, hi) : within(-hi, -lo);
    return typeof found === "number" ? sign * found : found;
  };
  let [best, end] = [sign * start, sign * bound];
  let first = true;
  while (best < end) {
    const from = first ? end : Math.floor((best + end) / 2) + 1;
    first = false;
    const found = ask(from, end);
    if (found === null) return end;
    if (found === false) end = from - 1;
    else best = found;
  }
  return best;
}

/** Values between those found, until there are enough. */
function fill(asking: Asking, enough: number): void {
  const gaps: (readonly [number, number])[] = [];
  const known = [...asking.found.keys()].sort((a, b) => a - b);
  for (const [at, value] of known.entries()) {
    const next = known[at + 1];
    if (next !== undefined) gaps.push([value + 1, next - 1]);
  }
  while (gaps.length > 0 && asking.found.size < enough) {
    const [lo, hi] = gaps.shift() ?? [0, -1];
    if (lo > hi) continue;
    const found = asking.within(lo, hi);
    if (typeof found === "number") gaps.push([lo, found - 1], [found + 1, hi]);
  }
}

/** Null where nothing limits it. */
export function shownMax(max: number): number | null {
  return max > UNLIMITED / 2 ? null : max;
}
