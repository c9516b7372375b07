/** Date arithmetic in SQL Server, where leaving the years 1 to 9999 is an error: what would leave them is missing. */
import type { IsoDate } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import type { DateOffset, DateShift } from "../../definition/dates/date-expression.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { applyDateFunction } from "./date-function.ts";
import type { DateBounds } from "./date-function.ts";
import type { DateRange, RangeOfDay } from "./dialect.ts";
import { rowsOf } from "./rows-of.ts";

/** Read alike in every language of a session. */
export function day(of: IsoDate): Sql {
  return sql`CAST(${of} AS date)`;
}

export function dayOfNumber(days: readonly IsoDate[], number: Sql): Sql {
  const cases = days.map((of, k) => sql`WHEN ${k} THEN ${day(of)}`);
  return sql`CASE ${number} ${joinSql(cases, " ")} END`;
}

/** DATEADD clips 31 January + 1 month by itself. */
export function shiftDate(date: Sql, { apply, offset }: DateShift): Sql {
  const applied = apply === null ? date : applyDateFunction(apply, date, bounds);
  return offset === null ? applied : addOffset(applied, offset);
}

const bounds: DateBounds = {
  firstDayOfMonth: (date) => sql`DATEFROMPARTS(YEAR(${date}), MONTH(${date}), 1)`,
  lastDayOfMonth: (date) => sql`EOMONTH(${date})`,
  firstDayOfYearFrom,
  lastDayOfYearFrom,
};

function firstDayOfYearFrom(month: number, date: Sql): Sql {
  if (month === 1) return sql`DATEFROMPARTS(YEAR(${date}), 1, 1)`;
  const year = sql`CASE WHEN MONTH(${date}) >= ${month} THEN YEAR(${date}) ELSE YEAR(${date}) - 1 END`;
  return sql`CASE WHEN ${year} >= 1 THEN DATEFROMPARTS(${year}, ${month}, 1) END`;
}

function lastDayOfYearFrom(month: number, date: Sql): Sql {
  if (month === 1) return sql`DATEFROMPARTS(YEAR(${date}), 12, 31)`;
  const year = sql`CASE WHEN MONTH(${date}) >= ${month} THEN YEAR(${date}) + 1 ELSE YEAR(${date}) END`;
  return sql`CASE WHEN ${year} <= 9999 THEN EOMONTH(DATEFROMPARTS(${year}, ${month - 1}, 1)) END`;
}

const FIRST_YEAR = 1;
const LAST_YEAR = 9999;
/** From the first day of the calendar to the last. */
const DAYS = 3_652_058;

function addOffset(date: Sql, { amount, unit }: DateOffset): Sql {
  if (Math.abs(amount) > DAYS) return sql`CAST(NULL AS date)`;
  const within = (of: Sql, first: number, last: number): Sql =>
    sql`CASE WHEN ${of} BETWEEN ${first - amount} AND ${last - amount} THEN DATEADD(${unitOf[unit]}, ${amount}, ${date}) END`;
  switch (unit) {
    case "days":
      return within(sql`DATEDIFF(day, CAST('0001-01-01' AS date), ${date})`, 0, DAYS);
    case "months":
      return within(
        sql`(YEAR(${date}) * 12 + MONTH(${date}) - 1)`,
        FIRST_YEAR * 12,
        LAST_YEAR * 12 + 11,
      );
    case "years":
      return within(sql`YEAR(${date})`, FIRST_YEAR, LAST_YEAR);
    default:
      return unreachable(unit);
  }
}

const unitOf = { days: sql`day`, months: sql`month`, years: sql`year` } as const;

/** By halves; a CASE may be nested in ten others only, so more days are told one after the other. */
const MOST_HALVED = 256;

export function daysBefore(days: readonly IsoDate[], date: Sql, included: boolean): Sql {
  // A time of day counts, and in the years before 1753 too, which `datetime` does not have.
  const time = sql`CAST(${date} AS datetime2)`;
  const isBefore = (index: number): Sql => {
    const at = days[index];
    if (at === undefined) throw new Error("beyond the last day");
    return sql`${day(at)} ${included ? sql`<=` : sql`<`} ${time}`;
  };
  if (days.length > MOST_HALVED) {
    const cases = days.map((_, i) => sql`WHEN NOT (${isBefore(i)}) THEN ${i}`);
    return sql`CASE ${joinSql(cases, " ")} ELSE ${days.length} END`;
  }
  const within = (low: number, high: number): Sql => {
    if (low === high) return sql`${low}`;
    const middle = Math.floor((low + high) / 2);
    const less = within(low, middle);
    return sql`CASE WHEN ${isBefore(middle)} THEN ${within(middle + 1, high)} ELSE ${less} END`;
  };
  return within(0, days.length);
}

/** Years apart, less one before the birthday. The last day of February is as good as the 29th. */
export function completedYears(from: Sql, to: Sql): Sql {
  const dayOfYear = (date: Sql): Sql => sql`(MONTH(${date}) * 100 + DAY(${date}))`;
  const reached = sql`CASE WHEN MONTH(${to}) = 2 AND ${to} = EOMONTH(${to}) THEN 229 ELSE ${dayOfYear(to)} END`;
  return sql`(YEAR(${to}) - YEAR(${from}) - CASE WHEN ${dayOfYear(from)} > ${reached} THEN 1 ELSE 0 END)`;
}

/** The year that begins in April of the first four digits; months 1 to 9 are of it, 10 to 12 of the next. */
export function financialMonth(year: Sql, month: Sql): Sql {
  const first = sql`TRY_CAST(LEFT(${year}, 4) AS int)`;
  const number = sql`TRY_CAST(${month} AS int)`;
  const shown = sql`CASE WHEN ${number} <= 9 THEN ${number} + 3 ELSE ${number} - 9 END`;
  const of = sql`CASE WHEN ${number} <= 9 THEN ${first} ELSE ${first} + 1 END`;
  return sql`CASE WHEN ${number} BETWEEN 1 AND 12 AND ${first} BETWEEN 1 AND 9998 THEN DATEFROMPARTS(${of}, ${shown}, 1) END`;
}

/** Ranges as they are: nothing before 2022 makes a row for each of their days. */
export function rangeOfDay(
  ranges: readonly DateRange[],
  names: readonly string[],
  of: Sql,
): RangeOfDay {
  const rows = ranges.map(({ first, last, values }) => [
    day(first),
    day(last),
    ...values.map((value) => sql`${value}`),
  ]);
  // Without ranges no day is in one, but the table must have its columns.
  const none = [
    sql`CAST('9999-12-31' AS date)`,
    sql`CAST('0001-01-01' AS date)`,
    ...names.map(() => sql`0`),
  ];
  const columns = ["first_day", "last_day", ...names];
  const shown = joinSql(
    columns.map((name) => sql`v.${word(name)}`),
    ", ",
  );
  return {
    query: sql`SELECT ${shown} FROM ${rowsOf(rows.length === 0 ? [none] : rows, columns)}`,
    on: sql`${of} BETWEEN w.first_day AND w.last_day`,
  };
}
