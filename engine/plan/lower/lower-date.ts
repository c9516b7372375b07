/** Date expressions and periods as values and windows. */
import { isoDateOf } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import type { CheckedColumn, Period } from "../../definition/checked-study.ts";
import type { DateExpression } from "../../definition/dates/date-expression.ts";
import { evaluateDate } from "../../definition/dates/evaluate-date.ts";
import type { Window } from "../model/rows.ts";
import { all, compare } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import type { Lowering } from "./lowering.ts";

export function lowerDate(expression: DateExpression, to: Lowering): Value {
  if (expression.kind === "literal") return { kind: "day", value: expression.date };
  const { base, apply, offset } = expression;
  switch (base.kind) {
    case "index-date":
      return { kind: "from-index-date", apply, offset };
    case "today": {
      const { today } = to.facts;
      const day = evaluateDate(expression, { indexDate: null, today });
      return { kind: "day", value: day ?? today };
    }
    case "column": {
      const of = columnDate(base.name, to);
      return apply === null && offset === null ? of : { kind: "shifted", of, apply, offset };
    }
    default:
      return unreachable(base);
  }
}

/** A column kept to the month counts as the first of the month. */
function columnDate(name: string, to: Lowering): Value {
  const of: Value = { kind: "column", name };
  return to.column(name).dateFormat === "YYYY-MM"
    ? { kind: "shifted", of, apply: "first_day_of_month", offset: null }
    : of;
}

/** Rows whose calendar day lies in the column's period; all rows, undated ones too, without one. */
export function periodWindow(
  column: Pick<CheckedColumn, "period">,
  date: string,
  to: Lowering,
): Window {
  const { from, to: end } = bounds(column.period, to);
  if (from === null && end === null) return { kind: "always" };
  return { kind: "during", date, from, to: end };
}

/** The same window with its lower end open. */
export function windowUpTo(window: Window): Window {
  if (window.kind !== "during") return window;
  return window.to === null ? { kind: "always" } : { ...window, from: null };
}

/** Whether a date lies in the period; open ends are 1900-01-01 and the last day. */
export function inPeriod(
  date: Value,
  { period, last }: { readonly period: Period | null; readonly last: IsoDate },
  to: Lowering,
): Test {
  const { from, to: end } = bounds(period, to);
  const day = (value: IsoDate): Value => ({ kind: "day", value });
  return all(
    compare(date, ">=", from ?? day(isoDateOf("1900-01-01")), "date"),
    compare(date, "<=", end ?? day(last), "date"),
  );
}

function bounds(period: Period | null, to: Lowering): { from: Value | null; to: Value | null } {
  const bound = (end: DateExpression | null | undefined): Value | null =>
    end === null || end === undefined ? null : lowerDate(end, to);
  return { from: bound(period?.from), to: bound(period?.to) };
}
