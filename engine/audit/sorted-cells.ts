/** Cells by study, data, date, quantity and groups. */
import type { AuditedCell } from "./audit-result.ts";
import { cellKey } from "./describe/cell-name.ts";
import type { CellName } from "./describe/cell-name.ts";
import { SafeCell } from "./safe-cell.ts";

/** Keys are made once for each cell, and only of one quantity and date at a time: they are long, and there are many. */
export function sortedCells(cells: readonly AuditedCell[]): readonly AuditedCell[] {
  const parts = new Map<string, AuditedCell[]>();
  let [last, into]: [CellName | null, AuditedCell[]] = [null, []];
  for (const cell of cells) {
    const name = nameOf(cell);
    if (last === null || !isBeside(last, name)) {
      const { study, data, date, quantity } = name;
      const key = JSON.stringify([study, data, date, quantity]).slice(0, -1);
      into = parts.get(key) ?? [];
      parts.set(key, into);
    }
    last = name;
    into.push(cell);
  }
  return [...parts].sort(byFirst).flatMap(([, own]) => sortedByKey(own));
}

function nameOf(cell: AuditedCell): CellName {
  return cell instanceof SafeCell ? cell.name : cell;
}

function isBeside(a: CellName, b: CellName): boolean {
  return a.quantity === b.quantity && a.date === b.date && a.data === b.data && a.study === b.study;
}

function sortedByKey(cells: readonly AuditedCell[]): readonly AuditedCell[] {
  return cells
    .map((cell) => [cellKey(nameOf(cell)), cell] as const)
    .sort(byFirst)
    .map(([, cell]) => cell);
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
