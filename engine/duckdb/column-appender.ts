/** Typed arrays added to a table as they are, without a JavaScript value for each cell. */
import type { DuckDBConnection } from "@duckdb/node-api";

import type { TypedArray } from "./column-chunk.ts";

/** Types whose values DuckDB holds as the typed array does. */
export type RawType = "UTINYINT" | "INTEGER" | "DOUBLE";

export interface ColumnAppender {
  /** Adds the first `rows` values of each array; the arrays may be reused afterwards. */
  append(columns: readonly TypedArray[], rows: number): void;
  /** Everything is in the table afterwards. */
  close(): void;
}

interface Stretch {
  readonly from: number;
  readonly count: number;
}

/** Rows of a chunk, which DuckDB itself calls a vector. */
const CHUNK_ROWS = 2048;

/** The temporary table has one column of each type, in that order. */
export async function columnAppender(
  connection: DuckDBConnection,
  table: string,
  types: readonly RawType[],
): Promise<ColumnAppender> {
  const library = await import("@duckdb/node-api");
  const { default: bindings } = await import("@duckdb/node-bindings");
  const appender = await connection.createAppender(table, "main", "temp");
  const rawTypes = types.map((type) => library[type]);
  const chunk = library.DuckDBDataChunk.create(rawTypes, CHUNK_ROWS);
  const put = (array: TypedArray, at: number, { from, count }: Stretch): void => {
    const { buffer, byteOffset, BYTES_PER_ELEMENT: size } = array;
    const vector = bindings.data_chunk_get_vector(chunk.chunk, at);
    const start = byteOffset + from * size;
    bindings.copy_data_to_vector(vector, 0, buffer as ArrayBuffer, start, count * size);
  };
  return {
    append: (columns, rows) => {
      for (let from = 0; from < rows; from += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, rows - from);
        chunk.rowCount = count;
        columns.forEach((array, at) => {
          put(array, at, { from, count });
        });
        appender.appendDataChunk(chunk);
      }
    },
    close: () => {
      appender.closeSync();
    },
  };
}
