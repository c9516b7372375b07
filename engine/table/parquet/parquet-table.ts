/** A parquet file as a table with types: DuckDB reads it. */
import { fail } from "../problems.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { openPlainFile } from "../../files/plain-file.ts";
import { FIRST_ROW } from "../columns/typed-table.ts";
import type { TypedBlock, TypedTable } from "../columns/typed-table.ts";
import { dateFacts } from "./date-facts.ts";
import type { DateFacts } from "./date-facts.ts";
import { askAbout, openReader } from "./duckdb-reader.ts";
import { placeName, schemaColumns } from "./column-names.ts";
import { ARROW_SCHEMA, DATE_FORMATS, tableOf } from "./parquet-sql.ts";
import { cohortColumn, readColumn } from "./read-column.ts";
import type { FileColumn, ReadColumn, Reading } from "./reading.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** A file with its columns, all of them, and the connection that reads it. */
export interface OpenParquet {
  readonly db: DuckDb;
  readonly file: string;
  readonly columns: readonly FileColumn[];
  /** What SQL reads from, with a name for each place. */
  readonly table: Sql;
}

/**
 * Problems: file-not-found and kin, wrong-magic, broken-table; while reading blocks also not-utf8-text,
 * unsupported-table and unsupported-column-type.
 */
export async function openParquet(file: string): Promise<TypedTable> {
  const open = await openParquetFile(file);
  const { db, columns } = open;
  return {
    names: columns.map(({ name }) => name),
    schema: () =>
      askAbout(file, async () => {
        const facts = await factsOf(db, file);
        return columns.map((column) => cohortColumn(file, column, facts));
      }),
    blocks: (asked) => blocksOf(open, asked),
    close: () => {
      db.close();
      return Promise.resolve();
    },
  };
}

/** Whoever opens it closes its connection. */
export async function openParquetFile(file: string): Promise<OpenParquet> {
  await mustBeParquet(file);
  const db = await openReader();
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

async function* blocksOf(
  { db, file, columns, table }: OpenParquet,
  asked: readonly number[],
): AsyncGenerator<TypedBlock> {
  const wanted = asked.map((at) => columns[at] ?? failForPlace());
  const readers = await askAbout(file, () => readersOf({ db, file, table }, wanted));
  await askAbout(file, () => mustAddUp(db, file, wanted));
  // A file of which no column is wanted still has rows, and their number alone is not believed.
  const none = sql`${word(placeName(0))} IS NULL`;
  const selected = readers.length === 0 ? [none] : readers.map(({ value }) => value);
  const query = sql`SELECT ${joinSql(selected, ", ")} FROM ${table}`;
  const chunks = db.chunks(query)[Symbol.asyncIterator]();
  let first = FIRST_ROW;
  for (;;) {
    const next = await askAbout(file, () => chunks.next());
    if (next.done === true) return;
    const chunk = next.value;
    yield { first, rows: chunk.rows, columns: readers.map(({ read }, at) => read(chunk, at)) };
    first += chunk.rows;
  }
}

/** DuckDB reads as many values as a row group has rows, whether the column has more or fewer of them. */
export async function mustAddUp(
  db: DuckDb,
  file: string,
  columns: readonly FileColumn[],
): Promise<void> {
  const [rows] = await db.rows(
    sql`SELECT num_rows = (SELECT coalesce(sum(rows), 0) FROM (SELECT DISTINCT row_group_id,
       row_group_num_rows AS rows FROM parquet_metadata(${file}))) AS agrees
     FROM parquet_file_metadata(${file})`,
  );
  const chunks = columns.length === 0 ? [-1] : columns.map(({ chunk }) => chunk);
  const ids = joinSql(
    chunks.map((chunk) => sql`${chunk}`),
    ", ",
  );
  const [values] = await db.rows(
    sql`SELECT count(*) = 0 AS agrees FROM parquet_metadata(${file})
     WHERE column_id IN (${ids}) AND num_values <> row_group_num_rows`,
  );
  if (rows?.["agrees"] !== true || values?.["agrees"] !== true) broken(file);
}

function broken(file: string): never {
  return fail("broken-table", { file, format: "parquet" });
}

function failForPlace(): never {
  throw new Error("a column is asked for by its place in the header");
}

async function readersOf(
  reading: Reading,
  columns: readonly FileColumn[],
): Promise<readonly ReadColumn[]> {
  const facts = await factsOf(reading.db, reading.file);
  const readers: ReadColumn[] = [];
  for (const column of columns) readers.push(await readColumn(reading, column, facts));
  return readers;
}

async function factsOf(db: DuckDb, file: string): Promise<DateFacts> {
  const dateFormats = await metadataText(db, file, DATE_FORMATS);
  const arrowSchema = await metadataText(db, file, ARROW_SCHEMA);
  return dateFacts(file, { dateFormats, arrowSchema });
}

/** What the file's metadata has under a key, or "". */
export async function metadataText(db: DuckDb, file: string, key: string): Promise<string> {
  const found = await db.rows(
    sql`SELECT decode(value) AS text FROM parquet_kv_metadata(${file}) WHERE key = ${key}::BLOB`,
  );
  const text = found[0]?.["text"];
  return typeof text === "string" ? text : "";
}
