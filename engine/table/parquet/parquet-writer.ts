/** Writing cohort batches as a parquet file: DuckDB gathers the rows and makes the file from them. */
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isMainThread } from "node:worker_threads";

import { fail } from "../../files/problems.ts";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { CohortColumn, CohortSchema } from "../cohort-schema.ts";
import type { CohortRows, CohortSink } from "../table-format.ts";
import { closingBytes, footerOf, namedFooter, passingName, placeName } from "./column-names.ts";
import { DATE_FORMATS } from "./parquet-sql.ts";
import { stagedColumn } from "./staged-column.ts";
import type { StagedColumn } from "./staged-column.ts";
import { identifier, joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** Rows beyond it wait on the disk, beside the file. Other threads write as many files as there are cores. */
const MEMORY = isMainThread ? "512MiB" : "192MiB";

/**
 * zstd, in the order of the batches. One thread, so that the same rows give the same
 * bytes. Problem: disk-full.
 */
export async function writeParquet(file: CohortSink, cohort: CohortRows): Promise<void> {
  const made = file.besidePath();
  const temporaryFolder = file.besidePath();
  const unique = randomUUID();
  const reach = [dirname(resolve(made))];
  const db = await openDuckDb({ threads: 1, memoryLimit: MEMORY, temporaryFolder, reach });
  try {
    const columns = await stagedIn(db, cohort);
    await db.run(copySql({ made, unique }, cohort.schema, columns));
    await handOver({ made, unique }, cohort.schema, file);
  } catch (error) {
    if (error instanceof Error && /No space left on device/i.test(error.message)) {
      fail("disk-full", { file: file.path });
    }
    throw error;
  } finally {
    db.close();
    await rm(made, { force: true });
    await rm(temporaryFolder, { force: true, recursive: true });
  }
}

/** The file that DuckDB makes; its columns have passing names. */
interface MadeFile {
  readonly made: string;
  readonly unique: string;
}

/** Everything as DuckDB made it, but for the names in the footer. */
async function handOver(
  { made, unique }: MadeFile,
  schema: CohortSchema,
  file: CohortSink,
): Promise<void> {
  const { start, footer } = await footerOf(made);
  const values = createReadStream(made, { end: start - 1, highWaterMark: 1 << 20 });
  for await (const piece of values) await file.write(piece as Buffer);
  const names = schema.map(({ name }) => name);
  await file.write(closingBytes(namedFooter(footer, unique, names)));
}

async function stagedIn(
  db: DuckDb,
  { schema, batches }: CohortRows,
): Promise<readonly StagedColumn[]> {
  const columns = schema.map(stagedColumn);
  const declared = columns.map(({ type }, at) => sql`${word(placeName(at))} ${word(type)}`);
  await db.run(sql`CREATE TEMP TABLE staged (${joinSql(declared, ", ")})`);
  const types = columns.map(({ type }) => type);
  const appender = await db.columnAppender("staged", types);
  for await (const batch of batches) {
    if (batch.columns.length !== schema.length) {
      throw new Error("a batch has the columns of its schema");
    }
    const raw = columns.map((column, at) => column.raw(batch.columns[at], batch.rows));
    appender.append(raw, batch.rows);
  }
  appender.close();
  for (const [at, { words }] of columns.entries())
    if (words !== null) await keepWords(db, at, words);
  return columns;
}

/** A code finds its word in a list: joining tables would not promise to keep the order of rows. */
async function keepWords(db: DuckDb, at: number, words: readonly string[]): Promise<void> {
  const table = word(wordsOf(at));
  await db.run(sql`CREATE TEMP TABLE ${table} (place UINTEGER, word VARCHAR)`);
  await db.append(wordsOf(at), ["UINTEGER", "VARCHAR"], words.entries());
  const list = sql`(SELECT coalesce(list(word ORDER BY place), []) FROM ${table})`;
  await db.run(sql`SET VARIABLE ${table} = ${list}`);
}

function wordsOf(at: number): string {
  return `words_${at}`;
}

function copySql(
  { made, unique }: MadeFile,
  schema: CohortSchema,
  columns: readonly StagedColumn[],
): Sql {
  const values = columns.map(({ value }, at) => {
    const made = value(word(placeName(at)), sql`getvariable(${wordsOf(at)})`);
    return sql`${made} AS ${identifier(passingName(unique, at))}`;
  });
  const formats = JSON.stringify(Object.fromEntries(schema.flatMap(dateFormatOf)));
  const metadata = sql`{${word(DATE_FORMATS)}: ${formats}}`;
  const options = sql`FORMAT parquet, COMPRESSION zstd, KV_METADATA ${metadata}`;
  return sql`COPY (SELECT ${joinSql(values, ", ")} FROM staged) TO ${made} (${options})`;
}

/** A year or month is the first of its days in the file: the format says how to show it. */
function dateFormatOf(column: CohortColumn): (readonly [string, string])[] {
  return column.type === "date" ? [[column.name, column.dateFormat]] : [];
}
