/** How many rows a joined table has for each row that asks: a left join must find one at most. */
import type { Join, Provider } from "../schema/provision.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { renderCondition } from "./render-table.ts";

/** The number of keys that stand in several rows of the joined table: `n`. */
export function severalPartners(
  { table, alias, on, where = [] }: Join,
  { provider, dialect }: { readonly provider: Provider; readonly dialect: Dialect },
): Sql {
  const column = (owner: string, name: string): Sql =>
    dialect.recordColumn(owner, name, provider.tables[table]?.[name] ?? "text");
  const keys = on.flat().flatMap((of) => {
    const point = of.indexOf(".");
    return of.slice(0, point) === alias ? [column(alias, of.slice(point + 1))] : [];
  });
  const tests = [
    ...keys.map((key) => sql`${key} IS NOT NULL`),
    ...where.map((each) => renderCondition(each, column, dialect)),
  ];
  const grouped = joinSql(keys, ", ");
  const from = sql`${dialect.recordTable(table)} ${word(alias)}`;
  const repeated = sql`SELECT count(*) AS c FROM ${from} WHERE ${joinSql(tests, " AND ")} GROUP BY ${grouped} HAVING count(*) > 1`;
  return sql`SELECT count(*) AS n FROM (${repeated}) r`;
}
