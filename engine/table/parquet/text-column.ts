/** A column of texts as codes: DuckDB lists its distinct texts, then reads them as a type of their own. */
import { fail } from "../problems.ts";
import { LONGEST_TEXT, mustBeShort } from "../csv/text-limits.ts";
import { FIRST_ROW } from "../columns/typed-table.ts";
import type { FileColumn, ReadColumn, Reading } from "./reading.ts";
import { sql, word } from "../../text/sql.ts";

/** The column, and the texts that its codes mean. */
export interface TextColumn extends ReadColumn {
  readonly words: readonly string[];
}

/** A missing text is an empty one. Problems: text-too-long; not-utf8-text, without a row. */
export async function textColumn(reading: Reading, column: FileColumn): Promise<TextColumn> {
  const { db, file, table } = reading;
  const { name, column: of } = column;
  const own = `words_${of.toString()}`;
  const [type, list] = [word(own), word(`${own}_list`)];
  const text = sql`coalesce(${of}, '')`;
  // A text that is too long is none here: a few of them would not fit in memory.
  const short = sql`CASE WHEN strlen(${of}) > ${LONGEST_TEXT} THEN NULL ELSE ${text} END`;
  const making = sql`CREATE TEMP TABLE ${list} AS SELECT DISTINCT ${short} AS word FROM ${table}`;
  await db.run(making).catch((error: unknown) => {
    if (!/not valid UTF8/i.test(String(error))) throw error;
    // DuckDB's own words quote the value, and are not about a row.
    fail("not-utf8-text", { file, row: null, column: name });
  });
  const words: string[] = [];
  for await (const chunk of db.chunks(sql`SELECT word FROM ${list}`)) {
    for (const each of chunk.values(0)) {
      words.push(typeof each === "string" ? each : await failForLong(reading, column));
    }
  }
  // A type needs a word even where the table has no row.
  const none = words.length === 0 ? sql`SELECT ''` : sql`SELECT word FROM ${list}`;
  await db.run(sql`CREATE TEMP TYPE ${type} AS ENUM (${none})`);
  const textOf = (code: number): string => words[code] ?? "";
  return {
    words,
    // The place in the list, as a number of one width however many words there are.
    value: sql`enum_code(${text}::${type})::INTEGER`,
    read: (chunk, at) => ({ kind: "coded", codes: chunk.raw(at, Int32Array), textOf }),
  };
}

/** Tells of the first row with a text that is too long. */
async function failForLong(
  { db, file, table }: Reading,
  { name, column }: FileColumn,
): Promise<never> {
  let row = FIRST_ROW;
  const tooLong = sql`SELECT strlen(${column}) > ${LONGEST_TEXT} FROM ${table}`;
  for await (const chunk of db.chunks(tooLong)) {
    const at = chunk.values(0).indexOf(true);
    if (at >= 0) mustBeShort(Infinity, LONGEST_TEXT, () => ({ file, row: row + at, column: name }));
    row += chunk.rows;
  }
  throw new Error("a text that is too long stands in a row");
}
