/** Values of physical columns as SQL Server makes them. */
import { unreachable } from "../../base/problems.ts";
import type { ReadText, Source } from "../../schema/provision.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { financialMonth } from "./mssql-dates.ts";
import { exactly, text } from "./mssql-text.ts";

type Column = (alias: string, name: string) => Sql;

export function mssqlSource(of: Source, column: Column): Sql {
  const inner = (part: Source): Sql => mssqlSource(part, column);
  switch (of.kind) {
    case "column":
      return column(of.alias, of.column);
    case "text":
      return text(of.value);
    case "flag":
      return sql`CAST(${of.value ? 1 : 0} AS bit)`;
    case "missing":
      return exactly(sql`CAST(NULL AS varchar(8000))`);
    case "earlier":
      return earlier(inner(of.of[0]), inner(of.of[1]));
    case "day-in-text":
    case "number-in-text":
      return read(of, inner(of.of), sql`CONVERT`);
    case "unless":
      return sql`CASE WHEN ${inner(of.of)} NOT IN (${joinSql(of.texts.map(text), ", ")}) THEN ${inner(of.of)} END`;
    case "financial-month":
      return financialMonth(inner(of.year), inner(of.month));
    case "replaced":
      return of.pairs.reduce(
        (replaced, [from, by]) => sql`REPLACE(${replaced}, ${text(from)}, ${text(by)})`,
        inner(of.of),
      );
    case "trimmed":
      return sql`LTRIM(RTRIM(${inner(of.of)}))`;
    case "joined":
      return joined(of.of.map(inner), of.between);
    case "renamed": {
      const cases = of.names.map(([from, to]) => sql`WHEN ${text(from)} THEN ${text(to)}`);
      const others = of.others === "kept" ? inner(of.of) : text("");
      return sql`CASE ${inner(of.of)} ${joinSql(cases, " ")} ELSE ${others} END`;
    }
    default:
      return unreachable(of);
  }
}

/** Whether the text that is read as a day or a number is there, and is none. */
export function unreadable(of: ReadText, column: Column): Sql {
  const inner = mssqlSource(of.of, column);
  return sql`${inner} IS NOT NULL AND ${read(of, inner, sql`TRY_CONVERT`)} IS NULL`;
}

/** An empty text would be 1 January 1900, or 0. */
function read(of: ReadText, inner: Sql, convert: Sql): Sql {
  const given = (shown: Sql): Sql => sql`CASE WHEN ${inner} = '' THEN 'empty' ELSE ${shown} END`;
  if (of.kind === "number-in-text") return sql`${convert}(float, ${given(inner)})`;
  return of.layout === "iso"
    ? sql`${convert}(date, ${given(sql`LEFT(${inner}, 10)`)}, 23)`
    : sql`${convert}(date, ${given(inner)}, 103)`;
}

function earlier(first: Sql, second: Sql): Sql {
  const [a, b] = [sql`CAST(${first} AS datetime2)`, sql`CAST(${second} AS datetime2)`];
  return sql`CASE WHEN ${a} < ${b} OR ${b} IS NULL THEN ${a} ELSE ${b} END`;
}

/** STUFF takes the first separator away; CONCAT takes what is missing for empty. CONCAT_WS is of 2017. */
function joined(parts: readonly Sql[], between: string): Sql {
  const shown = parts.map(
    (part) => sql`CASE WHEN ${part} <> '' THEN CONCAT(${text(between)}, ${part}) END`,
  );
  return sql`STUFF(CONCAT('', ${joinSql(shown, ", ")}), 1, ${between.length}, '')`;
}
