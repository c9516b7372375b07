/** The date expressions among a column's arguments, parsed; their names are checked here. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { Period } from "../checked-study.ts";
import type { DateExpression } from "../dates/date-expression.ts";
import { formatDateExpression } from "../dates/format-date-expression.ts";
import { shapeOf } from "../function-table.ts";
import { parseDateExpression } from "../dates/parse-date-expression.ts";
import type { Checking, Draft } from "./draft.ts";

export interface ColumnDates {
  readonly period: Period | null;
  readonly dates: Readonly<Record<string, DateExpression>>;
}

/** `between`, and every argument of kind date. */
export function readDates(
  draft: Draft,
  columnNames: ReadonlySet<string>,
  checking: Checking,
): ColumnDates {
  const read = (value: unknown): DateExpression | null => {
    if (typeof value !== "string") return null;
    const parsed = parseDateExpression(value, columnNames);
    if (parsed.ok) {
      if (parsed.oneParenthesis) warnOfParenthesis(value, parsed.expression, draft, checking);
      return parsed.expression;
    }
    checking.report(inColumn(parsed.problem, draft, checking));
    return null;
  };
  const dates: Record<string, DateExpression> = {};
  for (const [name, { kind }] of Object.entries(shapeOf(draft.function).args)) {
    const expression = kind === "date" ? read(draft.args[name]) : null;
    if (expression !== null) dates[name] = expression;
  }
  const between = draft.args["between"];
  if (!Array.isArray(between)) return { period: null, dates };
  return { period: { from: read(between[0]), to: read(between[1]) }, dates };
}

function warnOfParenthesis(
  text: string,
  expression: DateExpression,
  draft: Draft,
  checking: Checking,
): void {
  const readAs = formatDateExpression(expression);
  checking.warn(inColumn(problem("date-parenthesis", { text, readAs }), draft, checking));
}

/** A problem of a small language, told as a problem of the column that holds the text. */
export function inColumn(inner: Problem, draft: Draft, checking: Checking): Problem {
  const message = `Column ${JSON.stringify(draft.name)} of study ${JSON.stringify(checking.study)}: ${inner.message}`;
  return draft.place === undefined
    ? { ...inner, message }
    : { ...inner, message, place: draft.place };
}

/** Every date expression of a column. */
export function expressionsOf({ period, dates }: ColumnDates): readonly DateExpression[] {
  const ends = period === null ? [] : [period.from, period.to];
  return [...Object.values(dates), ...ends].filter((end) => end !== null);
}
