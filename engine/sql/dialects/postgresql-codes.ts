/** Codes of codelists in texts, as PostgreSQL finds them. */
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Codes, Dialect } from "./dialect.ts";
import { exactly } from "./postgresql-text.ts";

export const postgresqlCodes = {
  beginsWithCode: beginsWith,
  codeAfterBreak: (of, codes) => {
    const parts = sql`string_to_array(regexp_replace(${of}, '[^a-z0-9]', chr(1), 'g'), chr(1))`;
    const words = sql`SELECT w.word FROM unnest((${parts})[2:]) AS w(word)`;
    const found = sql`EXISTS (SELECT 1 FROM (${words}) u WHERE ${beginsWith(sql`u.word`, codes)})`;
    if (codes.areWords) return found;
    // A code that holds a break itself is longer than a word. Each character as itself, whatever it means in a pattern.
    const literally = sql`regexp_replace(l.code, '([^a-zA-Z0-9])', '[\\1]', 'g')`;
    const escaped = sql`replace(replace(${literally}, '[^]', '\\^'), '[\\]', '\\\\')`;
    const whole = sql`${of} ~ ('[^a-z0-9]' || ${escaped})`;
    return sql`(${found} OR EXISTS (SELECT 1 FROM ${codes.table} l WHERE ${whole}))`;
  },
  /** A subquery for each row would read the codelist for each: so it is read once, into a value that is looked up in. */
  categoryOf: (code, { table, areNumbers }) => {
    const key = areNumbers ? sql`CAST(${code} AS text)` : code;
    const each = sql`SELECT l.code, min(l.category) AS category FROM ${table} l GROUP BY l.code`;
    const all = sql`SELECT jsonb_object_agg(q.code, q.category) FROM (${each}) q`;
    return exactly(sql`((${all}) ->> ${key})`);
  },
} as const satisfies Partial<Dialect>;

/** Codes have few lengths, and a text of each length is looked up at once. */
function beginsWith(of: Sql, { table, lengths }: Codes): Sql {
  const tests = lengths.map((length) => {
    const ofLength = sql`SELECT l.code FROM ${table} l WHERE length(l.code) = ${length}`;
    return sql`left(${of}, ${length}) IN (${ofLength})`;
  });
  return tests.length === 0 ? sql`(1 = 0)` : sql`(${joinSql(tests, " OR ")})`;
}
