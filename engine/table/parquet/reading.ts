/** A column of a parquet file while it is read through DuckDB. */
import type { ColumnChunk } from "../../duckdb/column-chunk.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { TypedValues } from "../columns/typed-table.ts";

export interface ReadColumn {
  readonly sql: string;
  readonly read: (chunk: ColumnChunk, at: number) => TypedValues;
}

/** A reading under way, on a connection of its own. */
export interface Reading {
  readonly db: DuckDb;
  readonly file: string;
  /** Of the column among those asked for. */
  readonly at: number;
}
