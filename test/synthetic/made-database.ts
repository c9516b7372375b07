/** A database made for tests, in a folder of its own, and what to ask it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { DuckDb, SmallRow } from "../../engine/duckdb/duckdb.ts";
import { noCodes } from "../../engine/synthetic/study-codes.ts";
import type { StudyCodes } from "../../engine/synthetic/study-codes.ts";
import { writeRecords } from "../../engine/synthetic/write-records.ts";
import { trustedSql } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";

export interface Asked {
  readonly patients?: number;
  readonly seed?: string;
  readonly eventsPerPatient?: number;
  readonly codes?: StudyCodes;
  readonly threads?: number;
  readonly onPatients?: (patients: number) => void;
}

export interface Made {
  readonly db: DuckDb;
  readonly remove: () => void;
}

/** Makes a database and opens it for reading. */
export async function makeRecords(asked: Asked): Promise<Made> {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-records-"));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const path = join(folder, "made.duckdb");
  const temporaryFolder = join(folder, "spilled");
  try {
    await writeRecords({ ...usual, path, temporaryFolder, ...asked });
    const db = await openDuckDb({ path, readOnly: true });
    return {
      db,
      remove: () => {
        db.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

const usual = {
  patients: 500,
  seed: "tests",
  eventsPerPatient: 100,
  codes: noCodes,
  threads: 2,
  memoryLimit: "1GiB",
  signal: new AbortController().signal,
  onPatients: () => undefined,
};

/** Makes the database, opens it for `act`, and removes it. */
export async function withRecords<T>(asked: Asked, act: (db: DuckDb) => Promise<T>): Promise<T> {
  const { db, remove } = await makeRecords(asked);
  try {
    return await act(db);
  } finally {
    remove();
  }
}

/** The one number that the query gives. */
export async function numberOf(db: DuckDb, query: Sql | string): Promise<number> {
  const [row] = await db.rows(trustedSql(String(query)));
  return Number(Object.values(row ?? {})[0]);
}

/** The first column of the query. */
export async function listOf(db: DuckDb, query: Sql | string): Promise<readonly unknown[]> {
  const rows: readonly SmallRow[] = await db.rows(trustedSql(String(query)));
  return rows.map((row) => Object.values(row)[0]);
}
