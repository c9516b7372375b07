/** Typed arrays added to a table as they are, without a JavaScript value for each cell. */
import type { DuckDBConnection } from "@duckdb/node-api";

import type { TypedArray } from "./column-chunk.ts";
import { withKinds } from "./duckdb-error.ts";
import { duckDbBindings, duckDbLibrary } from "./library.ts";

/** Types whose values DuckDB holds as the typed array does. */
export type RawType =
  "UTINYINT" | "BOOLEAN" | "INTEGER" | "UINTEGER" | "BIGINT" | "DATE" | "TIMESTAMP" | "DOUBLE";

/** A name is that of a temporary table of the connection. */
export type AppendTo = string | { readonly catalog: string; readonly table: string };

export interface RawColumn {
  readonly values: TypedArray;
  /** A bit for each row, the lowest first, 0 where the value is missing. */
  readonly present: Uint8Array;
}

export interface ColumnAppender {
  /** Adds the first `rows` values of each array; the arrays may be reused afterwards. */
  append(columns: readonly TypedArray[], rows: number): void;
  /** The same with values that may be missing. */
  appendPresent(columns: readonly RawColumn[], rows: number): void;
  /** Everything is in the table afterwards. */
  close(): void;
}

interface RowRange {
  readonly from: number;
  readonly count: number;
}

/** Rows of a chunk, which DuckDB itself calls a vector. */
const CHUNK_ROWS = 2048;

/** The table has one column of each type, in that order. */
export async function columnAppender(
  connection: DuckDBConnection,
  to: AppendTo,
  types: readonly RawType[],
): Promise<ColumnAppender> {
  const [library, bindings] = [duckDbLibrary(), duckDbBindings()];
  const { catalog, table } = typeof to === "string" ? { catalog: "temp", table: to } : to;
  const appender = await withKinds(() => connection.createAppender(table, "main", catalog));
  const rawTypes = types.map((type) => library[type]);
  const chunk = library.DuckDBDataChunk.create(rawTypes, CHUNK_ROWS);
  const put = (values: TypedArray, at: number, { from, count }: RowRange): void => {
    const { buffer, byteOffset, BYTES_PER_ELEMENT: size } = values;
    const vector = bindings.data_chunk_get_vector(chunk.chunk, at);
    const start = byteOffset + from * size;
    bindings.copy_data_to_vector(vector, 0, buffer as ArrayBuffer, start, count * size);
  };
  const putPresent = (present: Uint8Array, at: number, { from, count }: RowRange): void => {
    const vector = bindings.data_chunk_get_vector(chunk.chunk, at);
    bindings.vector_ensure_validity_writable(vector);
    const bits = present.byteOffset + from / 8;
    const length = Math.ceil(count / 8);
    bindings.copy_data_to_vector_validity(vector, 0, present.buffer as ArrayBuffer, bits, length);
  };
  const inChunks = (rows: number, fill: (range: RowRange) => void): void => {
    for (let from = 0; from < rows; from += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rows - from);
      chunk.rowCount = count;
      fill({ from, count });
      appender.appendDataChunk(chunk);
    }
  };
  return {
    append: (columns, rows) => {
      inChunks(rows, (range) => {
        columns.forEach((values, at) => {
          put(values, at, range);
        });
      });
    },
    appendPresent: (columns, rows) => {
      inChunks(rows, (range) => {
        columns.forEach(({ values, present }, at) => {
          put(values, at, range);
          putPresent(present, at, range);
        });
      });
    },
    close: () => {
      appender.closeSync();
    },
  };
}
