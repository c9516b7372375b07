/** One column from its expectations: who has a value, from when it is, and the value. */
import { toDayNumber } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { fail } from "../../definition/problems.ts";
import type { CheckedColumn, Period } from "../../definition/checked-study.ts";
import type { DateExpression } from "../../definition/dates/date-expression.ts";
import { dependsOnIndexDate, evaluateDate } from "../../definition/dates/evaluate-date.ts";
import type { DatesKnown } from "../../definition/dates/evaluate-date.ts";
import type {
  DateRange,
  EffectiveExpectations,
} from "../../definition/expectations/expectation-facts.ts";
import type { ColumnValues } from "../../table/cohort-schema.ts";
import { moveAges } from "./age.ts";
import { chooseExactly } from "./choices.ts";
import { drawDates, blankOutside, blankWithout } from "./draw-dates.ts";
import type { DayRange, DaysBetween } from "./draw-dates.ts";
import { drawValues } from "./draw-values.ts";
import { streamOf } from "./dummy-draws.ts";
import type { DummyDraws } from "./dummy-draws.ts";
import type { PatientBlock } from "./patient-block.ts";

/** A column to draw, as `drawnColumns` and `checkStudyExpectations` describe it. */
export interface ColumnToDraw {
  readonly study: string;
  readonly column: CheckedColumn;
  readonly expectations: EffectiveExpectations;
  /**
   * What dates are drawn from: the expectations alone, as in the reference; in derived dummy data only
   * what of them is in the column's period, `growing` where records can only be added to that.
   */
  readonly dates: "as-expected" | "in-period" | "growing";
}

export interface DrawnColumnValues {
  /** Null for a hidden column of which only the date is taken. */
  readonly values: ColumnValues | null;
  /** The date of each value; null where no date is drawn. */
  readonly dates: Int32Array | null;
}

/** What a patient is or has for life; an age moves with the index date, but is drawn once. */
function isLifelong({ function: name }: CheckedColumn): boolean {
  return name === "age_as_of" || name === "date_of_birth";
}

/** Whether the column is drawn anew at each index date. */
export function isRedrawn({ column, dates, expectations: { range } }: ColumnToDraw): boolean {
  if (isLifelong(column) || dates === "growing") return false;
  if (column.readsIndexDate) return true;
  return range !== null && [range.earliest, range.latest].some(dependsOnIndexDate);
}

/** Whether anything about the column differs between index dates. */
export function isMoving(drawn: ColumnToDraw): boolean {
  const { dates, column } = drawn;
  const end = column.period?.to ?? null;
  if (dates === "growing") return end !== null && dependsOnIndexDate(end);
  return isRedrawn(drawn) || drawn.column.readsIndexDate;
}

export function drawColumn(drawn: ColumnToDraw, draws: DummyDraws): DrawnColumnValues {
  const { column, expectations } = drawn;
  const moving = isRedrawn(drawn);
  const stream = (purpose: "date" | "patients" | "value") =>
    streamOf(draws, column.name, purpose, moving);
  const has = chooseExactly(stream("patients"), filledRows(expectations, draws.block), draws.rows);
  const days = expectations.range === null ? null : drawnDays(drawn, draws);
  if (days !== null && days.isEmpty) has.fill(0);
  const dates =
    days === null ? null : drawDates(stream("date"), draws.rows, expectations.rate, days.range);
  // The period of a number or a flag is that of the events behind it, unknown here as in the reference.
  const period = column.type === "date" ? column.period : null;
  if (dates !== null) {
    blankWithout(dates, has);
    blankOutside(dates, daysOfPeriod(period, draws));
  }
  if (expectations.values.kind === "none") return { values: null, dates };
  if (expectations.values.kind === "date") return { values: asDates(dates), dates };
  const drawnValues = drawValues(column, expectations.values, has, stream("value"));
  const isAge = column.function === "age_as_of";
  return { values: isAge ? moveAges(column, drawnValues, has, draws) : drawnValues, dates };
}

/** The days that dates are drawn from; where none are left, nobody has one. */
function drawnDays(drawn: ColumnToDraw, draws: DummyDraws): { range: DayRange; isEmpty: boolean } {
  const range = daysOf(drawn, draws);
  if (drawn.dates === "as-expected") return { range, isEmpty: false };
  const { from, to } = daysOfPeriod(drawn.column.period, draws);
  const [earliest, latest] = [range.earliest, range.latest].sort((a, b) => a - b);
  const within = {
    earliest: Math.max(earliest ?? 0, from ?? -Infinity),
    latest: Math.min(latest ?? 0, to ?? Infinity),
  };
  const isEmpty = within.earliest > within.latest;
  return { range: isEmpty ? range : within, isEmpty };
}

/**
 * Of all N rows int((1 - incidence) * N) are emptied: float arithmetic, then truncation. A block has what
 * the rows up to its end have more than those before it.
 */
export function filledRows(
  { incidence }: EffectiveExpectations,
  { first, end }: PatientBlock,
): number {
  const filled = (rows: number): number => rows - Math.trunc((1 - incidence) * rows);
  return filled(end) - filled(first);
}

function asDates(dates: Int32Array | null): ColumnValues {
  if (dates === null) throw new Error("a date column without a range of dates");
  return { type: "date", values: dates };
}

/** Problem: reversed-expectation-dates, where dates should increase towards an earlier day. */
export function daysOf({ study, column, expectations }: ColumnToDraw, draws: DummyDraws): DayRange {
  const at = { today: draws.today, indexDate: isLifelong(column) ? draws.anchor : draws.indexDate };
  const { earliest, latest } = expectations.range as DateRange;
  const from = dayOf(earliest, at);
  const to = dayOf(latest, at);
  if (from > to && expectations.rate === "exponential_increase") {
    const facts = { study, column: column.name, earliest: from, latest: to };
    fail("reversed-expectation-dates", facts, column.place);
  }
  return { earliest: toDayNumber(from), latest: toDayNumber(to) };
}

function dayOf(expression: DateExpression, at: DatesKnown): IsoDate {
  const date = evaluateDate(expression, at);
  if (date === null) throw new Error("expectations cannot name columns");
  return date;
}

/** As far as it is known without a patient: a bound that is relative to a column leaves its end open. */
function daysOfPeriod(period: Period | null, at: DatesKnown): DaysBetween {
  return { from: dayIfKnown(period?.from, at), to: dayIfKnown(period?.to, at) };
}

export function dayIfKnown(
  bound: DateExpression | null | undefined,
  at: DatesKnown,
): number | null {
  const date = bound === null || bound === undefined ? null : evaluateDate(bound, at);
  return date === null ? null : toDayNumber(date);
}
