/** Problems of date expressions and of ranges of index dates. */
import { kind } from "../../base/problem-kind.ts";
import { nearestHint, quotedList } from "../../base/wording.ts";

/** The whole expression, as the author wrote it. */
export interface InExpression {
  readonly text: string;
}

export interface UnknownWord extends InExpression {
  readonly name: string;
  readonly nearest: readonly string[];
}

/** Long texts are cut, so that one bad argument does not fill the screen. */
const quoted = (text: string): string =>
  JSON.stringify(text.length > 100 ? `${text.slice(0, 97)}...` : text);

const RANGE_FORMS =
  'Write one day, "2020-01-01"; a range by month, "2020-01-01 to 2020-06-01"; or by week, ' +
  '"2020-01-01 to 2020-06-01 by week". "today" stands for the current day.';

export const dateExpressionProblems = {
  "unknown-date-name": kind<UnknownWord>(
    1,
    ({ name, text }) => `Unknown date name '${name}' in ${quoted(text)}`,
    ({ nearest }) =>
      nearest.length > 0
        ? nearestHint(nearest)
        : "A date is relative to index_date, from today, or from a column of the study.",
  ),
  "unknown-date-function": kind<UnknownWord & { readonly functions: readonly string[] }>(
    1,
    ({ name, text }) => `Unknown date function '${name}' in ${quoted(text)}`,
    ({ nearest, functions }) =>
      nearest.length > 0 ? nearestHint(nearest) : `There are ${functions.join(", ")}.`,
  ),
  "unknown-date-unit": kind<InExpression & { readonly unit: string; readonly wayOut: string }>(
    1,
    ({ unit, text }) => `Unknown date unit '${unit}' in ${quoted(text)}`,
    ({ wayOut }) => wayOut,
  ),
  "date-not-readable": kind<InExpression & { readonly sentence: string; readonly wayOut: string }>(
    1,
    ({ text, sentence }) => `${quoted(text)} is not a date: ${sentence}`,
    ({ wayOut }) => wayOut,
  ),
  /** Warning only: it can mean one thing. */
  "date-parenthesis": kind<InExpression & { readonly readAs: string }>(
    1,
    ({ text }) => `${quoted(text)} has one parenthesis without the other`,
    ({ readAs }) => `It is read as ${quoted(readAs)}; write that.`,
  ),
  "no-index-date": kind<InExpression>(
    1,
    ({ text }) => `${quoted(text)} needs an index date, and the study has none`,
    () => 'Give the study an index_date: "2020-01-01", or run it with --index-date-range.',
  ),
  "date-out-of-range": kind<InExpression & { readonly from: string | null }>(
    1,
    ({ text, from }) =>
      `${quoted(text)}${from === null ? "" : `, relative to ${from},`} leaves the years 0001 to 9999`,
    () => "Use a smaller number, or another unit.",
  ),
  "index-date-range": kind<{
    readonly range: string;
    readonly sentence: string;
    readonly instead: string | null;
  }>(
    2,
    ({ range, sentence }) => `Invalid date range ${quoted(range)}: ${sentence}`,
    ({ instead }) =>
      instead === null ? RANGE_FORMS : `Did you mean ${quoted(instead)}? ${RANGE_FORMS}`,
  ),
  "index-date-step": kind<{
    readonly range: string;
    readonly step: string;
    readonly steps: readonly string[];
  }>(
    2,
    ({ range, step }) => `Unknown time period ${quoted(step)} in date range ${quoted(range)}`,
    ({ steps }) => `A range goes by ${quotedList(steps)}; without a period it goes by month.`,
  ),
  "index-date-range-reversed": kind<{
    readonly range: string;
    readonly start: string;
    readonly end: string;
  }>(
    2,
    ({ range, start, end }) =>
      `Invalid date range ${quoted(range)}: its end ${end} is earlier than its start ${start}`,
    ({ start, end }) => `Write the earlier day first: "${end} to ${start}".`,
  ),
} as const;
