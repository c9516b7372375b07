/** Tables of patients of any format, row by row. The readers are loaded when a table is read. */
import type { TableRow } from "../table/table-format.ts";

export async function readTable(path: string): Promise<AsyncGenerator<TableRow>> {
  const { readTable: rowsOf } = await import("../table/read-table.ts");
  return rowsOf(path);
}
