/** Cells that a spreadsheet would run instead of showing them. */
import { isFormulaText } from "../base/formula-text.ts";
import { csvRows } from "../text/csv-rows.ts";

/** How many cells of the table do. Whoever opens it should know; what they say is not told. */
export function formulaCells(text: string): number {
  let found = 0;
  for (const { cells } of csvRows(text)) {
    for (const cell of cells()) if (isFormulaText(cell)) found += 1;
  }
  return found;
}
