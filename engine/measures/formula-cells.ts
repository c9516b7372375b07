/** How many cells of a measure's file a spreadsheet would run as a formula. */
import { isFormulaText } from "../base/formula-text.ts";
import { labelPlaces } from "./measure-table.ts";
import type { MeasureTable } from "./measure-table.ts";

/** Labels and names of columns; numbers are none. */
export function formulaCells(table: MeasureTable): number {
  const { labels, columns, rows } = table;
  const names = [...labels, ...columns].filter(({ name }) => isFormulaText(name)).length;
  const places = labelPlaces(table);
  return labels.reduce((total, { words }, at) => {
    const formulas = words.map(isFormulaText);
    if (!formulas.includes(true)) return total;
    let cells = 0;
    for (let row = 0; row < rows; row++) if (formulas[places[at]?.(row) ?? 0] === true) cells++;
    return total + cells;
  }, names);
}
