/** Rows of a query, in the order in which they come, as batches of columns. */
import type { CohortBatch, CohortSchema, ColumnValues } from "../../table/cohort-schema.ts";
import { cellsOf, chunkCells, emptyColumn, firstRows, wordTable } from "./column-store.ts";
import type { Wording } from "./column-store.ts";
import { ROWS_OF_A_CHUNK } from "./session.ts";
import type { ColumnChunk } from "./session.ts";

const ROWS_AT_ONCE = 32_768;
const VALUES_AT_ONCE = 4_194_304;

/** Of a batch: fewer where there are hundreds of columns, so that its size has a bound. */
export function rowsAtOnce(columns: number): number {
  const fitting = Math.floor(VALUES_AT_ONCE / columns);
  return Math.min(ROWS_AT_ONCE, Math.max(ROWS_OF_A_CHUNK, fitting));
}

/** Gathers the small pieces that a database gives. Words of a text column are kept over all batches. */
export async function* readBatches(
  chunks: AsyncIterable<ColumnChunk>,
  schema: CohortSchema,
  wording: (column: string) => Wording,
): AsyncGenerator<CohortBatch> {
  const most = rowsAtOnce(schema.length);
  const tables = schema.map(({ name }) => wordTable(wording(name)));
  const fresh = (): ColumnValues[] =>
    schema.flatMap((column, place) => {
      const table = tables[place];
      return table === undefined ? [] : [emptyColumn(column, most, table)];
    });
  let gathering = fresh();
  let rows = 0;
  for await (const chunk of chunks) {
    if (rows + chunk.rows > most) {
      yield batchOf(gathering, rows);
      gathering = fresh();
      rows = 0;
    }
    for (const [place, column] of gathering.entries()) {
      const table = tables[place];
      if (table !== undefined)
        cellsOf(column).set(chunkCells(column, { chunk, place }, table), rows);
    }
    rows += chunk.rows;
  }
  if (rows > 0) yield batchOf(gathering, rows);
}

function batchOf(columns: readonly ColumnValues[], rows: number): CohortBatch {
  return { rows, columns: columns.map((column) => firstRows(column, rows)) };
}
