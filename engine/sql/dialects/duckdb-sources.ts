/** Values of physical columns as DuckDB makes them. */
import { unreachable } from "../../base/problems.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { Source } from "../../schema/provision.ts";
import type { Sql } from "./dialect.ts";
import { financialMonth } from "./duckdb-dates.ts";

interface Spelling {
  readonly text: (value: string) => Sql;
  readonly types: { readonly [K in PhysicalKind]: string };
}

export function duckdbSource(
  of: Source,
  column: (alias: string, name: string) => Sql,
  spelling: Spelling,
): Sql {
  const { text } = spelling;
  const inner = (part: Source): Sql => duckdbSource(part, column, spelling);
  switch (of.kind) {
    case "column":
      return column(of.alias, of.column);
    case "text":
      return text(of.value);
    case "flag":
      return of.value ? "TRUE" : "FALSE";
    case "missing":
      return `CAST(NULL AS VARCHAR)`;
    case "earlier":
      return `least(${of.of.map((part) => `CAST(${inner(part)} AS TIMESTAMP)`).join(", ")})`;
    case "day-in-text":
      return dayInText(inner(of.of), of.layout);
    case "number-in-text":
      return `CAST(${inner(of.of)} AS DOUBLE)`;
    case "unless":
      return `CASE WHEN ${inner(of.of)} NOT IN (${of.texts.map(text).join(", ")}) THEN ${inner(of.of)} END`;
    case "financial-month":
      return financialMonth(inner(of.year), inner(of.month));
    case "replaced":
      return of.pairs.reduce(
        (sql, [from, by]) => `replace(${sql}, ${text(from)}, ${text(by)})`,
        inner(of.of),
      );
    case "trimmed":
      return `trim(${inner(of.of)})`;
    case "joined":
      // concat_ws passes over what is missing.
      return `concat_ws(${text(of.between)}, ${of.of.map((part) => `nullif(${inner(part)}, '')`).join(", ")})`;
    case "renamed":
      return renamed(of, inner(of.of), text);
    default:
      return unreachable(of);
  }
}

function dayInText(of: Sql, layout: "iso" | "day-first"): Sql {
  return layout === "iso"
    ? `CAST(left(${of}, 10) AS DATE)`
    : `CAST(strptime(${of}, '%d/%m/%Y') AS DATE)`;
}

function renamed(
  { names, others }: Extract<Source, { kind: "renamed" }>,
  of: Sql,
  text: (value: string) => Sql,
): Sql {
  const cases = names.map(([from, to]) => `WHEN ${text(from)} THEN ${text(to)}`);
  return `CASE ${of} ${cases.join(" ")} ELSE ${others === "kept" ? of : "''"} END`;
}
