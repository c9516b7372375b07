/** A column of texts as codes: DuckDB lists its distinct texts, then reads them as a type of their own. */
import { fail } from "../problems.ts";
import { LONGEST_TEXT, mustBeShort } from "../csv/text-limits.ts";
import { FIRST_ROW } from "../columns/typed-table.ts";
import type { FileColumn, ReadColumn, Reading } from "./reading.ts";

/** A missing text is an empty one. Problems: text-too-long; not-utf8-text, without a row. */
export async function wordColumn(reading: Reading, column: FileColumn): Promise<ReadColumn> {
  const { db, table } = reading;
  const type = `words_${column.sql}`;
  const text = `coalesce(${column.sql}, '')`;
  await refuseLongTexts(reading, column);
  await db.run(`CREATE TEMP TABLE ${type}_list AS SELECT DISTINCT ${text} AS word FROM ${table}`);
  const words: string[] = [];
  for await (const chunk of db.chunks(`SELECT word FROM ${type}_list`)) {
    for (const word of chunk.values(0)) words.push(String(word));
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

/** Before they are gathered: a few of them would not fit in memory. */
async function refuseLongTexts({ db, file, table }: Reading, { name, sql }: FileColumn) {
  let row = FIRST_ROW;
  const longest = await db
    .rows(`SELECT max(strlen(${sql}))::DOUBLE AS longest FROM ${table}`)
    .catch((error: unknown) => {
      if (!/not valid UTF8/i.test(String(error))) throw error;
      // DuckDB's own words quote the value, and are not about a row.
      return fail("not-utf8-text", { file, row: null, column: name });
    });
  if (!(Number(longest[0]?.["longest"] ?? 0) > LONGEST_TEXT)) return;
  for await (const chunk of db.chunks(`SELECT strlen(${sql}) > ${LONGEST_TEXT} FROM ${table}`)) {
    const at = chunk.values(0).indexOf(true);
    if (at >= 0) mustBeShort(Infinity, LONGEST_TEXT, () => ({ file, row: row + at, column: name }));
    row += chunk.rows;
  }
}
