/** What numbers of the same groups must be to one another: flags within people, and what the facts say. */
import { POPULATION } from "../../measures/measure-spec.ts";
import { disjointSets } from "../describe/disjoint-flags.ts";
import type { Description, Fact } from "../describe/description.ts";

/** Numbers by quantity, in the order of the names; and which place of each. */
export type Relation = (numbers: readonly Float64Array[], at: number) => boolean;

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
    return [
      (numbers, at) => {
        const [count, all] = [numbers[own]?.[at] ?? NaN, numbers[people]?.[at] ?? NaN];
        return isFlag ? count <= all : count === 0 || all > 0;
      },
    ];
  });
  const told = facts.filter((fact) => factNames(fact).every((name) => names.includes(name)));
  const apart = disjointSets(facts)
    .map((set) => set.map((name) => names.indexOf(name)))
    .filter((set) => !set.includes(-1));
  return [
    ...counted,
    ...told.map((fact) => relationOf(fact, names, people)),
    ...apart.map((set): Relation => (numbers, at) => {
      const sum = set.reduce((all, own) => all + (numbers[own]?.[at] ?? NaN), 0);
      return sum <= (numbers[people]?.[at] ?? NaN);
    }),
  ];
}

function relationOf(fact: Fact, names: readonly string[], people: number): Relation {
  const [first = 0, ...others] = factNames(fact).map((name) => names.indexOf(name));
  return (numbers, at) => {
    const of = (own: number): number => numbers[own]?.[at] ?? NaN;
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
}
