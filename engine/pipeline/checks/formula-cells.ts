/** Cells that a spreadsheet would run instead of showing them. */
import { TableSplitter } from "./table-text.ts";

const STARTS = /^[\s"']*[=@+-]/;
/** -1.5 is a number in every spreadsheet; +1 is written by nobody as one. */
const NEGATIVE = /^\s*-\s*(?:\d[\d.,]*(?:[eE][+-]?\d+)?%?|inf|nan|-*)\s*$/i;

/** How many cells of the table do. Whoever opens it should know; what they say is not told. */
export function formulaCells(text: string): number {
  const splitter = new TableSplitter();
  let found = 0;
  for (const { cells } of [...splitter.take(text), ...splitter.end()]) {
    for (const cell of cells) if (STARTS.test(cell) && !NEGATIVE.test(cell)) found += 1;
  }
  return found;
}
