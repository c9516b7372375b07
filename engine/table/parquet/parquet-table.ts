/** A parquet file as a table with types: DuckDB reads it. */
import { FIRST_ROW } from "../columns/typed-table.ts";
import type { TypedBlock, TypedTable } from "../columns/typed-table.ts";
import { askAbout } from "./duckdb-reader.ts";
import { placeName } from "./column-names.ts";
import { factsOf, mustAddUp, openParquetFile } from "./parquet-file.ts";
import type { OpenParquet } from "./parquet-file.ts";
import { cohortColumn, readColumn } from "./read-column.ts";
import type { FileColumn, ReadColumn, Reading } from "./reading.ts";
import { joinSql, sql, word } from "../../text/sql.ts";

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
