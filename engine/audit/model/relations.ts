/** What relates quantities of a world: flags, people, facts, and the same patients at the next date. */
import type { Description, Fact } from "../describe/description.ts";
import { disjointSets } from "../describe/disjoint-flags.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import { combinationsWithin, partsAt } from "./cells.ts";
import type { Cell } from "./cells.ts";
import type { Axis } from "./columns.ts";
import type { Model } from "./model.ts";
import { factColumns } from "./world.ts";
import type { World } from "./world.ts";

/** Of the same groups: flags within people, and what the facts say. */
export function relateQuantities(world: World): void {
  const { cells } = world;
  for (const { date, node, first, size, quantity } of cells.layouts) {
    const relateAt = relator(world, quantity);
    const starts = new Map<string, number>();
    const startOf = (other: string): number => {
      const start = starts.get(other) ?? cells.layout({ quantity: other, date }, node)?.first ?? -1;
      starts.set(other, start);
      return start;
    };
    for (let index = 0; index < size; index++)
      relateAt(first + index, (other) => startOf(other) + index);
  }
  // Relating one can make others, which come at the end.
  for (const { quantity, date, parts, variable } of cells.others) {
    relator(world, quantity)(
      variable,
      (other) => cells.at({ quantity: other, date }, parts).variable,
    );
    addUpCoarse(world, { quantity, date, parts, variable });
  }
}

/** A cell of several values of an axis is the sum of those of one each. */
function addUpCoarse({ cells, model }: World, cell: Cell): void {
  if (cell.parts.every(({ places }) => places.length === 1)) return;
  const parts = combinationsWithin(cell.parts).map((each) => cells.at(cell, each).variable);
  model.addUp(cell.variable, parts);
}

type Relate = (variable: number, of: (quantity: string) => number) => void;

function relator({ model, description, shape }: World, quantity: string): Relate {
  if (quantity === POPULATION) return () => undefined;
  const most = isFlag(description, quantity) ? 1 : 1e6;
  const facts = description.facts.filter((fact) => factColumns(fact)[0] === quantity);
  const apart = disjointSets(description.facts).filter(([first]) => first === quantity);
  return (variable, of) => {
    const people = of(POPULATION);
    const [least, greatest] = [model.lo[people] ?? 0, model.hi[people] ?? 0];
    if (least === greatest) model.restrict(variable, { lo: 0, hi: most * least, gap: 0 });
    else if (shape !== "alone" && (model.hi[variable] ?? 0) > most * least)
      model.atMost([variable], people, most);
    for (const fact of facts) relate(model, fact, variable, of);
    for (const [, ...others] of apart) model.atMost([variable, ...others.map(of)], people);
  };
}

function isFlag({ columns, facts }: Description, quantity: string): boolean {
  const isNamed = facts.some((fact) => factColumns(fact).includes(quantity));
  return (columns[quantity] ?? (isNamed ? "flag" : "count")) === "flag";
}

function relate(
  model: Model,
  fact: Fact,
  variable: number,
  of: (quantity: string) => number,
): void {
  if (fact.kind === "sum") {
    model.addUp(variable, fact.parts.map(of));
    return;
  }
  const other = of(fact.columns[1]);
  if (fact.kind === "complement") model.addUp(of(POPULATION), [variable, other]);
  else if (fact.kind === "subset") model.atMost([variable], other);
  else model.atMost([variable, other], of(POPULATION));
}

/** The same patients at all dates: people and what never goes back, in groups that do not change. */
export function relateDates(world: World): void {
  const { description, cells, model, dates } = world;
  const { time } = description;
  if (time.cohort !== "fixed") return;
  const relate = ({ quantity, date, parts, variable }: Cell): void => {
    const next = dates[dates.indexOf(date) + 1];
    const isStatic = parts.every(({ axis }) => isStaticAxis(world, axis));
    if (next === undefined || !isStatic) return;
    const later = cells.at({ quantity, date: next }, parts).variable;
    if (quantity === POPULATION) model.addUp(variable, [later]);
    else if (time.cumulative.includes(quantity)) model.atMost([variable], later);
  };
  for (const layout of cells.layouts) {
    for (let index = 0; index < layout.size; index++)
      relate({ ...layout, parts: partsAt(layout, index), variable: layout.first + index });
  }
  for (const cell of [...cells.others]) relate(cell);
}

export function isStaticAxis({ columns, description }: World, axis: Axis): boolean {
  const own = [...columns.of].filter(
    ([name, column]) => column.axis === axis && !columns.given.some((each) => each.name === name),
  );
  return own.length > 0 && own.every(([name]) => description.time.static.includes(name));
}
