/** Date arithmetic in Trino. */
import { addDays, toDayNumber } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { DateOffset, DateShift } from "../../definition/dates/date-expression.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { applyDateFunction } from "./date-function.ts";
import type { DateBounds } from "./date-function.ts";
import type { DateRange, RangeOfDay } from "./dialect.ts";
import { rowsOf } from "./rows-of.ts";

/** Missing outside the years 1 to 9999: Trino counts on. It clips 31 January + 1 month by itself. */
export function shiftDate(date: Sql, { apply, offset }: DateShift): Sql {
  const applied = apply === null ? date : applyDateFunction(apply, date, bounds);
  const shifted = offset === null ? applied : addOffset(applied, offset);
  if (shifted === date) return date;
  const kept = sql`BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'`;
  return sql`CASE WHEN ${shifted} ${kept} THEN ${shifted} END`;
}

const bounds: DateBounds = {
  firstDayOfMonth: (date) => sql`date_trunc('month', ${date})`,
  lastDayOfMonth: (date) => sql`last_day_of_month(${date})`,
  firstDayOfYearFrom,
  lastDayOfYearFrom,
};

/** Trino makes no date of three numbers; months back and forth do. */
function firstDayOfYearFrom(month: number, date: Sql): Sql {
  if (month === 1) return sql`date_trunc('year', ${date})`;
  const back = sql`date_add('month', ${1 - month}, ${date})`;
  return sql`date_add('month', ${month - 1}, date_trunc('year', ${back}))`;
}

function lastDayOfYearFrom(month: number, date: Sql): Sql {
  return sql`date_add('day', -1, date_add('year', 1, ${firstDayOfYearFrom(month, date)}))`;
}

const units = { days: sql`'day'`, months: sql`'month'`, years: sql`'year'` } as const;

function addOffset(date: Sql, { amount, unit }: DateOffset): Sql {
  return sql`date_add(${units[unit]}, ${amount}, ${date})`;
}

/** One function that looks a number up by halves: a tree of comparisons takes longer to plan than to run. */
export function daysBefore(days: readonly IsoDate[], date: Sql, included: boolean): Sql {
  const edges = days.map((day) => sql`${toDayNumber(day) + (included ? 0 : 1)}`);
  const number = sql`CAST(date_diff('day', DATE '1970-01-01', CAST(${date} AS DATE)) AS DOUBLE)`;
  // A day that is reached as a time is before it, though not at midnight.
  const reached = included ? number : sql`(${number} + ${laterThanMidnight(date)})`;
  return sql`width_bucket(${reached}, CAST(ARRAY[${joinSql(edges, ", ")}] AS ARRAY(DOUBLE)))`;
}

function laterThanMidnight(date: Sql): Sql {
  return sql`CASE WHEN CAST(${date} AS TIMESTAMP(6)) > CAST(CAST(${date} AS DATE) AS TIMESTAMP(6)) THEN 1 ELSE 0 END`;
}

/** Years apart, less one before the birthday. The last day of February is as good as the 29th. */
export function completedYears(from: Sql, to: Sql): Sql {
  const day = (date: Sql): Sql => sql`(month(${date}) * 100 + day(${date}))`;
  const reached = sql`CASE WHEN month(${to}) = 2 AND ${to} = last_day_of_month(${to}) THEN 229 ELSE ${day(to)} END`;
  return sql`(year(${to}) - year(${from}) - CASE WHEN ${day(from)} > ${reached} THEN 1 ELSE 0 END)`;
}

/** The year that begins in April of the first four digits; months 1 to 9 are of it, 10 to 12 of the next. */
export function financialMonth(year: Sql, month: Sql): Sql {
  const first = sql`TRY_CAST(substr(${year}, 1, 4) AS INTEGER)`;
  const number = sql`TRY_CAST(${month} AS INTEGER)`;
  const april = sql`TRY_CAST(lpad(CAST(${first} AS VARCHAR), 4, '0') || '-04-01' AS DATE)`;
  return sql`CASE WHEN ${number} BETWEEN 1 AND 12 AND ${first} BETWEEN 1 AND 9998 THEN date_add('month', ${number} - 1, ${april}) END`;
}

/** sequence() makes 10,000 values at most. */
const MOST_DAYS = 9000;

export function rangeOfDay(
  ranges: readonly DateRange[],
  names: readonly string[],
  day: Sql,
): RangeOfDay {
  const rows = ranges
    .flatMap(inPieces)
    .map(({ first, last, values }) => [
      sql`DATE ${first}`,
      sql`DATE ${last}`,
      ...values.map((value) => sql`${value}`),
    ]);
  const none = [sql`DATE '9999-12-31'`, sql`DATE '9999-12-31'`, ...names.map(() => sql`0`)];
  const table = rowsOf(rows.length === 0 ? [none] : rows, ["first", "last", ...names]);
  const shown = joinSql(
    names.map((name) => sql`v.${word(name)}`),
    ", ",
  );
  const filter = rows.length === 0 ? sql` WHERE 1 = 0` : sql``;
  return {
    query: sql`SELECT e.day, ${shown} FROM ${table} CROSS JOIN UNNEST(sequence(v.first, v.last, INTERVAL '1' DAY)) AS e(day)${filter}`,
    on: sql`w.day = ${day}`,
  };
}

function inPieces({ first, last, values }: DateRange): readonly DateRange[] {
  const pieces: DateRange[] = [];
  let from = first;
  while (toDayNumber(last) - toDayNumber(from) >= MOST_DAYS) {
    pieces.push({ first: from, last: addDays(from, MOST_DAYS - 1), values });
    from = addDays(from, MOST_DAYS);
  }
  return [...pieces, { first: from, last, values }];
}
