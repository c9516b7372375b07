/** A column of texts as codes: DuckDB lists its distinct texts, then reads them as a type of their own. */
import { fail } from "../../base/problems.ts";
import { LONGEST_TEXT, mustBeShort } from "../csv/text-limits.ts";
import { FIRST_ROW } from "../columns/typed-table.ts";
import { quotedName, tableOf } from "./parquet-sql.ts";
import type { ReadColumn, Reading } from "./reading.ts";

/** A missing text is an empty one. Problem: not-utf8-text, without a row. */
export async function wordColumn(
  { db, file, at: place }: Reading,
  name: string,
): Promise<ReadColumn> {
  const type = `words_${place}`;
  const text = `coalesce(${quotedName(name)}, '')`;
  await refuseLongTexts({ db, file }, name);
  const list = `SELECT DISTINCT ${text} AS word FROM ${tableOf(file)}`;
  await db.run(`CREATE TEMP TABLE ${type}_list AS ${list}`).catch((error: unknown) => {
    if (!/not valid UTF8/i.test(String(error))) throw error;
    // DuckDB's own words quote the value.
    fail("not-utf8-text", { file, row: null, column: name });
  });
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

async function refuseLongTexts({ db, file }: Pick<Reading, "db" | "file">, name: string) {
  const rows = await db.rows(
    `SELECT min(file_row_number)::DOUBLE AS row FROM ${tableOf(file, "file_row_number = true")}
     WHERE strlen(${quotedName(name)}) > ${LONGEST_TEXT}`,
  );
  const row = rows[0]?.["row"];
  if (typeof row !== "number") return;
  mustBeShort(Infinity, LONGEST_TEXT, () => ({ file, row: row + FIRST_ROW, column: name }));
}
