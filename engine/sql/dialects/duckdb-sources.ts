/** Values of physical columns as DuckDB makes them. */
import { unreachable } from "../../base/problems.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { DayLayout, Source } from "../../schema/provision.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { financialMonth } from "./duckdb-dates.ts";
import { madeSource } from "./made-source.ts";
import type { Making } from "./made-source.ts";
import { renamed } from "./renamed.ts";

interface Spelling {
  readonly text: (value: string) => Sql;
  readonly types: { readonly [K in PhysicalKind]: Sql };
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
      return of.value ? sql`TRUE` : sql`FALSE`;
    case "missing":
      return sql`CAST(NULL AS VARCHAR)`;
    case "lacking":
      throw new Error("a field that the database lacks");
    case "digits":
      return sql`CAST(${inner(of.of)} AS VARCHAR)`;
    case "or-else":
      return sql`coalesce(${inner(of.of)}, DATE ${of.day})`;
    case "number-in-hex":
      return numberInHex(inner(of.of));
    case "earlier":
      return sql`least(${joinSql(
        of.of.map((part) => sql`CAST(${inner(part)} AS TIMESTAMP)`),
        ", ",
      )})`;
    case "day-in-text":
      return dayInText(inner(of.of), of.layout);
    case "number-in-text":
      return sql`CAST(${inner(of.of)} AS DOUBLE)`;
    case "unless":
      return sql`CASE WHEN ${inner(of.of)} NOT IN (${joinSql(of.texts.map(text), ", ")}) THEN ${inner(of.of)} END`;
    case "financial-month":
      return financialMonth(inner(of.year), inner(of.month));
    case "replaced":
      return of.pairs.reduce(
        (replaced, [from, by]) => sql`replace(${replaced}, ${text(from)}, ${text(by)})`,
        inner(of.of),
      );
    case "trimmed":
      return sql`trim(${inner(of.of)})`;
    case "joined":
      // concat_ws passes over what is missing.
      return sql`concat_ws(${text(of.between)}, ${joinSql(
        of.of.map((part) => sql`nullif(${inner(part)}, '')`),
        ", ",
      )})`;
    case "renamed":
      return renamed(of, inner(of.of), text);
    default:
      return madeSource(of, inner, makingIn(spelling));
  }
}

function dayInText(of: Sql, layout: DayLayout): Sql {
  switch (layout) {
    case "iso":
      return sql`CAST(left(${of}, 10) AS DATE)`;
    case "day-first":
      return sql`CAST(strptime(${of}, '%d/%m/%Y') AS DATE)`;
    case "iso-or-day-first":
      return sql`CASE WHEN substr(${of}, 5, 1) = '-' THEN ${dayInText(of, "iso")} ELSE ${dayInText(of, "day-first")} END`;
    case "compact":
      // What has other than eight digits stays as it is, and is no day.
      return sql`CAST(regexp_replace(${of}, '^([0-9]{4})([0-9]{2})([0-9]{2})$', '\\1-\\2-\\3') AS DATE)`;
    default:
      return unreachable(layout);
  }
}

/** What is not written in hexadecimal digits, or in too few of them, is no number. */
function numberInHex(of: Sql): Sql {
  const digits = sql`CASE WHEN regexp_matches(${of}, '^[0-9a-fA-F]{16}') THEN left(${of}, 16) ELSE 'none' END`;
  return sql`CASE WHEN ${of} IS NOT NULL THEN CAST(CAST('0x' || ${digits} AS UBIGINT) >> 1 AS BIGINT) END`;
}

function makingIn({ text }: Spelling): Making {
  return {
    text,
    number: (value) => sql`CAST(${value} AS BIGINT)`,
    day: (of) => sql`DATE ${of}`,
    dayOf: (of) => sql`CAST(${of} AS DATE)`,
    timeOf: (of) => sql`CAST(${of} AS TIMESTAMP)`,
    firstOfMonth: (year, month) => sql`make_date(${year}, ${month}, 1)`,
    lastOfMonth: (day) => sql`last_day(${day})`,
    addDays: (day, days) => sql`(${day} + CAST(${days} AS INTEGER))`,
    daysBetween: (from, to) => sql`(${to} - ${from})`,
    decimal: (of) => sql`CAST(CAST(${of} AS VARCHAR) AS DOUBLE)`,
    float: (value) => sql`CAST(${String(value)} AS DOUBLE)`,
  };
}
