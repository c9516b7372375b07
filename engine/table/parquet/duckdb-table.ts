/** A parquet file of any layout as a table with types, by way of DuckDB. */
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { FIRST_ROW } from "../columns/typed-table.ts";
import type { TypedBlock, TypedTable } from "../columns/typed-table.ts";
import { ARROW_SCHEMA } from "./arrow-zones.ts";
import { dateFacts } from "./date-facts.ts";
import { DATE_FORMATS, quotedText, tableOf } from "./parquet-sql.ts";
import { askAbout, openReader } from "./duckdb-reader.ts";
import { readColumn } from "./read-column.ts";
import type { FileColumn } from "./read-column.ts";
import type { ReadColumn } from "./reading.ts";

/**
 * Problems: broken-table; while reading that, not-utf8-text, unsupported-table and unsupported-column-type.
 */
export async function openByDuckDb(file: string): Promise<TypedTable> {
  const db = await openReader();
  try {
    const columns = await askAbout(file, () => columnsOf(db, file));
    return {
      names: columns.map(({ name }) => name),
      blocks: (asked) => blocksOf(db, file, columnsAt(columns, asked)),
      close: () => {
        db.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

async function columnsOf(db: DuckDb, file: string): Promise<readonly FileColumn[]> {
  const rows = await db.rows(`DESCRIBE SELECT * FROM ${tableOf(file)}`);
  return rows.map((row) => ({
    name: String(row["column_name"]),
    type: String(row["column_type"]),
  }));
}

function columnsAt(
  columns: readonly FileColumn[],
  places: readonly number[],
): readonly FileColumn[] {
  return places.map((at) => columns[at] ?? failForPlace());
}

function failForPlace(): never {
  throw new Error("a column is asked for by its place in the header");
}

async function* blocksOf(
  db: DuckDb,
  file: string,
  columns: readonly FileColumn[],
): AsyncGenerator<TypedBlock> {
  const readers = await askAbout(file, () => readersOf(db, file, columns));
  // A file of which no column is wanted still has rows.
  const selected = readers.length === 0 ? "1" : readers.map(({ sql }) => sql).join(", ");
  const chunks = db.chunks(`SELECT ${selected} FROM ${tableOf(file)}`)[Symbol.asyncIterator]();
  let first = FIRST_ROW;
  for (;;) {
    const next = await askAbout(file, () => chunks.next());
    if (next.done === true) return;
    const chunk = next.value;
    yield { first, rows: chunk.rows, columns: readers.map(({ read }, at) => read(chunk, at)) };
    first += chunk.rows;
  }
}

async function readersOf(
  db: DuckDb,
  file: string,
  columns: readonly FileColumn[],
): Promise<readonly ReadColumn[]> {
  const dateFormats = await keptIn(db, file, DATE_FORMATS);
  const arrowSchema = await keptIn(db, file, ARROW_SCHEMA);
  const facts = dateFacts(file, { dateFormats, arrowSchema });
  const readers: ReadColumn[] = [];
  for (const [at, column] of columns.entries()) {
    readers.push(await readColumn({ db, file, at }, column, facts));
  }
  return readers;
}

/** What the file's metadata has under a key, or "". */
async function keptIn(db: DuckDb, file: string, key: string): Promise<string> {
  const kept = await db.rows(
    `SELECT decode(value) AS kept FROM parquet_kv_metadata(${quotedText(file)})
     WHERE key = ${quotedText(key)}::BLOB`,
  );
  const text = kept[0]?.["kept"];
  return typeof text === "string" ? text : "";
}
