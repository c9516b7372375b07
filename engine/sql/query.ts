/** A query apart from the queries that it names first: some databases want words of a statement between the two. */
import { joinSql, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

export interface Query {
  /** Common table expressions, each as `Dialect.named` says it. */
  readonly ctes: readonly Sql[];
  readonly select: Sql;
}

export function plainQuery(select: Sql): Query {
  return { ctes: [], select };
}

/** The whole query, where nothing stands between. */
export function querySql({ ctes, select }: Query): Sql {
  return ctes.length === 0 ? select : sql`WITH ${joinSql(ctes, ",\n")}\n${select}`;
}
