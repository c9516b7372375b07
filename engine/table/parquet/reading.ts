/** A column of a parquet file while it is read through DuckDB. */
import type { ColumnChunk } from "../../duckdb/column-chunk.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { TypedValues } from "../columns/typed-table.ts";
import type { Sql } from "../../text/sql.ts";

export interface FileColumn {
  /** As the file has it. */
  readonly name: string;
  /** The place of its values among those of a row group. */
  readonly chunk: number;
  /** The name by which SQL reads it from the table. */
  readonly column: Sql;
  /** As DuckDB names it. */
  readonly type: string;
}

export interface ReadColumn {
  readonly value: Sql;
  readonly read: (chunk: ColumnChunk, at: number) => TypedValues;
}

/** A reading under way, on a connection of its own. */
export interface Reading {
  readonly db: DuckDb;
  readonly file: string;
  /** The file as what SQL reads from. */
  readonly table: Sql;
}
