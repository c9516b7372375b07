/** A parquet file as a table with types. */
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { FIRST_ROW } from "../typed/typed-table.ts";
import type { TypedBlock, TypedTable } from "../typed/typed-table.ts";
import { dateFormatsOf } from "./date-formats.ts";
import { tableOf } from "./parquet-sql.ts";
import { mustBeParquet } from "./parquet-magic.ts";
import { askAbout, openReader } from "./parquet-reader.ts";
import { readColumn } from "./read-column.ts";
import type { FileColumn, ReadColumn } from "./read-column.ts";

/**
 * Problems: file-not-found and kin, wrong-magic, broken-table; while reading those, not-utf8-text and
 * unsupported-column-type.
 */
export async function openParquet(file: string): Promise<TypedTable> {
  await mustBeParquet(file);
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
  const formatOf = await dateFormatsOf(db, file);
  const readers: ReadColumn[] = [];
  for (const [at, column] of columns.entries()) {
    readers.push(await readColumn({ db, file, at }, column, formatOf));
  }
  return readers;
}
