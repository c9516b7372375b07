/**
 * Synthetic records as an OMOP database: those of TPP's tables, for the same people with the same codes on the same days,
 * as a site would bring its own into the model. So they agree with each other as those do, and the same seed gives the
 * same rows.
 */
import { join } from "node:path";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import { identifier, joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { StudyCodes } from "../study-codes.ts";
import type { RecordsWritten } from "../write-records.ts";
import { drugStatements } from "./drugs.ts";
import { eventStatements } from "./events.ts";
import { createOmopTable, omopTableNames } from "./omop-tables.ts";
import type { OmopTable } from "./omop-tables.ts";
import { people, peopleStatements } from "./people.ts";
import { recordedCodes } from "./recorded-codes.ts";
import { visitStatements } from "./visits.ts";
import { vocabularyOf } from "./vocabulary.ts";
import { vocabularyStatements } from "./write-vocabulary.ts";

export interface OmopRequest {
  /** A database of TPP's tables, which is read. */
  readonly from: string;
  /** The database file; must not exist. */
  readonly path: string;
  readonly seed: string;
  readonly codes: StudyCodes;
  readonly threads: number;
  readonly memoryLimit: string;
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
  /** Where each table is written as a Parquet file as well. */
  readonly parquetFolder?: string;
  /** Called when one more of `omopSteps` is done. */
  readonly onStep: () => void;
}

/** Writes the database and closes it. Errors are DuckDB's own: a full disk, no memory. */
export async function writeOmop(request: OmopRequest): Promise<RecordsWritten> {
  const { path, threads, memoryLimit, temporaryFolder, signal } = request;
  const db = await openDuckDb({ path, threads, memoryLimit, temporaryFolder });
  const stop = (): void => {
    db.interrupt();
  };
  signal.addEventListener("abort", stop);
  try {
    await fill(db, request);
    return { rows: await countRows(db), complete: !signal.aborted };
  } catch (error) {
    if (signal.aborted) return { rows: new Map(), complete: false };
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    db.close();
  }
}

/** The vocabulary, and one for each statement that fills a table. */
export const omopSteps =
  1 +
  peopleStatements.length +
  visitStatements.length +
  eventStatements("").length +
  drugStatements.length;

async function fill(db: DuckDb, request: OmopRequest): Promise<void> {
  const { from, seed, codes, signal, parquetFolder, onStep } = request;
  await db.run(sql`ATTACH ${from} AS tpp (READ_ONLY)`);
  await db.run(sql`ATTACH ':memory:' AS work`);
  const vocabulary = vocabularyOf(await recordedCodes(db, codes));
  const first = [
    ...omopTableNames.map(createOmopTable),
    ...vocabularyStatements(vocabulary),
    people,
  ];
  const steps: readonly (readonly Sql[])[] = [
    first,
    ...[...peopleStatements, ...visitStatements, ...eventStatements(seed), ...drugStatements].map(
      (statement) => [statement],
    ),
  ];
  for (const step of steps) {
    for (const statement of step) {
      if (signal.aborted) return;
      await db.run(statement);
    }
    onStep();
  }
  const copies = parquetFolder === undefined ? [] : omopTableNames.map(copyTo(parquetFolder));
  for (const statement of [sql`DETACH work`, sql`DETACH tpp`, sql`CHECKPOINT`, ...copies]) {
    if (signal.aborted) return;
    await db.run(statement);
  }
}

function copyTo(folder: string): (table: OmopTable) => Sql {
  return (table) =>
    sql`COPY ${identifier(table)} TO ${join(folder, `${table}.parquet`)} (FORMAT parquet, COMPRESSION zstd)`;
}

async function countRows(db: DuckDb): Promise<ReadonlyMap<string, number>> {
  const counts = omopTableNames.map(
    (name) => sql`SELECT ${name} AS name, count(*) AS rows FROM ${identifier(name)}`,
  );
  const rows = await db.rows(joinSql(counts, " UNION ALL "));
  return new Map(rows.map(({ name, rows: count }) => [String(name), Number(count)]));
}
