/** What both readers of parquet say of a file: the one of our own, and DuckDB. */
import { ProblemError } from "../../engine/base/problems.ts";
import type { WantedColumns } from "../../engine/table/cohort-reader.ts";
import { directColumn, tableColumns } from "../../engine/table/parquet/direct-columns.ts";
import { openByDuckDb } from "../../engine/table/parquet/duckdb-table.ts";
import { openParquetFile } from "../../engine/table/parquet/parquet-file.ts";
import { openParquet } from "../../engine/table/parquet/parquet-table.ts";
import { typedReading } from "../../engine/table/columns/typed-reading.ts";
import { typedRows } from "../../engine/table/columns/typed-rows.ts";
import type { OpenTypedTable } from "../../engine/table/columns/typed-table.ts";
import { rowsOf } from "./cohort-rows.ts";

/** Rows, or the problems told instead of them. */
export type Answer = readonly unknown[];

export interface Ways {
  readonly ours: Answer;
  readonly duckDb: Answer;
}

/** Every cell of the table. */
export function cellsBothWays(path: string): Promise<Ways> {
  return bothWays(async (open) => {
    const rows: unknown[] = [];
    for await (const { row, cells } of typedRows(open, path)) rows.push([row, ...cells]);
    return rows;
  });
}

/** The wanted columns as measures have them. */
export function cohortBothWays(path: string, wanted: WantedColumns): Promise<Ways> {
  return bothWays(async (open) => rowsOf(await typedReading(open, path, wanted)));
}

async function bothWays(read: (open: OpenTypedTable) => Promise<Answer>): Promise<Ways> {
  const answer = (open: OpenTypedTable): Promise<Answer> =>
    read(open).catch((error: unknown) => {
      if (error instanceof ProblemError) return error.problems.map(({ message }) => message);
      throw error;
    });
  return { ours: await answer(openParquet), duckDb: await answer(openByDuckDb) };
}

/** The columns that are read without DuckDB. */
export async function readDirectly(path: string): Promise<readonly string[]> {
  const { handle, footer, end } = await openParquetFile(path);
  await handle.close();
  if (footer === null) return [];
  return tableColumns(footer)
    .filter((column) => directColumn(footer, column, end) !== null)
    .map(({ element }) => element.name);
}
