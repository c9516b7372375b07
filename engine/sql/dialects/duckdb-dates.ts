/** Date arithmetic in DuckDB. */
import { unreachable } from "../../base/problems.ts";
import type { DateOffset, DateShift } from "../../definition/dates/date-expression.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { applyDateFunction } from "./date-function.ts";
import type { DateBounds } from "./date-function.ts";

/** Missing outside the years 1 to 9999. DuckDB clips 31 January + 1 month by itself. */
export function shiftDate(date: Sql, { apply, offset }: DateShift): Sql {
  const applied = apply === null ? date : applyDateFunction(apply, date, bounds);
  const shifted = offset === null ? applied : addOffset(applied, offset);
  if (shifted === date) return date;
  const kept = sql`BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'`;
  return sql`CASE WHEN ${shifted} ${kept} THEN ${shifted} END`;
}

const bounds: DateBounds = {
  firstDayOfMonth: (date) => sql`CAST(date_trunc('month', ${date}) AS DATE)`,
  lastDayOfMonth: (date) => sql`last_day(${date})`,
  firstDayOfYearFrom,
  lastDayOfYearFrom,
};

function firstDayOfYearFrom(month: number, date: Sql): Sql {
  const year = sql`CASE WHEN month(${date}) >= ${month} THEN year(${date}) ELSE year(${date}) - 1 END`;
  return sql`make_date(${year}, ${month}, 1)`;
}

function lastDayOfYearFrom(month: number, date: Sql): Sql {
  const last = month === 1 ? 12 : month - 1;
  const year = sql`CASE WHEN month(${date}) > ${last} THEN year(${date}) + 1 ELSE year(${date}) END`;
  return sql`last_day(make_date(${year}, ${last}, 1))`;
}

function addOffset(date: Sql, { amount, unit }: DateOffset): Sql {
  switch (unit) {
    case "days":
      return sql`(${date} + CAST(${amount} AS INTEGER))`;
    case "months":
      return sql`CAST(${date} + to_months(${amount}) AS DATE)`;
    case "years":
      return sql`CAST(${date} + to_years(${amount}) AS DATE)`;
    default:
      return unreachable(unit);
  }
}

/**
 * Years apart, less one before the birthday. The last day of February is as good as the 29th. Comparing month
 * and day takes half of what adding years to a date does.
 */
export function completedYears(from: Sql, to: Sql): Sql {
  const day = (date: Sql): Sql => sql`(month(${date}) * 100 + day(${date}))`;
  const reached = sql`CASE WHEN month(${to}) = 2 AND ${to} = last_day(${to}) THEN 229 ELSE ${day(to)} END`;
  return sql`(year(${to}) - year(${from}) - CASE WHEN ${day(from)} > ${reached} THEN 1 ELSE 0 END)`;
}

/** The year that begins in April of the first four digits; months 1 to 9 are of it, 10 to 12 of the next. */
export function financialMonth(year: Sql, month: Sql): Sql {
  const first = sql`TRY_CAST(left(${year}, 4) AS INTEGER)`;
  const number = sql`TRY_CAST(${month} AS INTEGER)`;
  const shown = sql`CASE WHEN ${number} <= 9 THEN ${number} + 3 ELSE ${number} - 9 END`;
  const of = sql`CASE WHEN ${number} <= 9 THEN ${first} ELSE ${first} + 1 END`;
  return sql`CASE WHEN ${number} BETWEEN 1 AND 12 AND ${first} BETWEEN 1 AND 9998 THEN make_date(${of}, ${shown}, 1) END`;
}
