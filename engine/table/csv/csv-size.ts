/** How many rows and columns a csv file has, as its reader sees them. */
import { openByteSource } from "./byte-source.ts";
import type { CsvFile } from "./byte-source.ts";
import { byteWindow, refill } from "./byte-window.ts";
import { readHeaderRow } from "./csv-header.ts";
import { countRows } from "./row-index.ts";

export interface TableSize {
  /** Below the header. */
  readonly rows: number;
  readonly columns: number;
}

/**
 * Rows may have more or fewer cells than the header. Problems: those of the file system, empty-table,
 * not-utf8-text in the header, broken-quotes, row-too-long, broken-gzip.
 */
export async function csvSize(csv: CsvFile): Promise<TableSize> {
  const source = await openByteSource(csv);
  try {
    const window = byteWindow(csv.file);
    const header = await readHeaderRow(window, source);
    let rows = countRows(window);
    while (!window.last) {
      await refill(window, source);
      rows += countRows(window);
    }
    return { rows, columns: header.length };
  } finally {
    await source.close();
  }
}
