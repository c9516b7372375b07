/** Reading cohort files of any format. */
import type { CohortReading, WantedColumns } from "./cohort-reader.ts";
import { tableFormatOf } from "./table-formats.ts";

/**
 * Opens a cohort file for the wanted columns. Number cells are numbers in every
 * row; text cells are kept exactly, an empty one is "". A column wanted as both reads as a number, its
 * text is `floatText` of that number. Memory is bounded by the distinct texts, not by the file.
 *
 * Problems before the promise is fulfilled: those of the file system, unknown-file-format,
 * empty-table, missing-file-column (all of them), repeated-file-column. While reading
 * blocks: ragged-row, broken-quotes, row-too-long, not-a-number, not-utf8-text, broken-gzip. At either
 * time, of feather and parquet: wrong-magic, broken-table, unsupported-table, unsupported-column-type,
 * number-too-large, file-date-out-of-range; of Stata files: not-a-stata-file, broken-stata-file,
 * stata-column, stata-not-a-date.
 */
export async function readCohort(path: string, wanted: WantedColumns): Promise<CohortReading> {
  return tableFormatOf(path).read(path, wanted);
}

/** The column names of a cohort file. Problems as `readCohort` has before its promise is fulfilled. */
export async function readCohortHeader(path: string): Promise<readonly string[]> {
  return tableFormatOf(path).readHeader(path);
}
