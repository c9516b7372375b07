/** Cells that a spreadsheet would run instead of showing them. */
import { isFormulaText } from "../base/formula-text.ts";
import { TableSplitter } from "./table-text.ts";

/** How many cells of the table do. Whoever opens it should know; what they say is not told. */
export function formulaCells(text: string): number {
  const splitter = new TableSplitter();
  let found = 0;
  for (const { cells } of [...splitter.take(text), ...splitter.end()]) {
    for (const cell of cells) if (isFormulaText(cell)) found += 1;
  }
  return found;
}
