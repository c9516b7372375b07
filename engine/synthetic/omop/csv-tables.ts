/** The tables of a synthetic OMOP database as files of csv, for a database that takes them so. */
import { closeSync, openSync, readSync, rmSync } from "node:fs";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import { identifier, sql } from "../../text/sql.ts";
import { omopTableNames } from "./omop-tables.ts";
import type { OmopTable } from "./omop-tables.ts";

/** Writes a file for each table, where `fileOf` says. Errors are DuckDB's own. */
export async function writeCsvTables(
  database: string,
  fileOf: (table: OmopTable) => string,
): Promise<void> {
  const db = await openDuckDb({ path: database, readOnly: true });
  try {
    for (const table of omopTableNames)
      await db.run(sql`COPY ${identifier(table)} TO ${fileOf(table)} (FORMAT csv, HEADER false)`);
  } finally {
    db.close();
  }
}

const PIECE = 262_144;

/** The file is read once, and then gone. */
export function* bytesOnce(path: string): Generator<Uint8Array> {
  const from = openSync(path, "r");
  try {
    for (;;) {
      const bytes = Buffer.allocUnsafe(PIECE);
      const size = readSync(from, bytes, 0, PIECE, null);
      if (size === 0) return;
      yield bytes.subarray(0, size);
    }
  } finally {
    closeSync(from);
    rmSync(path);
  }
}
