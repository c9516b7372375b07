/** The database in memory by which this thread reads parquet files. */
import { fail } from "../problems.ts";
import { DuckDbError } from "../../duckdb/duckdb-error.ts";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";

/** Opening it takes as long as reading a small file, so it stays open for the next one. */
let database: Promise<DuckDb> | null = null;

/** One thread, and rows in the order of the file: sums of floats depend on it. */
const MEMORY = "512 MiB";

/** Nothing is put aside on the disk: a reader has no folder to write in. */
const OPTIONS = { threads: 1, memoryLimit: MEMORY, temporaryFolder: "" } as const;

/** A connection for one reading; the caller closes it. */
export async function openReader(): Promise<DuckDb> {
  database ??= openDuckDb(OPTIONS);
  return (await database).connect();
}

/**
 * Problems: unsupported-table where a text or the distinct texts of a column do not fit in memory;
 * broken-table for whatever else DuckDB says about the file. Its own words may quote values.
 */
export async function askAbout<T>(file: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof DuckDbError)) throw error;
    const tooLarge = error.kind === "Out of Memory";
    if (!tooLarge && !aboutFile.has(error.kind)) throw error;
    // After these a database answers nothing any more.
    if (tooLarge || error.kind === "INTERNAL" || error.kind === "FATAL") database = null;
    if (tooLarge) {
      fail("unsupported-table", { file, what: `texts that need more than ${MEMORY} at once` });
    }
    return fail("broken-table", { file, format: "parquet" });
  }
}

/** All other kinds are a bug. */
const aboutFile: ReadonlySet<string> = new Set([
  ...["Invalid", "Invalid Input", "IO", "Conversion", "Not implemented", "Serialization"],
  ...["INTERNAL", "FATAL"],
]);
