/** Periods that end before they start: nothing can ever match in them. */
import { problem } from "../problems.ts";
import { addDays, isoDateOf } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { Problem } from "../../base/problems.ts";
import type { CheckedColumn, CheckedStudy } from "../checked-study.ts";
import { attempt } from "../dates/attempt.ts";
import type { DateExpression } from "../dates/date-expression.ts";
import { dateFrom, evaluateDate } from "../dates/evaluate-date.ts";
import type { DatesKnown } from "../dates/evaluate-date.ts";
import { formatDateExpression } from "../dates/format-date-expression.ts";

interface Ends {
  readonly column: CheckedColumn;
  readonly from: DateExpression;
  readonly to: DateExpression;
}

export interface PeriodsChecked {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * A problem where both ends are written days; a warning where both are relative to the same date and the
 * end comes first whatever that date is.
 */
export function checkPeriods(study: CheckedStudy): PeriodsChecked {
  const all = study.columns.flatMap(endsOf);
  const literal = all.filter(({ from, to }) => isLiteral(from) && isLiteral(to));
  const reversed = literal.filter(({ from, to }) => isReversed(from, to, null));
  const never = all.filter(({ from, to }) => isAlwaysReversed(from, to));
  return {
    problems: reversed.map((ends) => told("period-reversed", ends, study.name)),
    warnings: never.map((ends) => told("period-never", ends, study.name)),
  };
}

/** Warnings of periods that end before they start at each of these index dates, if the study itself does not tell. */
export function periodsReversedAt(
  study: CheckedStudy,
  dates: readonly DatesKnown[],
): readonly Problem[] {
  const open = study.columns
    .flatMap(endsOf)
    .filter(({ from, to }) => !(isLiteral(from) && isLiteral(to)) && !isAlwaysReversed(from, to))
    .filter((ends) =>
      [ends.from, ends.to].every((end) => isLiteral(end) || end.base.kind !== "column"),
    );
  return open
    .filter(({ from, to }) => dates.every((known) => isReversed(from, to, known)))
    .map((ends) => told("period-never", ends, study.name));
}

/** Both ends of a column's period, and of the two dates that some functions have instead. */
function endsOf(column: CheckedColumn): readonly Ends[] {
  const { period, dates } = column;
  if ("start_date" in dates) return [{ column, from: dates.start_date, to: dates.end_date }];
  const { from = null, to = null } = period ?? {};
  return from === null || to === null ? [] : [{ column, from, to }];
}

function isLiteral(date: DateExpression): date is Extract<DateExpression, { kind: "literal" }> {
  return date.kind === "literal";
}

const anyDay: DatesKnown = { indexDate: null, today: isoDateOf("2000-01-01") };

/** Days that cannot be computed are reported where they are. */
function isReversed(from: DateExpression, to: DateExpression, known: DatesKnown | null): boolean {
  const read = attempt(() => [from, to].map((end) => evaluateDate(end, known ?? anyDay)));
  const [start = null, end = null] = read.ok ? read.value : [];
  return start !== null && end !== null && end < start;
}

/** Four years have every month, leap years too. */
const FIRST = isoDateOf("2000-01-01");
const DAYS = 1461;

/** Most periods are right on the first day and cost one look. */
function isAlwaysReversed(from: DateExpression, to: DateExpression): boolean {
  if (isLiteral(from) || isLiteral(to) || !isSameBase(from, to)) return false;
  for (let i = 0; i < DAYS; i++) {
    if (!endsFirst(addDays(FIRST, i), from, to)) return false;
  }
  return true;
}

type RelativeDate = Extract<DateExpression, { kind: "from" }>;

function endsFirst(day: IsoDate, from: RelativeDate, to: RelativeDate): boolean {
  const [start, end] = [dateFrom(day, from), dateFrom(day, to)];
  return start !== null && end !== null && end < start;
}

function isSameBase({ base: one }: RelativeDate, { base: other }: RelativeDate): boolean {
  if (one.kind !== other.kind) return false;
  return one.kind !== "column" || other.kind !== "column" || one.name === other.name;
}

function told(
  code: "period-reversed" | "period-never",
  { column, from, to }: Ends,
  study: string,
): Problem {
  const facts = {
    ...{ study, column: column.name },
    ...{ from: formatDateExpression(from), to: formatDateExpression(to) },
  };
  return problem(code, facts, column.place);
}
