/**
 * The driver, and the part of it that is used here. It is an optional dependency, loaded when a URL names a SQL Server:
 * it brings dozens of packages that nobody else needs.
 */
import { fail } from "./problems.ts";

export interface Column {
  readonly colName: string;
  readonly type: { readonly name: string };
}

export interface Cell {
  readonly value: unknown;
}

/** Errors have a `code` of the driver and, from the server, a `number`. */
export type Done = (error: Error | null | undefined, rows?: number) => void;

export interface Request {
  on(event: "columnMetadata", listener: (columns: readonly Column[]) => void): this;
  on(event: "row", listener: (cells: readonly Cell[]) => void): this;
  pause(): void;
  resume(): void;
  setTimeout(milliseconds?: number): void;
}

export interface BulkLoad {
  addColumn(
    name: string,
    type: unknown,
    options: { readonly nullable: boolean; readonly length?: number },
  ): void;
}

export interface Connection {
  connect(done: (error?: Error) => void): void;
  /** A statement as it is: anything else would run in a procedure, whose temporary tables end with it. */
  execSqlBatch(request: Request): void;
  newBulkLoad(table: string, options: { readonly keepNulls: boolean }, done: Done): BulkLoad;
  execBulkLoad(load: BulkLoad, rows: Iterable<readonly unknown[]>): void;
  cancel(): boolean;
  close(): void;
  on(event: "end", listener: () => void): this;
  on(event: "error", listener: (error: Error) => void): this;
  on(event: "errorMessage", listener: (refusal: Refusal) => void): this;
}

/** What the server said, as it said it. */
export interface Refusal {
  readonly number: number;
  readonly class: number;
  readonly message: string;
}

export interface Tedious {
  readonly Connection: new (config: object) => Connection;
  readonly Request: new (sql: string, done: Done) => Request;
  readonly TYPES: Readonly<Record<"BigInt" | "Float" | "VarChar" | "NVarChar" | "Date", unknown>>;
}

const PACKAGE = "tedious";

/** Problem: mssql-driver. */
export async function loadTedious(): Promise<Tedious> {
  const loaded = (await import(PACKAGE).catch(() => null)) as Tedious | null;
  return loaded ?? fail("mssql-driver", {});
}
