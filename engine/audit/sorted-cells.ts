/** Cells by study, data, date, quantity and groups. */
import type { AuditedCell } from "./audit-result.ts";
import { cellKey } from "./describe/cell-name.ts";

/** Keys are made once for each cell, and only of one quantity and date at a time: they are long, and there are many. */
export function sortedCells(cells: readonly AuditedCell[]): readonly AuditedCell[] {
  const parts = new Map<string, AuditedCell[]>();
  for (const cell of cells) {
    const { study, data, date, quantity } = cell;
    const key = JSON.stringify([study, data, date, quantity]).slice(0, -1);
    const found = parts.get(key);
    if (found === undefined) parts.set(key, [cell]);
    else found.push(cell);
  }
  return [...parts].sort(byFirst).flatMap(([, own]) => sortedByKey(own));
}

function sortedByKey(cells: readonly AuditedCell[]): readonly AuditedCell[] {
  return cells
    .map((cell) => [cellKey(cell), cell] as const)
    .sort(byFirst)
    .map(([, cell]) => cell);
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
