/** Values of physical columns as PostgreSQL makes them. */
import { unreachable } from "../../base/problems.ts";
import type { DayLayout, ReadText, Source } from "../../schema/provision.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { financialMonth, lastDayOfMonth } from "./postgresql-dates.ts";
import { madeSource } from "./made-source.ts";
import type { Making } from "./made-source.ts";
import { renamed } from "./renamed.ts";
import { exactly, text } from "./postgresql-text.ts";

const making: Making = {
  text,
  number: (value) => sql`CAST(${value} AS bigint)`,
  day: (of) => sql`DATE ${of}`,
  dayOf: (of) => sql`CAST(${of} AS date)`,
  timeOf: (of) => sql`CAST(${of} AS timestamp)`,
  firstOfMonth: (year, month) =>
    sql`make_date(CAST(${year} AS integer), CAST(${month} AS integer), 1)`,
  lastOfMonth: lastDayOfMonth,
  addDays: (day, days) => sql`(${day} + CAST(${days} AS integer))`,
  daysBetween: (from, to) => sql`(${to} - ${from})`,
  decimal: (of) => sql`CAST(CAST(${of} AS text) AS float8)`,
  float: (value) => sql`CAST(${String(value)} AS float8)`,
};

type Column = (alias: string, name: string) => Sql;

export function postgresqlSource(of: Source, column: Column): Sql {
  const inner = (part: Source): Sql => postgresqlSource(part, column);
  switch (of.kind) {
    case "column":
      return column(of.alias, of.column);
    case "text":
      return text(of.value);
    case "flag":
      return of.value ? sql`TRUE` : sql`FALSE`;
    case "missing":
      return exactly(sql`CAST(NULL AS text)`);
    case "lacking":
      throw new Error("a field that the database lacks");
    case "digits":
      return exactly(sql`CAST(${inner(of.of)} AS text)`);
    case "or-else":
      return sql`coalesce(${inner(of.of)}, DATE ${of.day})`;
    case "earlier":
      return sql`least(${joinSql(
        of.of.map((part) => sql`CAST(${inner(part)} AS timestamp)`),
        ", ",
      )})`;
    case "day-in-text":
    case "number-in-text":
    case "number-in-hex":
      return read(of, inner(of.of));
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
      return sql`btrim(${inner(of.of)}, ' ')`;
    case "joined":
      // concat_ws passes over what is missing.
      return sql`concat_ws(${text(of.between)}, ${joinSql(
        of.of.map((part) => sql`nullif(${inner(part)}, '')`),
        ", ",
      )})`;
    case "renamed":
      return renamed(of, inner(of.of), text);
    default:
      return madeSource(of, inner, making);
  }
}

/** The database takes many more texts for days and numbers, "yesterday" among them. */
const HEX = sql`'^[0-9a-fA-F]{16}'`;
const NUMBER = sql`'^ *[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,3})? *$'`;
const days = {
  iso: sql`'^[0-9]{4}-[0-9]{2}-[0-9]{2}'`,
  "day-first": sql`'^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$'`,
  compact: sql`'^[0-9]{8}$'`,
} as const;

/** What is not of the pattern becomes a text that is none for sure. */
function read(of: ReadText, inner: Sql): Sql {
  switch (of.kind) {
    case "number-in-text":
      return sql`CAST(${matching(inner, NUMBER)} AS float8)`;
    case "number-in-hex": {
      // The last of the first 64 bits is dropped; the first becomes 0.
      const bits = sql`CAST('x' || left(${matching(inner, HEX)}, 16) AS bit(64))`;
      return sql`CAST(${bits} >> 1 AS bigint)`;
    }
    case "day-in-text":
      return dayInText(inner, of.layout);
    default:
      return unreachable(of);
  }
}

function matching(of: Sql, pattern: Sql): Sql {
  return sql`CASE WHEN ${of} ~ ${pattern} THEN ${of} WHEN ${of} IS NOT NULL THEN 'none' END`;
}

function dayInText(of: Sql, layout: DayLayout): Sql {
  switch (layout) {
    case "iso":
      return sql`CAST(left(${matching(of, days.iso)}, 10) AS date)`;
    case "day-first":
      return sql`to_date(${matching(of, days["day-first"])}, 'DD/MM/YYYY')`;
    case "iso-or-day-first":
      return sql`CASE WHEN substr(${of}, 5, 1) = '-' THEN ${dayInText(of, "iso")} ELSE ${dayInText(of, "day-first")} END`;
    case "compact":
      return sql`CAST(${matching(of, days.compact)} AS date)`;
    default:
      return unreachable(layout);
  }
}

/** Whether the text that is read as a day or a number is there, and is none: nothing before 16 tries without an error. */
export function unreadable(of: ReadText, column: Column): Sql {
  const inner = postgresqlSource(of.of, column);
  return sql`${inner} IS NOT NULL AND NOT ${readable(of, inner)}`;
}

function readable(of: ReadText, inner: Sql): Sql {
  switch (of.kind) {
    case "number-in-text":
      return sql`${inner} ~ ${NUMBER}`;
    case "number-in-hex":
      return sql`${inner} ~ ${HEX}`;
    case "day-in-text":
      return isDay(inner, of.layout);
    default:
      return unreachable(of);
  }
}

function isDay(of: Sql, layout: DayLayout): Sql {
  const part = (number: number): Sql => sql`split_part(${of}, '/', ${number})`;
  switch (layout) {
    case "iso":
      return isDate(sql`${of} ~ ${days.iso}`, [left(of, 1, 4), left(of, 6, 2), left(of, 9, 2)]);
    case "day-first":
      return isDate(sql`${of} ~ ${days["day-first"]}`, [part(3), part(2), part(1)]);
    case "iso-or-day-first":
      return sql`CASE WHEN substr(${of}, 5, 1) = '-' THEN ${isDay(of, "iso")} ELSE ${isDay(of, "day-first")} END`;
    case "compact":
      return isDate(sql`${of} ~ ${days.compact}`, [left(of, 1, 4), left(of, 5, 2), left(of, 7, 2)]);
    default:
      return unreachable(layout);
  }
}

function left(of: Sql, from: number, characters: number): Sql {
  return sql`substr(${of}, ${from}, ${characters})`;
}

/** Digits that stand for year, month and day, where the text is of the pattern. */
function isDate(isOfPattern: Sql, [year, month, day]: readonly [Sql, Sql, Sql]): Sql {
  const number = (digits: Sql): Sql => sql`CAST(${digits} AS integer)`;
  const isMonth = sql`${number(year)} > 0 AND ${number(month)} BETWEEN 1 AND 12`;
  const last = sql`make_date(${number(year)}, ${number(month)}, 1) + INTERVAL '1 month - 1 day'`;
  const isThere = sql`${number(day)} BETWEEN 1 AND date_part('day', ${last})`;
  return sql`CASE WHEN NOT (${isOfPattern}) THEN FALSE WHEN NOT (${isMonth}) THEN FALSE ELSE ${isThere} END`;
}
