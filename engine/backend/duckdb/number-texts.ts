/** Texts numbered by types of DuckDB: a value of an ENUM is a number that is written as a text. */
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { WordType } from "../../sql/render-words.ts";
import { sql, word } from "../../text/sql.ts";
import type { TextNumbering } from "../database/records.ts";

export function textNumbering(db: DuckDb): TextNumbering {
  const made = new Set<string>();
  return {
    number: async (name, query, most) => {
      const type = word(name);
      await db.run(
        sql`CREATE TEMP TYPE ${type} AS ENUM (SELECT DISTINCT w.word FROM (${query}) w WHERE w.word IS NOT NULL ORDER BY w.word)`,
      );
      made.add(name);
      const all = sql`enum_range(CAST(NULL AS ${type}))`;
      const [counted] = await db.rows(sql`SELECT len(${all}) AS n`);
      if (Number(counted?.["n"]) > most) return null;
      const rows = await db.rows(sql`SELECT unnest(${all}) AS word`);
      return { type: enumType(name), texts: rows.map((row) => String(row["word"])) };
    },
    forget: async () => {
      for (const name of made) await db.run(sql`DROP TYPE IF EXISTS ${word(name)}`);
      made.clear();
    },
  };
}

function enumType(name: string): WordType {
  return {
    of: (text) => sql`CAST(${text} AS ${word(name)})`,
    number: (of) => sql`CAST(enum_code(${of}) AS UINTEGER)`,
  };
}
