/** Codes of codelists in texts, as Trino finds them: it takes no subquery apart that unnests a column. */
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Codes, Dialect } from "./dialect.ts";

export const trinoCodes = {
  beginsWithCode: (of, codes) => {
    const tests = codes.lengths.map(
      (length) => sql`substr(${of}, 1, ${length}) IN (${ofLength(codes, length)})`,
    );
    return anyOf(tests);
  },
  codeAfterBreak: (of, codes) => {
    const words = sql`slice(split(regexp_replace(${of}, '[^a-z0-9]', ' '), ' '), 2, 2147483647)`;
    const found = codes.lengths.map(
      (length) =>
        sql`arrays_overlap(transform(${words}, w -> substr(w, 1, ${length})), (SELECT array_agg(q.code) FROM (${ofLength(codes, length)}) q))`,
    );
    if (codes.areWords) return anyOf(found);
    // A code that holds a break itself is longer than a word. Each character as itself, whatever it means in a pattern.
    const literally = sql`regexp_replace(l.code, '([^a-zA-Z0-9])', '\\\\$1')`;
    const whole = sql`regexp_like(${of}, '[^a-z0-9]' || ${literally})`;
    return anyOf([...found, sql`EXISTS (SELECT 1 FROM ${codes.table} l WHERE ${whole})`]);
  },
  // A correlated subquery cannot read a part of a picked row.
  categoryOf: (code, { table }) =>
    sql`element_at((SELECT map_agg(l.code, l.category) FROM (SELECT code, min(category) AS category FROM ${table} GROUP BY code) l), ${code})`,
} as const satisfies Partial<Dialect>;

function ofLength({ table }: Codes, length: number): Sql {
  return sql`SELECT l.code FROM ${table} l WHERE length(l.code) = ${length}`;
}

function anyOf(tests: readonly Sql[]): Sql {
  return tests.length === 0 ? sql`(1 = 0)` : sql`(${joinSql(tests, " OR ")})`;
}
