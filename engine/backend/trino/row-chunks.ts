/** Rows of a page as pieces of columns. */
import { ROWS_OF_A_CHUNK } from "../database/session.ts";
import type { ColumnChunk, TypedArray, TypedArrayType } from "../database/session.ts";
import type { Page, Row } from "./exact-page.ts";
import { TrinoFault } from "./trino-error.ts";

/** A number that a piece cannot hold exactly is refused, as a `TrinoFault`. */
export function* chunksOf({ rows, columns }: Page): Generator<ColumnChunk> {
  const isWhole = (columns ?? []).map(({ type }) => type === "bigint");
  for (let from = 0; from < rows.length; from += ROWS_OF_A_CHUNK) {
    const until = Math.min(rows.length, from + ROWS_OF_A_CHUNK);
    yield chunk(rows, { from, until }, isWhole);
  }
}

function chunk(
  rows: readonly Row[],
  { from, until }: { readonly from: number; readonly until: number },
  isWhole: readonly boolean[],
): ColumnChunk {
  const count = until - from;
  return {
    rows: count,
    raw: <T extends TypedArray>(column: number, type: TypedArrayType<T>): T => {
      const to = new type(new ArrayBuffer(count * type.BYTES_PER_ELEMENT), 0, count);
      for (let i = 0; i < count; i++) {
        const cell = rows[from + i]?.[column];
        to[i] = typeof cell === "number" ? cell : numberIn(cell, isWhole[column] === true);
      }
      return to;
    },
    values: (column) => rows.slice(from, until).map((row) => row[column] ?? null),
  };
}

/** NaN, Infinity and decimals come as texts, truth values as themselves. */
function numberIn(cell: unknown, isWhole: boolean): number {
  if (isWhole && typeof cell === "string") throw new TrinoFault({ kind: "number-range" });
  return Number(cell);
}
