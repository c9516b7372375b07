/** Which cells get a verdict. */
import { POPULATION } from "../../measures/measure-spec.ts";
import type { CellName } from "../describe/cell-name.ts";
import type { Policy } from "../describe/description.ts";
import type { Cell, Counted, Part } from "./cells.ts";
import { unnamedValues } from "./columns.ts";
import { domainAt } from "./figures.ts";
import { FiguresByCell, nameOf, placeOf } from "./printed-cells.ts";
import type { Figure, PrintedCells } from "./printed-cells.ts";
import { isStaticAxis } from "./relations.ts";
import { quantitiesOf } from "./world.ts";
import type { World } from "./world.ts";

export interface Target {
  readonly name: CellName;
  readonly variable: number;
  readonly figures: readonly string[];
  /** Where it is printed first; absent for what no file prints. */
  readonly first?: Figure;
}

/** A printed cell, which is its first figure too; its name and its figures are made when they are asked for, for there are many. */
export class PrintedTarget implements Target, Figure {
  readonly own: PrintedCells;
  readonly at: number;
  readonly variable: number;
  readonly world: Pick<World, "study" | "data">;
  readonly #byCell: FiguresByCell;

  constructor(
    { own, at, variable }: Figure,
    byCell: FiguresByCell,
    world: Pick<World, "study" | "data">,
  ) {
    [this.own, this.at, this.variable] = [own, at, variable];
    this.#byCell = byCell;
    this.world = world;
  }

  get name(): CellName {
    return nameOf(this.world, this);
  }

  get first(): Figure {
    return this;
  }

  get figures(): readonly string[] {
    return this.#byCell.of(this.variable).map(placeOf);
  }
}

/** Each cell once, named by its first figure. */
export function targetsOf(
  world: World,
  columns: readonly PrintedCells[],
  policy: Policy,
): readonly Target[] {
  const byCell = new FiguresByCell(columns, world.model.size);
  const named = { study: world.study, data: world.data };
  const wanted = new Set(policy.targets);
  const targets: Target[] = [];
  if (wanted.has("hidden"))
    for (const first of byCell.firsts())
      if (isSmallCell(byCell, first, policy)) targets.push(new PrintedTarget(first, byCell, named));
  if (wanted.has("complements"))
    for (const first of byCell.firsts()) targets.push(...complement(world, byCell, first));
  if (wanted.has("differences")) targets.push(...differences(world, byCell));
  return targets;
}

/** Whether the label of some figure allows a small number. */
function isSmallCell(byCell: FiguresByCell, first: Figure, policy: Policy): boolean {
  const isSmall = ({ own, at }: Figure): boolean => {
    const { lo, hi, gap } = domainAt(own, at, policy.attacker);
    return Math.max(1, lo, gap + 1) <= Math.min(hi, policy.small);
  };
  return isSmall(first) || byCell.of(first.variable).some(isSmall);
}

function cellOf({ own, at, variable }: Figure): Cell {
  return {
    quantity: own.column.name,
    date: own.table.date,
    parts: own.parts[at] ?? [],
    variable,
  };
}

function complement(world: World, byCell: FiguresByCell, first: Figure): readonly Target[] {
  const { description, cells } = world;
  const { quantity, ...cell } = cellOf(first);
  if (description.columns[quantity] !== "flag") return [];
  const people = cells.at({ ...cell, quantity: POPULATION }, cell.parts).variable;
  const variable = difference(world, people, first.variable);
  const name = { ...nameOf(world, first), of: "complement" as const };
  return [{ name, variable, figures: byCell.of(first.variable).map(placeOf) }];
}

/** larger − smaller as a variable of its own. */
function difference({ model }: World, larger: number, smaller: number): number {
  const variable = model.add();
  model.addUp(larger, [smaller, variable]);
  return variable;
}

function differences(world: World, byCell: FiguresByCell): readonly Target[] {
  return [
    ...betweenQuantities(world, byCell),
    ...betweenDates(world, byCell),
    ...betweenCuts(world),
  ];
}

/** Of a flag within another, where both are printed. */
function betweenQuantities(world: World, byCell: FiguresByCell): readonly Target[] {
  return world.description.facts.flatMap((fact) => {
    if (fact.kind !== "subset") return [];
    const [without, quantity] = fact.columns;
    return [...byCell.firsts()].flatMap((first): readonly Target[] => {
      const cell = cellOf(first);
      if (cell.quantity !== quantity) return [];
      const inner = world.cells.find({ ...cell, quantity: without }, cell.parts);
      const others = byCell.of(inner?.variable ?? -1);
      if (inner === undefined || others.length === 0) return [];
      const variable = difference(world, first.variable, inner.variable);
      const name = { ...nameOf(world, first), of: "difference" as const, without };
      const figures = [...byCell.of(first.variable), ...others].map(placeOf);
      return [{ name, variable, figures }];
    });
  });
}

/** Of one date and the next, of flags that never go back, among the same patients. */
function betweenDates(world: World, byCell: FiguresByCell): readonly Target[] {
  const { time } = world.description;
  if (time.cohort !== "fixed") return [];
  return [...byCell.firsts()].flatMap((first): readonly Target[] => {
    const cell = cellOf(first);
    if (!time.cumulative.includes(cell.quantity)) return [];
    const since = world.dates[world.dates.indexOf(cell.date) - 1];
    if (since === undefined || !cell.parts.every(({ axis }) => isStaticAxis(world, axis)))
      return [];
    const before = world.cells.find({ ...cell, date: since }, cell.parts);
    const others = byCell.of(before?.variable ?? -1);
    if (before === undefined || others.length === 0) return [];
    const variable = difference(world, first.variable, before.variable);
    const name = { ...nameOf(world, first), of: "difference" as const, since };
    return [{ name, variable, figures: [...others, ...byCell.of(first.variable)].map(placeOf) }];
  });
}

/** Values that only a difference of two columns tells of. */
function betweenCuts(world: World): readonly Target[] {
  const { columns, dates, cells, study, data } = world;
  return columns.given.flatMap((dimension) => {
    const axis = columns.of.get(dimension.name)?.axis;
    const isUsed = world.tables.some(({ labels }) =>
      labels.some(({ name }) => Object.hasOwn(dimension.columns, name)),
    );
    if (axis === undefined || !isUsed) return [];
    return unnamedValues(dimension).flatMap((value) =>
      dates.flatMap((date) =>
        quantitiesOf(world).map((quantity): Target => {
          const parts: readonly Part[] = [{ axis, places: [axis.values.indexOf(value)] }];
          const counted: Counted = { quantity, date };
          const groups = { [dimension.name]: value };
          const name = { of: "difference" as const, quantity, date, groups, study, data };
          return { name, variable: cells.at(counted, parts).variable, figures: [] };
        }),
      ),
    );
  });
}
