/** Reading tables of any format: cohorts column by column, small tables cell by cell. */
import { basename } from "node:path";
import { formatOf } from "../base/file-names.ts";
import type { AskGroups, CountedFile } from "./cohort-groups.ts";
import type { CohortReading, WantedColumns } from "./cohort-reader.ts";
import type { TableRow } from "./table-format.ts";
import { tableFormat, tableFormatOf } from "./table-formats.ts";
import type { WholeAs, WholeCohort } from "./whole-cohort.ts";

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

/**
 * Groups of a cohort file counted by so many threads without reading its rows here, where the format can do it and the result is the
 * same to the last digit; otherwise null, and whoever reads the rows is told what is wrong.
 */
export async function countCohort(
  path: string,
  ask: AskGroups,
  threads: number,
): Promise<CountedFile | null> {
  return (await tableFormatOf(path).count?.(path, ask, threads)) ?? null;
}

/** Whether `countCohort` may give something for a file of that name. */
export function mayCountCohort(path: string): boolean {
  const format = formatOf(basename(path));
  return format !== null && tableFormat(format).count !== undefined;
}

/** The column names of a cohort file. Problems as `readCohort` has before its promise is fulfilled. */
export async function readCohortHeader(path: string): Promise<readonly string[]> {
  return tableFormatOf(path).readHeader(path);
}

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

/** See `WholeCohort`. Problems as `readCohort` has, and patient-id-not-whole. */
export async function readWholeCohort(path: string, as: WholeAs): Promise<WholeCohort> {
  return tableFormatOf(path).whole(path, as);
}
