/** Cells by study, data, date, quantity and groups. */
import type { AuditedCell } from "./audit-result.ts";
import { cellKey } from "./describe/cell-name.ts";
import type { CellName } from "./describe/cell-name.ts";
import type { Figure } from "./model/printed-cells.ts";
import { SafeCell } from "./safe-cell.ts";

/** Keys are made once for each cell, and only of one quantity and date at a time: they are long, and there are many. */
export function sortedCells(cells: readonly AuditedCell[]): readonly AuditedCell[] {
  const parts = new Map<string, AuditedCell[]>();
  let [last, into]: [CellName | null, AuditedCell[]] = [null, []];
  for (const cell of cells) {
    if (last === null || !isBeside(last, cell)) {
      const { study, data, date, quantity } = cell;
      const key = JSON.stringify([study, data, date, quantity]).slice(0, -1);
      into = parts.get(key) ?? [];
      parts.set(key, into);
      last = { of: "cell", groups: {}, study, data, date, quantity };
    }
    into.push(cell);
  }
  return [...parts].sort(byFirst).flatMap(([start, own]) => sortedByKey(own, start));
}

function isBeside(a: CellName, b: CellName): boolean {
  return a.quantity === b.quantity && a.date === b.date && a.data === b.data && a.study === b.study;
}

function sortedByKey(cells: readonly AuditedCell[], start: string): readonly AuditedCell[] {
  return cells
    .map((cell) => [restOfKey(cell, start), cell] as const)
    .sort(byFirst)
    .map(([, cell]) => cell);
}

/** Of the key what stands behind `start`. */
function restOfKey(cell: AuditedCell, start: string): string {
  const known = cell instanceof SafeCell ? knownRest(cell.first) : null;
  return known ?? cellKey(cell instanceof SafeCell ? cell.name : cell).slice(start.length);
}

/** The same for all quantities of one group, whose labels are one list. */
const rests = new WeakMap<readonly string[], string[]>();

function knownRest({ own: { table }, at }: Figure): string | null {
  const [label, ...more] = table.labels;
  if (label === undefined || more.length > 0) return null;
  const known = rests.get(label.texts) ?? [];
  rests.set(label.texts, known);
  return (known[at] ??= `,${JSON.stringify([[label.name, label.texts[at] ?? ""]])},"cell","",""]`);
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
