/** A column of texts as codes: DuckDB lists its distinct texts, then reads them as a type of their own. */
import { fail } from "../problems.ts";
import { LONGEST_TEXT, mustBeShort } from "../csv/text-limits.ts";
import { FIRST_ROW } from "../columns/typed-table.ts";
import type { FileColumn, ReadColumn, Reading } from "./reading.ts";

/** A missing text is an empty one. Problems: text-too-long; not-utf8-text, without a row. */
export async function wordColumn(reading: Reading, column: FileColumn): Promise<ReadColumn> {
  const { db, file, table } = reading;
  const { name, sql } = column;
  const type = `words_${sql}`;
  const text = `coalesce(${sql}, '')`;
  // A text that is too long is none here: a few of them would not fit in memory.
  const word = `CASE WHEN strlen(${sql}) > ${LONGEST_TEXT} THEN NULL ELSE ${text} END`;
  const list = `CREATE TEMP TABLE ${type}_list AS SELECT DISTINCT ${word} AS word FROM ${table}`;
  await db.run(list).catch((error: unknown) => {
    if (!/not valid UTF8/i.test(String(error))) throw error;
    // DuckDB's own words quote the value, and are not about a row.
    fail("not-utf8-text", { file, row: null, column: name });
  });
  const words: string[] = [];
  for await (const chunk of db.chunks(`SELECT word FROM ${type}_list`)) {
    for (const each of chunk.values(0)) {
      words.push(typeof each === "string" ? each : await failForLong(reading, column));
    }
  }
  // A type needs a word even where the table has no row.
  const none = words.length === 0 ? "SELECT ''" : `SELECT word FROM ${type}_list`;
  await db.run(`CREATE TEMP TYPE ${type} AS ENUM (${none})`);
  const textOf = (code: number): string => words[code] ?? "";
  return {
    // The place in the list, as a number of one width however many words there are.
    sql: `enum_code(${text}::${type})::INTEGER`,
    read: (chunk, at) => ({ kind: "word", codes: chunk.raw(at, Int32Array), textOf }),
  };
}

/** Tells of the first row with a text that is too long. */
async function failForLong(
  { db, file, table }: Reading,
  { name, sql }: FileColumn,
): Promise<never> {
  let row = FIRST_ROW;
  for await (const chunk of db.chunks(`SELECT strlen(${sql}) > ${LONGEST_TEXT} FROM ${table}`)) {
    const at = chunk.values(0).indexOf(true);
    if (at >= 0) mustBeShort(Infinity, LONGEST_TEXT, () => ({ file, row: row + at, column: name }));
    row += chunk.rows;
  }
  throw new Error("a text that is too long stands in a row");
}
