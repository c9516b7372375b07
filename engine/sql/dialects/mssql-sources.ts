/** Values of physical columns as SQL Server makes them. */
import { unreachable } from "../../base/problems.ts";
import type { DayLayout, ReadText, Source } from "../../schema/provision.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { day, financialMonth } from "./mssql-dates.ts";
import { madeSource } from "./made-source.ts";
import type { Making } from "./made-source.ts";
import { renamed } from "./renamed.ts";
import { decimal } from "./mssql-numbers.ts";
import { exactly, text } from "./mssql-text.ts";

const making: Making = {
  text,
  number: (value) => sql`CAST(${value} AS bigint)`,
  day,
  dayOf: (of) => sql`CAST(${of} AS date)`,
  timeOf: (of) => sql`CAST(${of} AS datetime2)`,
  firstOfMonth: (year, month) => sql`DATEFROMPARTS(${year}, ${month}, 1)`,
  lastOfMonth: (of) => sql`EOMONTH(${of})`,
  addDays: (of, days) => sql`DATEADD(day, ${days}, ${of})`,
  daysBetween: (from, to) => sql`DATEDIFF(day, ${from}, ${to})`,
  decimal,
  float: (value) => sql`CAST(${String(value)} AS float)`,
};

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
    case "lacking":
      throw new Error("a field that the database lacks");
    case "digits":
      return exactly(sql`CAST(${inner(of.of)} AS varchar(40))`);
    case "or-else":
      return sql`COALESCE(${inner(of.of)}, ${day(of.day)})`;
    case "earlier":
      return earlier(inner(of.of[0]), inner(of.of[1]));
    case "day-in-text":
    case "number-in-text":
    case "number-in-hex":
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
    case "renamed":
      return renamed(of, inner(of.of), text);
    default:
      return madeSource(of, inner, making);
  }
}

/** Whether the text that is read as a day or a number is there, and is none. */
export function unreadable(of: ReadText, column: Column): Sql {
  const inner = mssqlSource(of.of, column);
  return sql`${inner} IS NOT NULL AND ${read(of, inner, sql`TRY_CONVERT`)} IS NULL`;
}

/** An empty text would be 1 January 1900, or 0. */
function read(of: ReadText, inner: Sql, convert: Sql): Sql {
  const filled = sql`CASE WHEN ${inner} = '' THEN 'empty' ELSE ${inner} END`;
  switch (of.kind) {
    case "number-in-text":
      return sql`${convert}(float, ${filled})`;
    case "number-in-hex":
      return firstBits(inner, convert);
    case "day-in-text":
      return dayInText(filled, of.layout, convert);
    default:
      return unreachable(of);
  }
}

function dayInText(of: Sql, layout: DayLayout, convert: Sql): Sql {
  switch (layout) {
    case "iso":
      return sql`${convert}(date, LEFT(${of}, 10), 23)`;
    case "day-first":
      return sql`${convert}(date, ${of}, 103)`;
    case "iso-or-day-first":
      return sql`CASE WHEN SUBSTRING(${of}, 5, 1) = '-' THEN ${dayInText(of, "iso", convert)} ELSE ${dayInText(of, "day-first", convert)} END`;
    case "compact": {
      const isCompact = sql`PATINDEX(${"[0-9]".repeat(8)}, ${of}) > 0`;
      return sql`${convert}(date, CASE WHEN ${isCompact} THEN ${of} ELSE 'other' END, 112)`;
    }
    default:
      return unreachable(layout);
  }
}

/** Of the first 64 all but the last, as a number without a sign. */
function firstBits(of: Sql, convert: Sql): Sql {
  const digits = sql`CASE WHEN LEN(${of}) >= 16 THEN LEFT(${of}, 16) WHEN ${of} IS NOT NULL THEN 'none' END`;
  const bits = sql`CAST(${convert}(varbinary(8), ${digits}, 2) AS bigint)`;
  const half = sql`CAST(${bits} - (${bits} & 1) AS bigint) / CAST(2 AS bigint)`;
  return sql`CASE WHEN ${bits} < 0 THEN ${half} + 9223372036854775807 + 1 ELSE ${half} END`;
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
