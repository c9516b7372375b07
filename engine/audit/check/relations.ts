/** What numbers of the same groups must be to one another: flags within people, and what the facts say. */
import { POPULATION } from "../../measures/measure-spec.ts";
import { disjointSets } from "../describe/disjoint-flags.ts";
import type { Description, Fact } from "../describe/description.ts";
import type { Witness } from "./layout.ts";

/** Numbers by quantity, in the order of the names: whether it holds at every place. */
export interface Relation {
  readonly holds: (numbers: readonly Float64Array[]) => boolean;
  /** Places of those that it looks at. */
  readonly of: readonly number[];
}

/** Layouts of the same groups on the same date. */
export interface Beside {
  readonly quantities: readonly string[];
  readonly layouts: readonly number[];
  readonly relations: readonly Relation[];
  /** Numbers of each layout at two places, for exchanges. */
  readonly pair: readonly Float64Array[];
}

const NONE = new Float64Array();

export function factNames(fact: Fact): readonly string[] {
  return fact.kind === "sum" ? [fact.whole, ...fact.parts] : fact.columns;
}

export function relationsOf(
  { columns, facts }: Description,
  names: readonly string[],
): readonly Relation[] {
  const people = names.indexOf(POPULATION);
  const counted = names.flatMap((name, own): readonly Relation[] => {
    if (own === people) return [];
    const isNamed = facts.some((fact) => factNames(fact).includes(name));
    const isFlag = (columns[name] ?? (isNamed ? "flag" : "count")) === "flag";
    const holds: Relation["holds"] = (numbers) => {
      const [counts, all] = [numbers[own] ?? NONE, numbers[people] ?? NONE];
      for (let at = 0; at < counts.length; at++) {
        const [count, most] = [counts[at] ?? NaN, all[at] ?? NaN];
        if (!(isFlag ? count <= most : count === 0 || most > 0)) return false;
      }
      return true;
    };
    return [{ holds, of: [own, people] }];
  });
  const told = facts.filter((fact) => factNames(fact).every((name) => names.includes(name)));
  const apart = disjointSets(facts)
    .map((set) => set.map((name) => names.indexOf(name)))
    .filter((set) => !set.includes(-1));
  return [
    ...counted,
    ...told.map((fact) => relationOf(fact, names, people)),
    ...apart.map((set): Relation => ({
      holds: (numbers) =>
        (numbers[people] ?? NONE).every((all, at) => {
          const sum = set.reduce((before, own) => before + (numbers[own]?.[at] ?? NaN), 0);
          return sum <= all;
        }),
      of: [...set, people],
    })),
  ];
}

function relationOf(fact: Fact, names: readonly string[], people: number): Relation {
  const [first = 0, ...others] = factNames(fact).map((name) => names.indexOf(name));
  const holds = (of: (own: number) => number): boolean => {
    const rest = others.reduce((sum, own) => sum + of(own), 0);
    switch (fact.kind) {
      case "sum":
        return of(first) === rest;
      case "subset":
        return of(first) <= rest;
      case "complement":
        return of(first) + rest === of(people);
      case "disjoint":
        return of(first) + rest <= of(people);
    }
  };
  return {
    holds: (numbers) =>
      (numbers[first] ?? NONE).every((_, at) => holds((own) => numbers[own]?.[at] ?? NaN)),
    of: [first, ...others, people],
  };
}

export function isPossible({ layouts, relations }: Beside, witness: Witness): boolean {
  const numbers = layouts.map((at) => witness[at] ?? NONE);
  return relations.every(({ holds }) => holds(numbers));
}
