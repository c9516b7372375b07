/** Date arithmetic in PostgreSQL. */
import { addDays } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import type { DateOffset, DateShift } from "../../definition/dates/date-expression.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { applyDateFunction } from "./date-function.ts";
import type { DateBounds } from "./date-function.ts";
import type { DateRange, RangeOfDay } from "./dialect.ts";
import { rowsOf } from "./rows-of.ts";

const FIRST_MONTH = 12;
const LAST_MONTH = 9999 * 12 + 11;

/** Missing outside the years 1 to 9999. PostgreSQL clips 31 January + 1 month by itself. */
export function shiftDate(date: Sql, { apply, offset }: DateShift): Sql {
  const applied = apply === null ? date : kept(date, applyDateFunction(apply, date, bounds));
  return offset === null ? applied : addOffset(applied, offset);
}

function kept(given: Sql, date: Sql): Sql {
  if (date === given) return date;
  return sql`CASE WHEN ${date} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN ${date} END`;
}

const bounds: DateBounds = {
  firstDayOfMonth: (date) => sql`CAST(date_trunc('month', CAST(${date} AS timestamp)) AS date)`,
  lastDayOfMonth,
  firstDayOfYearFrom,
  lastDayOfYearFrom: (month, date) =>
    sql`CAST(${firstDayOfYearFrom(month, date)} + INTERVAL '1 year - 1 day' AS date)`,
};

/** Of a date alone it would be truncated as a time with a zone. */
export function lastDayOfMonth(date: Sql): Sql {
  return sql`CAST(date_trunc('month', CAST(${date} AS timestamp)) + INTERVAL '1 month - 1 day' AS date)`;
}

/** Back and forth by months: there is no year 0 to make a date of. */
function firstDayOfYearFrom(month: number, date: Sql): Sql {
  const back = sql`CAST(${date} AS timestamp) - make_interval(months => ${month - 1})`;
  return sql`CAST(date_trunc('year', ${back}) + make_interval(months => ${month - 1}) AS date)`;
}

export function partOf(name: "year" | "month" | "day", date: Sql): Sql {
  return sql`CAST(date_part(${name}, ${date}) AS integer)`;
}

/** Tested before: beyond the years of a date there would be an error. */
function addOffset(date: Sql, { amount, unit }: DateOffset): Sql {
  switch (unit) {
    case "days": {
      const [first, last] = [sql`DATE '0001-01-01' - ${date}`, sql`DATE '9999-12-31' - ${date}`];
      return sql`CASE WHEN ${amount} BETWEEN ${first} AND ${last} THEN ${date} + CAST(${amount} AS integer) END`;
    }
    case "months":
      return addMonths(date, amount);
    case "years":
      return addMonths(date, amount * 12);
    default:
      return unreachable(unit);
  }
}

function addMonths(date: Sql, months: number): Sql {
  const month = sql`${partOf("year", date)} * 12 + ${partOf("month", date)} - 1`;
  const isKept = sql`${month} + ${months} BETWEEN ${FIRST_MONTH} AND ${LAST_MONTH}`;
  return sql`CASE WHEN ${isKept} THEN CAST(${date} + make_interval(months => CAST(${months} AS integer)) AS date) END`;
}

/** Years apart, less one before the birthday. The last day of February is as good as the 29th. */
export function completedYears(from: Sql, to: Sql): Sql {
  const day = (date: Sql): Sql => sql`(${partOf("month", date)} * 100 + ${partOf("day", date)})`;
  const isLast = sql`${partOf("month", to)} = 2 AND ${to} = ${lastDayOfMonth(to)}`;
  const reached = sql`CASE WHEN ${isLast} THEN 229 ELSE ${day(to)} END`;
  return sql`(${partOf("year", to)} - ${partOf("year", from)} - CASE WHEN ${day(from)} > ${reached} THEN 1 ELSE 0 END)`;
}

/** The year that begins in April of the first four digits; months 1 to 9 are of it, 10 to 12 of the next. */
export function financialMonth(year: Sql, month: Sql): Sql {
  const isYear = sql`CAST(${year} AS text) ~ '^[0-9]{4}' AND left(CAST(${year} AS text), 4) BETWEEN '0001' AND '9998'`;
  const isMonth = sql`CAST(${month} AS text) ~ '^ *0*([1-9]|1[0-2]) *$'`;
  const april = sql`make_date(CAST(left(CAST(${year} AS text), 4) AS integer), 4, 1)`;
  const later = sql`make_interval(months => CAST(CAST(${month} AS text) AS integer) - 1)`;
  return sql`CASE WHEN ${isYear} AND ${isMonth} THEN CAST(${april} + ${later} AS date) END`;
}

/** Of a day that is made of each row's time a planner knows nothing: it expects a hundredth of the rows. */
export function onDays(of: Sql, first: IsoDate | null, last: IsoDate | null): readonly Sql[] {
  const next = last === null || last === "9999-12-31" ? null : addDays(last, 1);
  return [
    ...(first === null ? [] : [sql`${of} >= DATE ${first}`]),
    ...(last === null ? [] : [sql`${of} < DATE ${next ?? "10000-01-01"}`]),
  ];
}

export function rangeOfDay(
  ranges: readonly DateRange[],
  names: readonly string[],
  day: Sql,
): RangeOfDay {
  const rows = ranges.map(({ first, last, values }) => [
    sql`DATE ${first}`,
    sql`DATE ${last}`,
    ...values.map((value) => sql`${value}`),
  ]);
  // Without ranges no day is in one, but the table must have its columns.
  const none = [sql`DATE '9999-12-31'`, sql`DATE '0001-01-01'`, ...names.map(() => sql`0`)];
  const table = rowsOf(rows.length === 0 ? [none] : rows, ["first", "last", ...names]);
  const shown = names.map((name) => sql`v.${word(name)}`);
  return {
    query: sql`SELECT v.first + g.n AS day, ${joinSql(shown, ", ")} FROM ${table} CROSS JOIN LATERAL generate_series(0, v.last - v.first) AS g(n)`,
    on: sql`w.day = ${day}`,
  };
}
