/** Codes of codelists in texts, as SQL Server finds them. */
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Dialect } from "./dialect.ts";
import { asPattern } from "./mssql-text.ts";

/** LEN passes over trailing spaces, and CONCAT takes what is missing for empty. */
export function length(of: Sql): Sql {
  return sql`CASE WHEN ${of} IS NOT NULL THEN LEN(CONCAT(${of}, '.')) - 1 END`;
}

export const mssqlCodes = {
  /** Codes have few lengths, and a text of each length is looked up at once. */
  beginsWithCode: (of, { table, lengths }) => {
    const tests = lengths.map((each) => {
      const ofLength = sql`SELECT l.code FROM ${table} l WHERE ${length(sql`l.code`)} = ${each}`;
      return sql`LEFT(${of}, ${each}) IN (${ofLength})`;
    });
    return tests.length === 0 ? sql`(1 = 0)` : sql`(${joinSql(tests, " OR ")})`;
  },
  /** In a binary collation [^a-z0-9] is what it says. */
  codeAfterBreak: (of, { table }) => {
    const pattern = sql`CONCAT('%[^a-z0-9]', ${asPattern(sql`l.code`)}, '%')`;
    return sql`EXISTS (SELECT 1 FROM ${table} l WHERE PATINDEX(${pattern}, ${of}) > 0)`;
  },
  categoryOf: (code, { table }) =>
    sql`(SELECT MIN(l.category) FROM ${table} l WHERE l.code = ${code})`,
} as const satisfies Partial<Dialect>;
