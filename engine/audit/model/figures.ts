/** What each table of a world says of its cells: by its numbers and by its blanks. */
import type { Attacker, Policy, PublishingRule } from "../describe/description.ts";
import { domainOfPrinted, domainOfWithheld } from "../describe/printed-number.ts";
import type { Domain } from "../describe/printed-number.ts";
import { trueRatio } from "../describe/printed-ratio.ts";
import { isDerived } from "../describe/published-table.ts";
import type { PrintedColumn, PublishedTable } from "../describe/published-table.ts";
import type { PrintedCells } from "./printed-cells.ts";
import { RowsSeen } from "./rows-seen.ts";
import { rowParts } from "./world.ts";
import type { RowParts, World } from "./world.ts";

/** In the order of measures and columns; those that only repeat printed rows are left out. */
export function takeFigures(world: World, policy: Policy): readonly PrintedCells[] {
  const taken = new Taken();
  const rows = new RowsSeen(world);
  return world.tables.flatMap((table) => {
    if (isDerived(table, world.tables)) return [];
    const parts = rowParts(world, table);
    const columns = table.columns.map((column): PrintedCells => {
      const counted = { quantity: column.name, date: table.date };
      const variables = Int32Array.from(parts, (each) => world.cells.variable(counted, each));
      return { table, column, parts, variables };
    });
    for (const own of columns.filter((each) => taken.isNew(each))) restrict(world, own, policy);
    if (policy.attacker === "rules") for (const own of columns) hide(world, own, taken);
    ratios(world, table, columns);
    if (table.measure.rule.isOurs) rows.see(table, parts);
    return columns;
  });
}

/** Several measures show the same denominators, which are taken once. */
class Taken {
  readonly #columns = new Map<PrintedColumn["numbers"], (readonly [RowParts, string])[]>();
  readonly #rules = new Set<string>();

  isNew({ table, column, parts }: PrintedCells): boolean {
    if (column.withheld.size > 0) return true;
    const key = JSON.stringify([column.name, column.hasThreshold, table.date, table.measure.rule]);
    const before = this.#columns.get(column.numbers) ?? [];
    if (before.some(([rows, text]) => rows === parts && text === key)) return false;
    this.#columns.set(column.numbers, [...before, [parts, key]]);
    return true;
  }

  isNewRule(key: string): boolean {
    if (this.#rules.has(key)) return false;
    this.#rules.add(key);
    return true;
  }
}

function restrict({ model }: World, own: PrintedCells, { attacker }: Policy): void {
  for (const [at, variable] of own.variables.entries())
    model.restrict(variable, domainAt(own, at, attacker));
}

/** What the label itself allows. */
export function domainAt(
  { table: { measure }, column }: PrintedCells,
  at: number,
  attacker: Attacker,
): Domain {
  const threshold = column.hasThreshold ? measure.rule.threshold : null;
  return column.withheld.has(at)
    ? domainOfWithheld(threshold, attacker)
    : domainOfPrinted(column.numbers[at] ?? null, measure.rule, threshold, attacker);
}

/** More than small numbers may be hidden, so the blanks of a column limit one another. */
function hide({ model }: World, own: PrintedCells, taken: Taken): void {
  const { column, table, variables } = own;
  const { threshold, secondary, as }: PublishingRule = table.measure.rule;
  if (threshold === null || !secondary || !column.hasThreshold) return;
  // Of these nobody knows why they are blank.
  if (as === "withheld") return;
  const [blanks, shown]: [number[], number[]] = [[], []];
  for (const [at, variable] of variables.entries()) {
    // What a repair has left blank is no small number: it was shown before.
    const isBlank = column.numbers[at] === null && !column.withheld.has(at);
    (isBlank ? blanks : shown).push(variable);
  }
  if (blanks.length === 0) return;
  if (taken.isNewRule(`${threshold}:${blanks.join()}:${shown.join()}`))
    model.limits.push({ kind: "rule", blanks, shown, threshold });
}

/** A value that is not the ratio of the numbers beside it is one of true numbers. */
function ratios({ model }: World, table: PublishedTable, columns: readonly PrintedCells[]): void {
  const { numerator, denominator } = table.measure;
  const [above, below] = [columns[0], columns[numerator === denominator ? 0 : 1]];
  if (above === undefined || below === undefined) return;
  for (const at of table.values.keys()) {
    const told = trueRatio(table, at);
    if (told === null) continue;
    const [top, bottom] = [above.variables[at] ?? 0, below.variables[at] ?? 0];
    model.limits.push({ kind: "ratio", variables: [top, bottom], ...told });
  }
}
