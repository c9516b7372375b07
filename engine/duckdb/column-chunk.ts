/** Results as typed arrays, without a JavaScript value for each cell. */
import type { DuckDBDataChunk, DuckDBResult } from "@duckdb/node-api";
import { withKinds } from "./duckdb-error.ts";
import { duckDbBindings } from "./library.ts";

/** Some rows of a result. */
export interface ColumnChunk {
  readonly rows: number;
  /** A column of a fixed-width type, as DuckDB holds it; only valid until the next chunk is asked for. */
  raw<T extends TypedArray>(column: number, type: TypedArrayType<T>): T;
  /** A column of any type as JavaScript values; null where missing. */
  values(column: number): readonly unknown[];
}

export type TypedArray =
  Uint8Array | Uint16Array | Uint32Array | Int32Array | BigInt64Array | Float64Array;

export interface TypedArrayType<T extends TypedArray> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): T;
}

export async function* columnChunks(
  start: () => Promise<DuckDBResult>,
): AsyncGenerator<ColumnChunk> {
  const bindings = duckDbBindings();
  const raw = <T extends TypedArray>(
    chunk: DuckDBDataChunk,
    column: number,
    type: TypedArrayType<T>,
  ): T => {
    const vector = bindings.data_chunk_get_vector(chunk.chunk, column);
    const bytes = bindings.vector_get_data(vector, chunk.rowCount * type.BYTES_PER_ELEMENT);
    return new type(bytes.buffer as ArrayBuffer, bytes.byteOffset, chunk.rowCount);
  };
  const result = await withKinds(start);
  for (;;) {
    const chunk = await withKinds(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    yield {
      rows: chunk.rowCount,
      raw: (column, type) => raw(chunk, column, type),
      values: (column) => chunk.getColumnValues(column),
    };
  }
}
