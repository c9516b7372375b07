/** Which cells get a verdict. */
import { POPULATION } from "../../measures/measure-spec.ts";
import type { CellName } from "../describe/cell-name.ts";
import type { Policy } from "../describe/description.ts";
import { isPossible } from "../describe/printed-number.ts";
import type { Counted, Part } from "./cells.ts";
import { unnamedValues } from "./columns.ts";
import type { Figure } from "./figures.ts";
import { isStaticAxis, quantitiesOf } from "./world.ts";
import type { World } from "./world.ts";

export interface Target {
  readonly name: CellName;
  readonly variable: number;
  readonly figures: readonly string[];
}

/** Each cell once, named by its first figure. */
export function targetsOf(
  world: World,
  figures: readonly Figure[],
  policy: Policy,
): readonly Target[] {
  const byCell = new Map<number, Figure[]>();
  for (const figure of figures) {
    const found = byCell.get(figure.cell.variable);
    if (found === undefined) byCell.set(figure.cell.variable, [figure]);
    else found.push(figure);
  }
  const wanted = new Set(policy.targets);
  const printed = [...byCell.values()];
  return [
    ...(wanted.has("hidden") ? printed.flatMap((own) => smallCell(world, own, policy)) : []),
    ...(wanted.has("complements") ? printed.flatMap((own) => complement(world, own)) : []),
    ...(wanted.has("differences") ? differences(world, byCell) : []),
  ];
}

function smallCell(world: World, figures: readonly Figure[], { small }: Policy): readonly Target[] {
  const [first] = figures;
  const isSmall = ({ domain }: Figure): boolean => {
    for (let value = 1; value <= small; value++) if (isPossible(domain, value)) return true;
    return false;
  };
  if (first === undefined || !figures.some(isSmall)) return [];
  return [
    { name: nameOf(world, first), variable: first.cell.variable, figures: figures.map(place) },
  ];
}

function complement(world: World, figures: readonly Figure[]): readonly Target[] {
  const [first] = figures;
  const { description, cells } = world;
  if (first === undefined || description.columns[first.cell.quantity] !== "flag") return [];
  const people = cells.at({ ...first.cell, quantity: POPULATION }, first.cell.parts).variable;
  const variable = difference(world, people, first.cell.variable);
  const name = { ...nameOf(world, first), of: "complement" as const };
  return [{ name, variable, figures: figures.map(place) }];
}

/** larger − smaller as a variable of its own. */
function difference({ model }: World, larger: number, smaller: number): number {
  const variable = model.add();
  model.addUp(larger, [smaller, variable]);
  return variable;
}

function differences(
  world: World,
  byCell: ReadonlyMap<number, readonly Figure[]>,
): readonly Target[] {
  return [
    ...betweenQuantities(world, byCell),
    ...betweenDates(world, byCell),
    ...betweenCuts(world),
  ];
}

/** Of a flag within another, where both are printed. */
function betweenQuantities(
  world: World,
  byCell: ReadonlyMap<number, readonly Figure[]>,
): readonly Target[] {
  return world.description.facts.flatMap((fact) => {
    if (fact.kind !== "subset") return [];
    const [without, quantity] = fact.columns;
    return [...byCell.values()].flatMap((figures): readonly Target[] => {
      const [first] = figures;
      if (first?.cell.quantity !== quantity) return [];
      const inner = world.cells.find({ ...first.cell, quantity: without }, first.cell.parts);
      const others = byCell.get(inner?.variable ?? -1);
      if (inner === undefined || others === undefined) return [];
      const variable = difference(world, first.cell.variable, inner.variable);
      const name = { ...nameOf(world, first), of: "difference" as const, without };
      return [{ name, variable, figures: [...figures, ...others].map(place) }];
    });
  });
}

/** Of one date and the next, of flags that never go back, among the same patients. */
function betweenDates(
  world: World,
  byCell: ReadonlyMap<number, readonly Figure[]>,
): readonly Target[] {
  const { time } = world.description;
  if (time.cohort !== "fixed") return [];
  return [...byCell.values()].flatMap((figures): readonly Target[] => {
    const [first] = figures;
    if (first === undefined || !time.cumulative.includes(first.cell.quantity)) return [];
    const since = world.dates[world.dates.indexOf(first.cell.date) - 1];
    if (since === undefined || !first.cell.parts.every(({ axis }) => isStaticAxis(world, axis)))
      return [];
    const before = world.cells.find({ ...first.cell, date: since }, first.cell.parts);
    const others = byCell.get(before?.variable ?? -1);
    if (before === undefined || others === undefined) return [];
    const variable = difference(world, first.cell.variable, before.variable);
    const name = { ...nameOf(world, first), of: "difference" as const, since };
    return [{ name, variable, figures: [...others, ...figures].map(place) }];
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

function nameOf({ study, data }: World, { table, column, at }: Figure): CellName {
  const groups = Object.fromEntries(table.labels.map(({ name, texts }) => [name, texts[at] ?? ""]));
  return { of: "cell", quantity: column.name, date: table.date, groups, study, data };
}

function place({ table, column, at }: Figure): string {
  return `${table.release.name}/${table.file}:${table.rows[at] ?? 0}:${column.name}`;
}
