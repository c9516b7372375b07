/** Reading a table whole, cell by cell: supplied dummy data, where every value is looked at. */
import type { TableRow } from "./table-format.ts";
import { tableFormatOf } from "./table-formats.ts";

/**
 * The header, then every row; cells are texts exactly as they stand. Of the columns in `numbers` the number is
 * read where a file has a word for it, as Stata's value labels are. For tables of moderate size:
 * `readCohort` is many times faster. Problems while iterating: those of the file system,
 * unknown-file-format, empty-table, ragged-row, broken-quotes (here also for a quote inside a text that
 * does not begin with one), row-too-long, not-utf8-text, broken-gzip; and those that `readCohort` has
 * for feather, parquet and Stata files.
 */
export async function* readTable(
  path: string,
  numbers: ReadonlySet<string> = new Set(),
): AsyncGenerator<TableRow> {
  yield* tableFormatOf(path).readRows(path, numbers);
}
