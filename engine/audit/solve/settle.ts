/** Which values the variables of a component can have, and a pool of solutions that have them. */
import type { Classes } from "./classes.ts";
import type { Component } from "./components.ts";
import { LISTED_WIDTH } from "./possible.ts";
import type { Possible, Settled } from "./possible.ts";
import type { Model } from "../model/model.ts";
import type { Relaxed } from "./relax.ts";
import { fill, outermost } from "./ask-ranges.ts";
import type { Within } from "./ask-ranges.ts";
import { Shifts } from "./shifts.ts";
import type { Answer, Solution, Solver } from "./solver.ts";

export interface Settling {
  readonly component: Component;
  readonly model: Model;
  readonly classes: Classes;
  /** The variables whose values are asked for. */
  readonly wanted: readonly number[];
  readonly base: Solution;
  readonly minValues: number;
  readonly relaxed: Relaxed;
  /** Whether more values than those asked for, and the ends of what is possible, are of no interest. */
  readonly isBrief: boolean;
  /** Steps of search for one question. */
  readonly budget: number;
}

/** Members of one class: what one of them can be, all can be. */
interface Group {
  readonly members: readonly number[];
  readonly found: Set<number>;
  isDecided: boolean;
}

/** Questions that a component may ask with its whole budget each. */
const QUESTIONS = 200;

/** Values so near to one that is possible are looked at first. */
const NEAR = 3;

/**
 * Where a verdict is certain already, only the ends of what is possible are asked for: with this part of the budget,
 * and no more after so many questions that stayed open.
 */
const ENDS = { share: 0.1, open: 3 } as const;

/**
 * In a component of more variables than this, a class that has enough values is settled: its ends are those proved
 * so far, for each question takes long and the verdict is the same.
 */
const LARGE = 400;

export function settle(solver: Solver, settling: Settling): Settled {
  return new Settler(solver, settling).settled();
}

class Settler {
  readonly #solver: Solver;
  readonly #settling: Settling;
  readonly #groups: ReadonlyMap<string, Group>;
  readonly #solutions: Solution[] = [];
  #allowance: number;
  #open = 0;

  constructor(solver: Solver, settling: Settling) {
    this.#solver = solver;
    this.#settling = settling;
    this.#allowance = settling.budget * QUESTIONS;
    const groups = new Map<string, Group & { readonly members: number[] }>();
    for (const v of settling.wanted) {
      const key = settling.classes.keyOf(v);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { members: [v], found: new Set(), isDecided: true });
      else group.members.push(v);
    }
    this.#groups = groups;
    this.#keep(settling.base);
  }

  settled(): Settled {
    if (!this.#settling.isBrief) {
      this.#walk();
      this.#dive();
    }
    for (const group of this.#groups.values()) this.#look(group);
    const possible = new Map([...this.#groups].map(([key, group]) => [key, this.#possible(group)]));
    const { variables } = this.#settling.component;
    const solutions = this.#solutions.map((solution) => ({
      variables,
      values: variables.map((v) => solution[v] ?? 0),
    }));
    return { classes: this.#settling.classes, possible, solutions };
  }

  get #isLarge(): boolean {
    return this.#settling.component.variables.length > LARGE;
  }

  /** Steps of search for one question: fewer where each takes longer. */
  get #steps(): number {
    const { budget, component } = this.#settling;
    const share = this.#isLarge ? LARGE / (10 * component.variables.length) : 1;
    return Math.ceil(budget * share) + component.variables.length;
  }

  /** Kept where it shows some value for the first time. */
  #keep(solution: Solution): boolean {
    let isNew = this.#solutions.length === 0;
    for (const { members, found } of this.#groups.values()) {
      for (const v of members) {
        const value = solution[v] ?? 0;
        if (found.has(value)) continue;
        found.add(value);
        isNew = true;
      }
    }
    if (isNew) this.#solutions.push(solution);
    return isNew;
  }

  /** From solution to solution, each with as many new values as few changes give. */
  #walk(): void {
    for (let turn = 0; ; turn++) {
      const shifts = this.#shiftsFrom(this.#solutions.at(-1) ?? this.#settling.base);
      for (const group of this.#inTurn(turn)) {
        if (this.#solver.isStopped()) return;
        this.#shift(shifts, group, turn);
      }
      if (!this.#keepShifted(shifts)) return;
    }
  }

  /** As many members as can be to values that none was seen to have, the nearest first. */
  #shift(shifts: Shifts, { members, found }: Group, turn: number): void {
    const [first = 0] = members;
    const { lo, hi } = this.#solver.bounds;
    const isListed = (hi[first] ?? 0) - (lo[first] ?? 0) <= LISTED_WIDTH;
    // Of wide ranges there is always one more.
    if ((this.#isLarge || !isListed) && found.size >= this.#settling.minValues) return;
    const near = shifts.solution[first] ?? 0;
    let moved = 0;
    for (let away = 1; away <= LISTED_WIDTH && moved < members.length; away++) {
      for (const value of [near + away, near - away]) {
        const v = members[(moved + turn) % members.length] ?? 0;
        if (!found.has(value) && shifts.move(v, value)) moved++;
      }
    }
  }

  #shiftsFrom(solution: Solution): Shifts {
    const { component, model } = this.#settling;
    return new Shifts(component, solution, model, this.#solver.bounds);
  }

  #keepShifted({ solution }: Shifts): boolean {
    const { variables } = this.#settling.component;
    return this.#solver.holds(solution, variables) && this.#keep(solution);
  }

  /** Solutions that show many new values at once, as long as they do. */
  #dive(): void {
    for (let failures = 0, turn = 0; failures < 2; turn++) {
      const { hint, first } = this.#wishes(turn);
      if (first.length === 0) return;
      const { component, budget } = this.#settling;
      const answer = this.#ask({
        ranges: [],
        hint,
        first,
        budget: component.variables.length + budget / 10,
      });
      if (answer.kind !== "found" || !this.#keep(answer.solution)) failures++;
      else failures = 0;
    }
  }

  /** For each class values that it was not yet seen to have; a different class comes first every turn. */
  #wishes(turn: number): { readonly hint: Solution; readonly first: readonly number[] } {
    const hint = Float64Array.from(this.#solutions.at(-1) ?? this.#settling.base);
    const first: number[] = [];
    for (const group of this.#inTurn(turn)) {
      for (const [at, value] of this.#unseen(group).slice(0, group.members.length).entries()) {
        const v = group.members[(at + turn) % group.members.length] ?? 0;
        hint[v] = value;
        first.push(v);
      }
    }
    return { hint, first };
  }

  #inTurn(turn: number): readonly Group[] {
    const groups = [...this.#groups.values()];
    const start = turn % Math.max(1, groups.length);
    return [...groups.slice(start), ...groups.slice(0, start)];
  }

  #unseen({ members, found }: Group): readonly number[] {
    const { lo, hi } = this.#solver.bounds;
    const [low, high] = [lo[members[0] ?? 0] ?? 0, hi[members[0] ?? 0] ?? 0];
    if (high - low > LISTED_WIDTH)
      return [high, low, low + 1, high - 1].filter((value) => !found.has(value));
    return Array.from({ length: high - low + 1 }, (_, at) => high - at).filter(
      (value) => !found.has(value),
    );
  }

  #ask(asked: {
    readonly ranges: readonly (readonly [number, number, number])[];
    readonly hint: Solution;
    readonly first: readonly number[];
    readonly budget: number;
  }): Answer {
    if (this.#allowance <= 0) return { kind: "unknown" };
    const before = this.#solver.searched;
    const answer = this.#solver.ask({ ...asked, among: this.#settling.component.variables });
    this.#allowance -= this.#solver.searched - before;
    return answer;
  }

  /** Whether some value of the range is possible; null where that stays open. */
  #within(group: Group, lo: number, hi: number, share = 1): number | null | false {
    for (const value of group.found) if (value >= lo && value <= hi) return value;
    const [variable = 0] = group.members;
    const { base, relaxed } = this.#settling;
    const few = relaxed.get(variable)?.filter((value) => value >= lo && value <= hi);
    if (few?.length === 0) return false;
    const isSure = group.found.size >= this.#settling.minValues;
    const answer: Answer =
      isSure && this.#open >= ENDS.open
        ? { kind: "unknown" }
        : this.#ask({
            ranges: [[variable, few?.[0] ?? lo, few?.at(-1) ?? hi]],
            ...{ hint: base, first: [], budget: this.#steps * (isSure ? ENDS.share : share) },
          });
    if (isSure && answer.kind === "unknown") this.#open++;
    if (answer.kind === "none") return false;
    if (answer.kind === "found") {
      this.#keep(answer.solution);
      return answer.solution[variable] ?? 0;
    }
    group.isDecided = false;
    return null;
  }

  /** Enough values for a verdict, near those that are known. */
  #look(group: Group): void {
    const { bounds } = this.#solver;
    const [variable = 0] = group.members;
    const { minValues } = this.#settling;
    if (group.found.size >= minValues) return;
    for (let away = 1; away <= NEAR && group.found.size < minValues; away++) {
      for (const value of [...group.found].flatMap((each) => [each + away, each - away]))
        if (group.found.size < minValues) this.#within(group, value, value, ENDS.share);
    }
    const ends = [bounds.lo[variable] ?? 0, bounds.hi[variable] ?? 0] as const;
    fill(group.found, ends, minValues, (lo, hi) => this.#within(group, lo, hi));
    group.isDecided = true;
  }

  #possible(group: Group): Possible {
    const { minValues } = this.#settling;
    const [variable = 0] = group.members;
    const { bounds } = this.#solver;
    const [least, most] = [bounds.lo[variable] ?? 0, bounds.hi[variable] ?? 0];
    const { isBrief } = this.#settling;
    if ((this.#isLarge || isBrief) && group.found.size >= minValues) {
      const values = [...group.found].sort((a, b) => a - b);
      return { min: least, max: most, values, isDecided: isBrief };
    }
    const up: Within = (lo, hi) => this.#within(group, lo, hi);
    const down: Within = (lo, hi) => {
      const found = this.#within(group, -hi, -lo);
      return typeof found === "number" ? -found : found;
    };
    const max = outermost(Math.max(...group.found), most, up);
    const min = -outermost(-Math.min(...group.found), -least, down);
    for (const member of group.members) this.#solver.prove(member, min, max);
    const isListed = max - min <= LISTED_WIDTH;
    if (isListed || group.found.size < minValues)
      fill(group.found, [min, max], isListed ? Infinity : minValues, up);
    const values = [...group.found].sort((a, b) => a - b);
    return { min, max, values, isDecided: group.isDecided };
  }
}
