/** A text that stands for another, in every dialect. */
import type { Source } from "../../schema/provision.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** `text` says a text as the dialect does. */
export function renamed(
  { names, others }: Extract<Source, { kind: "renamed" }>,
  of: Sql,
  text: (value: string) => Sql,
): Sql {
  const cases = names.map(([from, to]) => sql`WHEN ${text(from)} THEN ${text(to)}`);
  return sql`CASE ${of} ${joinSql(cases, " ")} ELSE ${others === "kept" ? of : text("")} END`;
}
