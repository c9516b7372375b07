/** What day a date expression means. */
import {
  addDays,
  addMonths,
  addYears,
  firstDayOfMonth,
  firstDayOfYearFrom,
  lastDayOfMonth,
  lastDayOfYearFrom,
} from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import type { DateExpression, DateFunction, DateOffset, DateShift } from "./date-expression.ts";
import { formatDateExpression } from "./format-date-expression.ts";

/** The days to which an expression can be relative without knowing a patient. */
export interface DatesKnown {
  readonly indexDate: IsoDate | null;
  readonly today: IsoDate;
}

const APRIL = 4;
const SEPTEMBER = 9;

const functions: { readonly [F in DateFunction]: (date: IsoDate) => IsoDate } = {
  first_day_of_month: firstDayOfMonth,
  last_day_of_month: lastDayOfMonth,
  first_day_of_year: (date) => firstDayOfYearFrom(1, date),
  last_day_of_year: (date) => lastDayOfYearFrom(1, date),
  first_day_of_nhs_financial_year: (date) => firstDayOfYearFrom(APRIL, date),
  last_day_of_nhs_financial_year: (date) => lastDayOfYearFrom(APRIL, date),
  first_day_of_school_year: (date) => firstDayOfYearFrom(SEPTEMBER, date),
  last_day_of_school_year: (date) => lastDayOfYearFrom(SEPTEMBER, date),
};

/**
 * The day, or null for an expression on a column: that is known per patient only (`dateFrom`).
 * A day that the target month lacks becomes its last day.
 * Problems: no-index-date; date-out-of-range for a day outside the years 0001 to 9999.
 */
export function evaluateDate(expression: DateExpression, at: DatesKnown): IsoDate | null {
  if (expression.kind === "literal") return expression.date;
  const base = baseDate(expression, at);
  if (base === null) return null;
  const day = dateFrom(base, expression);
  const text = formatDateExpression(expression);
  return day ?? fail("date-out-of-range", { text, from: base });
}

/**
 * What the expression makes of the day that it is relative to: the function first, then the offset.
 * Null when that leaves the years 0001 to 9999.
 */
export function dateFrom(base: IsoDate, { apply, offset }: DateShift): IsoDate | null {
  try {
    const applied = apply === null ? base : functions[apply](base);
    return offset === null ? applied : moved(applied, offset);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether the day differs between index dates. A column may, but its own definition tells. */
export function dependsOnIndexDate(expression: DateExpression): boolean {
  return expression.kind === "from" && expression.base.kind === "index-date";
}

function baseDate(
  expression: Extract<DateExpression, { kind: "from" }>,
  { indexDate, today }: DatesKnown,
): IsoDate | null {
  switch (expression.base.kind) {
    case "column":
      return null;
    case "today":
      return today;
    case "index-date":
      return indexDate ?? fail("no-index-date", { text: formatDateExpression(expression) });
    default:
      return unreachable(expression.base);
  }
}

function moved(date: IsoDate, { amount, unit }: DateOffset): IsoDate {
  switch (unit) {
    case "years":
      return addYears(date, amount);
    case "months":
      return addMonths(date, amount);
    case "days":
      return addDays(date, amount);
    default:
      return unreachable(unit);
  }
}
