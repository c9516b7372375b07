/** What the labels of a measure's file hold: how much text, and how many spreadsheet formulas. */
import type { Problem } from "../base/problems.ts";
import { isFormulaText } from "../base/formula-text.ts";
import { problem } from "./problems.ts";
import { labelPlaces } from "./measure-table.ts";
import type { GroupLabel, MeasureTable } from "./measure-table.ts";

/** Characters of all labels in one file: 268 in each of a million rows. */
export const LABEL_TEXT_LIMIT = 2 ** 28;

/**
 * Long labels in each of a million rows fill any disk. Problem: measure-too-much-text, none of it shown. `file` is the
 * cohort file.
 */
export function tooMuchText({ measure, labels, rows }: MeasureTable, file: string): Problem[] {
  const sizes = labels.map((label) => [label.name, charactersOf(label, rows)] as const);
  const characters = sizes.reduce((sum, [, size]) => sum + size, 0);
  if (characters <= LABEL_TEXT_LIMIT) return [];
  const columns = [...sizes].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const facts = { measure: measure.id, file, rows, characters, column: columns[0] ?? "" };
  return [problem("measure-too-much-text", { ...facts, limit: LABEL_TEXT_LIMIT })];
}

/** Where rows are every combination, each value is in as many of them. */
function charactersOf({ values, places }: GroupLabel, rows: number): number {
  let [all, most] = [0, 0];
  for (const { length } of values) {
    all += length;
    if (length > most) most = length;
  }
  if (places === undefined) return values.length === 0 ? 0 : all * (rows / values.length);
  // Rarely so much that the rows must be looked at.
  if (most * rows <= LABEL_TEXT_LIMIT / 1000) return most * rows;
  return places.subarray(0, rows).reduce((sum, at) => sum + (values[at]?.length ?? 0), 0);
}

/** Cells that a spreadsheet would run as a formula: labels and names of columns, for numbers are none. */
export function formulaCells(table: MeasureTable): number {
  const { labels, columns, rows } = table;
  const names = [...labels, ...columns].filter(({ name }) => isFormulaText(name)).length;
  const places = labelPlaces(table);
  return labels.reduce((total, { values }, at) => {
    const formulas = values.map(isFormulaText);
    if (!formulas.includes(true)) return total;
    let cells = 0;
    for (let row = 0; row < rows; row++) if (formulas[places[at]?.(row) ?? 0] === true) cells++;
    return total + cells;
  }, names);
}
