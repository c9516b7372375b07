/** Rows of a query, in the order in which they come, as batches of columns. */
import { isLong } from "../../table/cohort-schema.ts";
import type { BatchColumn, CohortBatch, CohortSchema } from "../../table/cohort-schema.ts";
import { cellsOf, chunkCells, emptyColumn, firstRows, longsOf, wordTable } from "./column-store.ts";
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
  const fresh = (): BatchColumn[] =>
    schema.flatMap((column, place): BatchColumn[] => {
      const table = tables[place];
      if (isLong(column)) return [{ type: "long", values: new BigInt64Array(most) }];
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
      if (column.type === "long") column.values.set(longsOf(chunk.values(place)), rows);
      else if (table !== undefined)
        cellsOf(column).set(chunkCells(column, { chunk, place }, table), rows);
    }
    rows += chunk.rows;
  }
  if (rows > 0) yield batchOf(gathering, rows);
}

function batchOf(columns: readonly BatchColumn[], rows: number): CohortBatch {
  const first = (column: BatchColumn): BatchColumn =>
    column.type === "long"
      ? { type: column.type, values: column.values.subarray(0, rows) }
      : firstRows(column, rows);
  return { rows, columns: columns.map(first) };
}
