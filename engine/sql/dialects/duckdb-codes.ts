/** Codes of codelists in texts, as DuckDB finds them. */
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Codes, Dialect } from "./dialect.ts";

export const duckdbCodes = {
  beginsWithCode: beginsWith,
  codeAfterBreak: (of, codes) => {
    const words = sql`SELECT unnest(string_split(regexp_replace(${of}, '[^a-z0-9]', chr(1), 'g'), chr(1))[2:]) AS word`;
    const begins = beginsWith(sql`u.word`, codes);
    const found = sql`EXISTS (SELECT 1 FROM (${words}) u WHERE ${begins})`;
    if (codes.areWords) return found;
    // A code that holds a break itself is longer than a word.
    const whole = sql`regexp_matches(${of}, '[^a-z0-9]' || regexp_escape(l.code))`;
    return sql`(${found} OR EXISTS (SELECT 1 FROM ${codes.table} l WHERE ${whole}))`;
  },
  categoryOf: (code, { table }) =>
    sql`(SELECT min(l.category) FROM ${table} l WHERE l.code = ${code})`,
} as const satisfies Partial<Dialect>;

/** Codes have few lengths, and a text of each length is looked up at once. */
function beginsWith(of: Sql, { table, lengths }: Codes): Sql {
  const tests = lengths.map((length) => {
    const ofLength = sql`SELECT l.code FROM ${table} l WHERE length(l.code) = ${length}`;
    return sql`left(${of}, ${length}) IN (${ofLength})`;
  });
  return sql`(${joinSql(tests, " OR ")})`;
}
