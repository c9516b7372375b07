/** An OMOP database made for tests, beside the tables of TPP that it was made from. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import { writeOmop } from "../../engine/synthetic/omop/write-omop.ts";
import { noCodes } from "../../engine/synthetic/study-codes.ts";
import type { StudyCodes } from "../../engine/synthetic/study-codes.ts";
import { writeRecords } from "../../engine/synthetic/write-records.ts";
import { sql } from "../../engine/text/sql.ts";

export interface OmopAsked {
  readonly patients: number;
  readonly seed?: string;
  readonly threads?: number;
  readonly codes?: StudyCodes;
}

/** The OMOP database is open for `act`, with the other as `tpp`; both are gone afterwards. */
export async function withOmop<T>(asked: OmopAsked, act: (db: DuckDb) => Promise<T>): Promise<T> {
  const { patients, seed = "tests", threads = 2, codes = noCodes } = asked;
  const folder = mkdtempSync(join(tmpdir(), "cohortline-omop-"));
  const [from, path] = [join(folder, "tpp.duckdb"), join(folder, "omop.duckdb")];
  const usual = {
    ...{ seed, threads, codes, memoryLimit: "1GiB", temporaryFolder: join(folder, "spilled") },
    signal: new AbortController().signal,
  };
  const unheard = (): void => undefined;
  try {
    const size = { patients, eventsPerPatient: 40, onPatients: unheard };
    await writeRecords({ ...usual, ...size, path: from });
    await writeOmop({ ...usual, from, path, onStep: unheard });
    const db = await openDuckDb({ path, readOnly: true });
    try {
      await db.run(sql`ATTACH ${from} AS tpp (READ_ONLY)`);
      return await act(db);
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
