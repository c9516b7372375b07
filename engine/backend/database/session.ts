/**
 * A connection to a database of any kind: what the evaluation of studies asks of it. Tables that are kept for
 * later statements are the session's own. Errors are the driver's; `Records.fail` knows what they mean.
 */
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { Sql } from "../../text/sql.ts";

export interface Session {
  readonly run: (statement: Sql) => Promise<void>;
  /** All rows of a small result, by the names that the statement gives its columns. */
  readonly rows: (statement: Sql) => Promise<readonly SmallRow[]>;
  /** A large result, piece by piece. Whoever stops reading ends the statement. */
  readonly chunks: (statement: Sql) => AsyncIterable<ColumnChunk>;
  /**
   * Begins a statement at once, and resolves when it has ended; its pieces can be read later, while others
   * run. Null where the database cannot hold an answer until it is read: nothing is then begun ahead.
   */
  readonly begin: ((statement: Sql) => Promise<AsyncIterable<ColumnChunk>>) | null;
  /** Makes a table with these rows, for the statements after it. */
  readonly upload: (table: UploadedTable) => Promise<void>;
  /** Ends the statement that runs, if one does: it is then refused. */
  readonly interrupt: () => void;
  /** Whatever was kept is gone afterwards. */
  readonly close: () => Promise<void>;
}

/** Numbers may come as texts or as bigint. */
export type SmallRow = Readonly<Record<string, unknown>>;

/** What a piece of a result has at most: so many rows are held of the widest cohort. */
export const ROWS_OF_A_CHUNK = 2048;

/**
 * Some rows of a result by column, as `Dialect.sent` gives them: of a column of texts its `values`, of any other
 * its numbers `raw`, where a date is a day number and a truth value 0 or 1.
 */
export interface ColumnChunk {
  /** `ROWS_OF_A_CHUNK` at most. */
  readonly rows: number;
  /** Only valid until the next chunk is asked for, so that nothing need be copied. */
  raw<T extends TypedArray>(column: number, type: TypedArrayType<T>): T;
  /** Any column as JavaScript values; null where missing. */
  values(column: number): readonly unknown[];
}

export type TypedArray = Uint8Array | Uint32Array | Int32Array | Float64Array;

export interface TypedArrayType<T extends TypedArray> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): T;
  from(values: Iterable<number>): T;
}

export interface UploadedTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, UploadedKind>>;
  /** In the order of the columns; a date as days since 1970-01-01; null where missing. */
  readonly rows: Iterable<readonly Cell[]>;
}

export type UploadedKind = Extract<PhysicalKind, "int" | "real" | "text" | "date">;

export type Cell = string | number | bigint | null;
