/**
 * Synthetic records as an OMOP database: those of TPP's tables, for the same people with the same codes on the same days,
 * as a site would bring its own into the model. So they agree with each other as those do, and the same seed gives the
 * same rows.
 */
import { join } from "node:path";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { identifier, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { StudyCodes } from "../study-codes.ts";
import { makeDatabase, runAll, working } from "../make-database.ts";
import type { DatabaseToMake, RecordsWritten } from "../make-database.ts";
import { drugStatements } from "./drugs.ts";
import { eventStatements } from "./events.ts";
import { createOmopTable, omopTableNames } from "./omop-tables.ts";
import type { OmopTable } from "./omop-tables.ts";
import { people, peopleStatements } from "./people.ts";
import { recordedCodes } from "./recorded-codes.ts";
import { visitStatements } from "./visits.ts";
import { vocabularyOf } from "./vocabulary.ts";
import { vocabularyStatements } from "./write-vocabulary.ts";

export interface OmopRequest extends DatabaseToMake {
  /** A database of TPP's tables, which is read. */
  readonly from: string;
  readonly seed: string;
  readonly codes: StudyCodes;
  /** Where each table is written as a Parquet file as well. */
  readonly parquetFolder?: string;
  /** Called when one more of `omopSteps` is done. */
  readonly onStep: () => void;
}

/** Writes the database and closes it. Errors are DuckDB's own: a full disk, no memory. */
export function writeOmop(request: OmopRequest): Promise<RecordsWritten> {
  return makeDatabase(request, { tables: omopTableNames }, (db) => fill(db, request));
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
  const run = working(db, request.threads);
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
    await runAll(run, step, signal);
    if (signal.aborted) return;
    onStep();
  }
  const copies = parquetFolder === undefined ? [] : omopTableNames.map(copyTo(parquetFolder));
  await runAll(run, [sql`DETACH work`, sql`DETACH tpp`, sql`CHECKPOINT`, ...copies], signal);
}

function copyTo(folder: string): (table: OmopTable) => Sql {
  return (table) =>
    sql`COPY ${identifier(table)} TO ${join(folder, `${table}.parquet`)} (FORMAT parquet, COMPRESSION zstd)`;
}
