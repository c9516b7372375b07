/** What DuckDB says of a parquet file before its rows are read. */
import { fail } from "../problems.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { openPlainFile } from "../../files/plain-file.ts";
import { dateFacts } from "./date-facts.ts";
import type { DateFacts } from "./date-facts.ts";
import { placeName, schemaColumns } from "./column-names.ts";
import { ARROW_SCHEMA, DATE_FORMATS, tableOf } from "./parquet-sql.ts";
import { askAbout, openReader } from "./duckdb-reader.ts";
import type { FileColumn, Reading } from "./reading.ts";
import { joinSql, sql, word } from "../../text/sql.ts";

/** A file with its columns, all of them, and the connection that reads it. */
export interface OpenParquet extends Reading {
  readonly columns: readonly FileColumn[];
}

/** Whoever opens it closes its connection. Problems: file-not-found and kin, wrong-magic, broken-table. */
export async function openParquetFile(file: string, threads = 1): Promise<OpenParquet> {
  await mustBeParquet(file);
  const db = await openReader(threads);
  try {
    const columns = await askAbout(file, () => columnsOf(db, file));
    const names = columns.map(({ column }) => column);
    return { db, file, columns, table: sql`${tableOf(file)} AS t(${joinSql(names, ", ")})` };
  } catch (error) {
    db.close();
    throw error;
  }
}

const MAGIC = "PAR1";

/** DuckDB is not asked about what is no parquet file, or no file. */
async function mustBeParquet(file: string): Promise<void> {
  const handle = await openPlainFile(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    if (buffer.toString("latin1", 0, bytesRead) === MAGIC) return;
    fail("wrong-magic", { file, format: "parquet", found: null });
  } finally {
    await handle.close();
  }
}

/** Types as DuckDB has them, names as the file has them: DuckDB renames those that differ in case only. */
async function columnsOf(db: DuckDb, file: string): Promise<readonly FileColumn[]> {
  const types = await db.rows(sql`DESCRIBE SELECT * FROM ${tableOf(file)}`);
  const schema = sql`SELECT name, num_children AS children FROM parquet_schema(${file})`;
  const columns = schemaColumns(await db.rows(schema));
  if (columns.length !== types.length) return broken(file);
  return columns.map(({ name, chunk }, at) => {
    const type = String(types[at]?.["column_type"]);
    return { name, chunk, column: word(placeName(at)), type };
  });
}

/** DuckDB reads as many values as a row group has rows, whether the column has more or fewer of them. */
export async function mustAddUp(
  db: DuckDb,
  file: string,
  columns: readonly FileColumn[],
): Promise<void> {
  const chunks = columns.length === 0 ? [-1] : columns.map(({ chunk }) => chunk);
  const ids = joinSql(
    chunks.map((chunk) => sql`${chunk}`),
    ", ",
  );
  const [found] = await db.rows(
    sql`WITH chunks AS MATERIALIZED (SELECT row_group_id, row_group_num_rows AS rows, column_id, num_values
       FROM parquet_metadata(${file}))
     SELECT num_rows = (SELECT coalesce(sum(rows), 0) FROM (SELECT DISTINCT row_group_id, rows FROM chunks))
       AND NOT EXISTS (SELECT 1 FROM chunks WHERE column_id IN (${ids}) AND num_values <> rows) AS agrees
     FROM parquet_file_metadata(${file})`,
  );
  if (found?.["agrees"] !== true) broken(file);
}

function broken(file: string): never {
  return fail("broken-table", { file, format: "parquet" });
}

export async function factsOf(db: DuckDb, file: string): Promise<DateFacts> {
  const texts = await metadataTexts(db, file, [DATE_FORMATS, ARROW_SCHEMA]);
  const [dateFormats = "", arrowSchema = ""] = texts;
  return dateFacts(file, { dateFormats, arrowSchema });
}

/** What the file's metadata has under each key, or "". */
export async function metadataTexts(
  db: DuckDb,
  file: string,
  keys: readonly string[],
): Promise<readonly string[]> {
  const wanted = joinSql(
    keys.map((key) => sql`${key}::BLOB`),
    ", ",
  );
  const found = await db.rows(
    sql`SELECT decode(key) AS key, decode(value) AS text FROM parquet_kv_metadata(${file}) WHERE key IN (${wanted})`,
  );
  return keys.map((key) => {
    const text = found.find((each) => each["key"] === key)?.["text"];
    return typeof text === "string" ? text : "";
  });
}
