/** A small table written out, joined or read as `v`: standard SQL, which all of them read. */
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

export function rowsOf(rows: readonly (readonly Sql[])[], columns: readonly string[]): Sql {
  const values = rows.map((row) => sql`(${joinSql(row, ", ")})`);
  return sql`(VALUES ${joinSql(values, ", ")}) AS v(${joinSql(columns.map(word), ", ")})`;
}
