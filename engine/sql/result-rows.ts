/** Rows of a cohort that is kept as a table until they are read. */
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

/** Names of studies may differ in letter case alone, which columns of a table may not everywhere. */
export function resultColumn(_name: string, place: number): Sql {
  return word(`v${place + 1}`);
}

/** Ascending by patient: `patient_id`, then the columns. */
export function resultRows(table: Sql, columns: number): Sql {
  const names = Array.from({ length: columns }, (_, place) => sql`r.${resultColumn("", place)}`);
  return sql`SELECT ${joinSql([sql`r.patient_id`, ...names], ", ")} FROM ${table} r ORDER BY r.patient_id`;
}
