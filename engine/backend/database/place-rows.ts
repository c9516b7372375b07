/**
 * Rows that come in any order, each with the number of its patient, put in the order of the patients. Every
 * value is written to its place once and read from there once, which is less than sorting the rows.
 */
import type { CohortBatch, CohortSchema, ColumnValues } from "../../table/cohort-schema.ts";
import {
  cellsOf,
  chunkCells,
  emptyColumn,
  firstRows,
  idColumn,
  wordTable,
} from "./column-store.ts";
import type { Cells, PatientIds, WordTable, Wording } from "./column-store.ts";
import { rowsAtOnce } from "./read-batches.ts";
import type { ColumnChunk } from "./session.ts";

export interface PlacedRows {
  readonly ids: PatientIds;
  /** 1 where the patient of that number has a row, 2 where more than one. */
  readonly present: Uint8Array;
  /** Without the id; as long as `ids`. */
  readonly columns: readonly ColumnValues[];
}

/** Reads all rows; the first column of the chunks is the number, as in `ids`. */
export async function placeRows(
  chunks: AsyncIterable<ColumnChunk>,
  ids: PatientIds,
  { schema, wording }: { schema: CohortSchema; wording: (column: string) => Wording },
): Promise<PlacedRows> {
  const tables = schema.slice(1).map(({ name }) => wordTable(wording(name)));
  const columns = schema.slice(1).flatMap((column, i) => {
    const table = tables[i];
    return table === undefined ? [] : [emptyColumn(column, ids.length, table)];
  });
  const present = new Uint8Array(ids.length);
  for await (const chunk of chunks) {
    const numbers = chunk.raw(0, Uint32Array);
    for (const number of numbers) present[number] = present[number] === 0 ? 1 : 2;
    for (const [i, column] of columns.entries()) {
      const table: WordTable | undefined = tables[i];
      if (table === undefined) continue;
      scatter(cellsOf(column), numbers, chunkCells(column, { chunk, place: i + 1 }, table));
    }
  }
  return { ids, present, columns };
}

function scatter(to: Cells, numbers: Uint32Array, from: Cells): void {
  for (let i = 0; i < numbers.length; i++) to[numbers[i] ?? 0] = from[i] ?? 0;
}

/** In the order of the ids. A patient with several rows comes twice, for who writes them to find. */
export function* batchesInPlace({ ids, present, columns }: PlacedRows): Generator<CohortBatch> {
  const most = rowsAtOnce(columns.length + 1);
  const chosen = new Uint32Array(most);
  let rows = 0;
  for (let number = 0; number < ids.length; number++) {
    for (let times = present[number] ?? 0; times > 0; times--) chosen[rows++] = number;
    if (rows < most - 1 && number < ids.length - 1) continue;
    if (rows > 0) {
      const values = columns.map((column) => taken(column, chosen, rows));
      yield { rows, columns: [idColumn(takenIds(ids, chosen, rows)), ...values] };
    }
    rows = 0;
  }
}

function takenIds(ids: PatientIds, chosen: Uint32Array, rows: number): PatientIds {
  if (ids instanceof BigInt64Array) {
    const long = new BigInt64Array(rows);
    for (let i = 0; i < rows; i++) long[i] = ids[chosen[i] ?? 0] ?? 0n;
    return long;
  }
  const plain = new Float64Array(rows);
  for (let i = 0; i < rows; i++) plain[i] = ids[chosen[i] ?? 0] ?? 0;
  return plain;
}

function taken(column: ColumnValues, chosen: Uint32Array, rows: number): ColumnValues {
  const words = column.type === "str" ? column.values : [];
  const schema = { name: "", type: column.type, dateFormat: "YYYY-MM-DD" } as const;
  const part = emptyColumn(schema, rows, { words, codeOf: null });
  const [from, to] = [cellsOf(column), cellsOf(part)];
  for (let i = 0; i < rows; i++) to[i] = from[chosen[i] ?? 0] ?? 0;
  return firstRows(part, rows);
}
