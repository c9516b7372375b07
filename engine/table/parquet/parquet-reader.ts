/** The database in memory by which this thread reads parquet files. */
import { fail } from "../../base/problems.ts";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";

/** Opening it takes as long as reading a small file, so it stays open for the next one. */
let database: Promise<DuckDb> | null = null;

/** One thread, and rows in the order of the file: sums of floats depend on it. */
const OPTIONS = { threads: 1, memoryLimit: "512MiB" } as const;

/** A connection for one reading; the caller closes it. */
export async function openReader(): Promise<DuckDb> {
  database ??= openDuckDb(OPTIONS);
  return (await database).connect();
}

/** Problem: broken-table, for whatever DuckDB says about the file; its own words may quote values. */
export async function askAbout<T>(file: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isAboutFile(error)) throw error;
    // After some errors a database answers nothing any more.
    database = null;
    return fail("broken-table", { file, format: "parquet" });
  }
}

/** All else is a bug, a problem already told, or memory that lacks. */
function isAboutFile(error: unknown): boolean {
  const kinds =
    /^(?:Invalid|Invalid Input|IO|Conversion|Not implemented|Serialization|INTERNAL|FATAL) Error/;
  return error instanceof Error && kinds.test(error.message);
}
