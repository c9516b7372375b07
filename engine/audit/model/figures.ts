/** What each table of a world says of its cells: by its numbers, by its blanks, and by which rows it has. */
import { POPULATION } from "../../measures/measure-spec.ts";
import type { Policy, PublishingRule } from "../describe/description.ts";
import { domainOfPrinted, domainOfWithheld } from "../describe/printed-number.ts";
import type { Domain } from "../describe/printed-number.ts";
import { trueRatio } from "../describe/printed-ratio.ts";
import { isDerived } from "../describe/published-table.ts";
import type { PrintedColumn, PublishedTable } from "../describe/published-table.ts";
import type { Cell, Part } from "./cells.ts";
import { rowParts } from "./world.ts";
import type { World } from "./world.ts";

/** One printed number or blank. */
export interface Figure {
  readonly table: PublishedTable;
  readonly column: PrintedColumn;
  /** Place in the table. */
  readonly at: number;
  readonly cell: Cell;
  /** What its own label allows. */
  readonly domain: Domain;
}

/** In the order of measures, columns and rows; figures that only repeat printed rows are none. */
export function takeFigures(world: World, policy: Policy): readonly Figure[] {
  const hiding = new Set<string>();
  return world.tables.flatMap((table) => {
    if (isDerived(table, world.tables)) return [];
    const parts = rowParts(world, table);
    const figures = table.columns.map((column) =>
      parts.map((each, at): Figure => {
        const cell = world.cells.at({ quantity: column.name, date: table.date }, each);
        const { rule } = table.measure;
        const threshold = column.hasThreshold ? rule.threshold : null;
        const printed = column.numbers[at] ?? null;
        const domain = column.withheld.has(at)
          ? domainOfWithheld(threshold, policy.attacker)
          : domainOfPrinted(printed, rule, threshold, policy.attacker);
        world.model.restrict(cell.variable, domain);
        return { table, column, at, cell, domain };
      }),
    );
    if (policy.attacker === "rules")
      for (const own of figures) hide(world, table.measure.rule, own, hiding);
    ratios(world, table, figures);
    if (table.measure.rule.isOurs) seeRows(world, table, parts);
    return figures.flat();
  });
}

/** More than small numbers may be hidden, so the blanks of a column limit one another. */
function hide(
  { model }: World,
  { threshold, secondary, as }: PublishingRule,
  figures: readonly Figure[],
  seen: Set<string>,
): void {
  if (threshold === null || !secondary || figures[0]?.column.hasThreshold !== true) return;
  // Of these nobody knows why they are blank.
  if (as === "withheld") return;
  // What a repair has left blank is no small number: it was shown before.
  const isBlank = ({ column, at }: Figure): boolean =>
    column.numbers[at] === null && !column.withheld.has(at);
  const of = ({ cell }: Figure): number => cell.variable;
  const blanks = figures.filter(isBlank).map(of);
  const shown = figures.filter((each) => !isBlank(each)).map(of);
  // Several measures show the same denominators.
  const key = `${threshold}:${blanks.join()}:${shown.join()}`;
  if (blanks.length === 0 || seen.has(key)) return;
  seen.add(key);
  model.limits.push({ kind: "rule", blanks, shown, threshold });
}

/** A value that is not the ratio of the numbers beside it is one of true numbers. */
function ratios(
  { model }: World,
  table: PublishedTable,
  figures: readonly (readonly Figure[])[],
): void {
  const below = table.measure.numerator === table.measure.denominator ? 0 : 1;
  for (const at of table.values.keys()) {
    const told = trueRatio(table, at);
    if (told === null) continue;
    const [top, bottom] = [figures[0]?.[at]?.cell.variable, figures[below]?.[at]?.cell.variable];
    if (top === undefined || bottom === undefined) continue;
    model.limits.push({ kind: "ratio", variables: [top, bottom], ...told });
  }
}

/** A label that our tables show has a patient, and one that they do not show has none. */
function seeRows(
  { cells, model, columns }: World,
  table: PublishedTable,
  parts: readonly (readonly Part[])[],
): void {
  const counted = { quantity: POPULATION, date: table.date };
  const someone = (own: readonly Part[]): void => {
    model.restrict(cells.at(counted, own).variable, { lo: 1, hi: Infinity, gap: 0 });
  };
  const nobody = (own: readonly Part[]): void => {
    model.restrict(cells.at(counted, own).variable, { lo: 0, hi: 0, gap: 0 });
  };
  for (const [at, { name, texts }] of table.labels.entries()) {
    const seen = new Set(texts);
    for (const row of parts) someone(row.slice(at, at + 1));
    const column = columns.of.get(name);
    for (const [label, places] of column?.labels ?? [])
      if (!seen.has(label) && column !== undefined) nobody([{ axis: column.axis, places }]);
  }
  if (table.measure.groups !== "observed" || table.labels.length < 2) return;
  const keyOf = (row: readonly Part[]): string => row.map(({ places }) => places.join()).join("|");
  const seen = new Set(parts.map(keyOf));
  for (const row of parts) someone(row);
  for (const row of labelCombinations(columns, table)) if (!seen.has(keyOf(row))) nobody(row);
}

function labelCombinations(
  columns: World["columns"],
  table: PublishedTable,
): readonly (readonly Part[])[] {
  let all: (readonly Part[])[] = [[]];
  for (const { name } of table.labels) {
    const column = columns.of.get(name);
    const parts = [...(column?.labels.values() ?? [])].map((places) => ({
      axis: column?.axis,
      places,
    }));
    all = all.flatMap((before) =>
      parts.flatMap(({ axis, places }) =>
        axis === undefined ? [] : [[...before, { axis, places }]],
      ),
    );
  }
  return all;
}
