/** Values of physical columns as Trino makes them. */
import { unreachable } from "../../base/problems.ts";
import type { Source } from "../../schema/provision.ts";
import { joinSql, literal, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { financialMonth } from "./trino-dates.ts";

export function trinoSource(of: Source, column: (alias: string, name: string) => Sql): Sql {
  const inner = (part: Source): Sql => trinoSource(part, column);
  switch (of.kind) {
    case "column":
      return column(of.alias, of.column);
    case "text":
      return literal(of.value);
    case "flag":
      return of.value ? sql`TRUE` : sql`FALSE`;
    case "missing":
      return sql`CAST(NULL AS VARCHAR)`;
    case "earlier":
      return earliest(of.of.map((part) => sql`CAST(${inner(part)} AS TIMESTAMP(3))`));
    case "day-in-text":
      return of.layout === "iso"
        ? sql`CAST(substr(${inner(of.of)}, 1, 10) AS DATE)`
        : sql`CAST(date_parse(${inner(of.of)}, '%d/%m/%Y') AS DATE)`;
    case "number-in-text":
      return sql`CAST(${inner(of.of)} AS DOUBLE)`;
    case "unless":
      return sql`CASE WHEN ${inner(of.of)} NOT IN (${joinSql(of.texts.map(literal), ", ")}) THEN ${inner(of.of)} END`;
    case "financial-month":
      return financialMonth(inner(of.year), inner(of.month));
    case "replaced":
      return of.pairs.reduce(
        (replaced, [from, by]) => sql`replace(${replaced}, ${from}, ${by})`,
        inner(of.of),
      );
    case "trimmed":
      return sql`regexp_replace(${inner(of.of)}, '\\A +| +\\z')`;
    case "joined":
      return sql`concat_ws(${of.between}, ${joinSql(
        of.of.map((part) => sql`nullif(${inner(part)}, '')`),
        ", ",
      )})`;
    case "renamed": {
      const cases = of.names.map(([from, to]) => sql`WHEN ${from} THEN ${to}`);
      const others = of.others === "kept" ? inner(of.of) : sql`''`;
      return sql`CASE ${inner(of.of)} ${joinSql(cases, " ")} ELSE ${others} END`;
    }
    default:
      return unreachable(of);
  }
}

/** least() is missing if one is. */
function earliest(times: readonly Sql[]): Sql {
  return sql`array_min(filter(ARRAY[${joinSql(times, ", ")}], x -> x IS NOT NULL))`;
}
