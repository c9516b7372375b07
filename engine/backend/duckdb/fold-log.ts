/** The log beside a database file: what DuckDB has yet to put into the file itself. */
import { existsSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { constants } from "node:os";
import { dirname } from "node:path";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import { DuckDbError } from "../../duckdb/duckdb-error.ts";
import { sql } from "../../text/sql.ts";
import { databaseHeader } from "./database-header.ts";

export function logOf(path: string): string {
  return `${path}.wal`;
}

/**
 * Afterwards the file alone holds all that the database held, and no log stands beside it: the file can then be
 * replaced in one step, and whoever is killed at any point leaves the old database or the new one. A log that
 * belongs to no database is removed. False, and nothing changed, where DuckDB cannot put the log into the
 * database, and while another program has it open to write, which it may before or after there is a log.
 */
export async function foldLog(path: string): Promise<boolean> {
  const isDatabase = existsSync(path) && databaseHeader(path) !== null;
  if (!existsSync(logOf(path))) return !isDatabase || !(await isBeingWritten(realpathSync(path)));
  if (isDatabase) {
    try {
      await checkpoint(realpathSync(path));
    } catch (error) {
      if (error instanceof DuckDbError) return false;
      throw error;
    }
  }
  await rm(logOf(path), { force: true });
  return true;
}

/** Who only reads goes on with the old file. One that cannot be opened for another reason is nobody's. */
async function isBeingWritten(path: string): Promise<boolean> {
  const db = await openDuckDb({ reach: [dirname(path)] });
  try {
    await db.run(sql`ATTACH ${path} AS replaced (READ_ONLY)`);
    return false;
  } catch (error) {
    if (error instanceof DuckDbError) return error.errno === constants.errno.EAGAIN;
    throw error;
  } finally {
    db.close();
  }
}

async function checkpoint(path: string): Promise<void> {
  const db = await openDuckDb({ reach: [dirname(path)] });
  try {
    await db.run(sql`ATTACH ${path} AS replaced`);
    await db.run(sql`CHECKPOINT replaced`);
  } finally {
    db.close();
  }
}
