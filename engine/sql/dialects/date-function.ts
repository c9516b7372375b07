/** The named functions of dates, from the few that each database says in its own way. */
import { unreachable } from "../../base/problems.ts";
import type { DateFunction } from "../../definition/dates/date-expression.ts";
import type { Sql } from "../../text/sql.ts";

export interface DateBounds {
  readonly firstDayOfMonth: (date: Sql) => Sql;
  readonly lastDayOfMonth: (date: Sql) => Sql;
  /** Of the year of twelve months that begins with this month, from 1 for January. */
  readonly firstDayOfYearFrom: (month: number, date: Sql) => Sql;
  readonly lastDayOfYearFrom: (month: number, date: Sql) => Sql;
}

const JANUARY = 1;
const APRIL = 4;
const SEPTEMBER = 9;

export function applyDateFunction(apply: DateFunction, date: Sql, by: DateBounds): Sql {
  switch (apply) {
    case "first_day_of_month":
      return by.firstDayOfMonth(date);
    case "last_day_of_month":
      return by.lastDayOfMonth(date);
    case "first_day_of_year":
      return by.firstDayOfYearFrom(JANUARY, date);
    case "last_day_of_year":
      return by.lastDayOfYearFrom(JANUARY, date);
    case "first_day_of_nhs_financial_year":
      return by.firstDayOfYearFrom(APRIL, date);
    case "last_day_of_nhs_financial_year":
      return by.lastDayOfYearFrom(APRIL, date);
    case "first_day_of_school_year":
      return by.firstDayOfYearFrom(SEPTEMBER, date);
    case "last_day_of_school_year":
      return by.lastDayOfYearFrom(SEPTEMBER, date);
    default:
      return unreachable(apply);
  }
}
