/** The databases in memory by which this thread reads parquet files. */
import { fail } from "../problems.ts";
import { DuckDbError } from "../../duckdb/duckdb-error.ts";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";

/** By their threads. Opening one takes as long as reading a small file, so it stays open for the next one. */
const databases = new Map<number, Promise<DuckDb>>();

const MEMORY = "512 MiB";

const OPTIONS = {
  memoryLimit: MEMORY,
  // Nothing is put aside on the disk: a reader has no folder to write in.
  temporaryFolder: "",
  // What a file says of its columns is not believed: by a false number of missing values DuckDB would take them for 0.
  settings: { disabled_optimizers: "statistics_propagation" },
};

/**
 * A connection for one reading; the caller closes it. With one thread rows come in the order of the file: sums of
 * floats depend on it.
 */
export async function openReader(threads = 1): Promise<DuckDb> {
  const database = databases.get(threads) ?? openDuckDb({ ...OPTIONS, threads });
  databases.set(threads, database);
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
    if (tooLarge || error.kind === "INTERNAL" || error.kind === "FATAL") databases.clear();
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
