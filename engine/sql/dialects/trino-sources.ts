/** Values of physical columns as Trino makes them. */
import { unreachable } from "../../base/problems.ts";
import type { DayLayout, Source } from "../../schema/provision.ts";
import { joinSql, literal, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { financialMonth } from "./trino-dates.ts";
import { decimal } from "./trino-numbers.ts";
import { madeSource } from "./made-source.ts";
import type { Making } from "./made-source.ts";
import { renamed } from "./renamed.ts";

const making: Making = {
  text: literal,
  number: (value) => sql`BIGINT ${String(value)}`,
  day: (of) => sql`DATE ${of}`,
  dayOf: (of) => sql`CAST(${of} AS DATE)`,
  timeOf: (of) => sql`CAST(${of} AS TIMESTAMP(3))`,
  // Trino makes no date of three numbers.
  firstOfMonth: (year, month) =>
    sql`date_add('month', ${month} - 1, date_add('year', ${year} - 1, DATE '0001-01-01'))`,
  lastOfMonth: (day) => sql`last_day_of_month(${day})`,
  addDays: (day, days) => sql`date_add('day', ${days}, ${day})`,
  daysBetween: (from, to) => sql`date_diff('day', ${from}, ${to})`,
  decimal,
  float: (value) => sql`DOUBLE ${String(value)}`,
};

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
    case "lacking":
      throw new Error("a field that the database lacks");
    case "digits":
      return sql`CAST(${inner(of.of)} AS VARCHAR)`;
    case "or-else":
      return sql`coalesce(${inner(of.of)}, DATE ${of.day})`;
    case "number-in-hex":
      return sql`bitwise_right_shift(from_big_endian_64(from_hex(substr(${inner(of.of)}, 1, 16))), 1)`;
    case "earlier":
      return earliest(of.of.map((part) => sql`CAST(${inner(part)} AS TIMESTAMP(3))`));
    case "day-in-text":
      return dayInText(inner(of.of), of.layout);
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
    case "renamed":
      return renamed(of, inner(of.of), (value) => sql`${value}`);
    default:
      return madeSource(of, inner, making);
  }
}

function dayInText(of: Sql, layout: DayLayout): Sql {
  switch (layout) {
    case "iso":
      return sql`CAST(substr(${of}, 1, 10) AS DATE)`;
    case "day-first":
      return sql`CAST(date_parse(${of}, '%d/%m/%Y') AS DATE)`;
    case "iso-or-day-first":
      return sql`CASE WHEN substr(${of}, 5, 1) = '-' THEN ${dayInText(of, "iso")} ELSE ${dayInText(of, "day-first")} END`;
    case "compact":
      // What has other than eight digits stays as it is, and is no day.
      return sql`CAST(regexp_replace(${of}, '^([0-9]{4})([0-9]{2})([0-9]{2})$', '$1-$2-$3') AS DATE)`;
    default:
      return unreachable(layout);
  }
}

/** least() is missing if one is. */
function earliest(times: readonly Sql[]): Sql {
  return sql`array_min(filter(ARRAY[${joinSql(times, ", ")}], x -> x IS NOT NULL))`;
}
