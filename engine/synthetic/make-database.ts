/** A database that is being made: opened, filled, counted, and given up when the signal comes. */
import { openDuckDb } from "../duckdb/duckdb.ts";
import type { DuckDb, DuckDbOptions } from "../duckdb/duckdb.ts";
import { identifier, joinSql, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

export interface DatabaseToMake {
  /** The database file; must not exist. */
  readonly path: string;
  readonly threads: number;
  /** As DuckDB writes it: "2GiB". */
  readonly memoryLimit: string;
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
}

export interface RecordsWritten {
  /** Rows of each table, in the order of the schema. */
  readonly rows: ReadonlyMap<string, number>;
  /** False if the signal came first; the file is then of no use. */
  readonly complete: boolean;
}

/** One thread does all by itself. Of several the caller counts as one, and sleeps. */
export function working(db: DuckDb, threads: number): (statement: Sql) => Promise<void> {
  return threads === 1 ? (statement) => db.run(statement) : (statement) => db.work(statement);
}

/** Makes the database, with these tables at least, and closes it. Errors are DuckDB's own: a full disk, no memory. */
export async function makeDatabase(
  { path, threads, memoryLimit, temporaryFolder, signal }: DatabaseToMake,
  further: Pick<DuckDbOptions, "settings" | "reach"> & { readonly tables: readonly string[] },
  fill: (db: DuckDb) => Promise<void>,
): Promise<RecordsWritten> {
  const { tables, ...options } = further;
  const all = threads === 1 ? 1 : threads + 1;
  const db = await openDuckDb({ path, threads: all, memoryLimit, temporaryFolder, ...options });
  const stop = (): void => {
    db.interrupt();
  };
  signal.addEventListener("abort", stop);
  try {
    await fill(db);
    return { rows: await countRows(db, tables), complete: !signal.aborted };
  } catch (error) {
    // An interrupted statement fails, as it should.
    if (signal.aborted) return { rows: new Map(), complete: false };
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    db.close();
  }
}

/** Runs the statements in turn, as long as the signal has not come. */
export async function runAll(
  run: (statement: Sql) => Promise<void>,
  statements: readonly Sql[],
  signal: AbortSignal,
): Promise<void> {
  for (const statement of statements) {
    if (signal.aborted) return;
    await run(statement);
  }
}

async function countRows(
  db: DuckDb,
  tables: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = tables.map(
    (name) => sql`SELECT ${name} AS name, count(*) AS rows FROM ${identifier(name)}`,
  );
  const rows = await db.rows(joinSql(counts, " UNION ALL "));
  return new Map(rows.map(({ name, rows: count }) => [String(name), Number(count)]));
}
