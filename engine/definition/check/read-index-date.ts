/** The index date that a study gives itself: a written day and nothing else. */
import { parseIsoDate } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { problem } from "../problems.ts";
import { parseDateExpression } from "../dates/parse-date-expression.ts";
import type { StudyDefinition } from "../model.ts";
import type { Checking } from "./draft.ts";

/** Null where there is none, or none that exists: that is reported. */
export function readIndexDate(
  { index_date: value, place }: StudyDefinition,
  checking: Checking,
): IsoDate | null {
  if (value === null) return null;
  const day = parseIsoDate(value);
  if (day === null) {
    const facts = { study: checking.study, value, wayOut: wayOut(value) };
    checking.report(problem("bad-index-date", facts, place));
  }
  return day;
}

function wayOut(value: string): string {
  const read = parseDateExpression(value, new Set());
  if (!read.ok && read.problem.code === "date-not-readable") return read.problem.hint;
  return value.trim() === "today"
    ? 'Write the day; "today" can be given with --index-date-range.'
    : "Write the day itself, or give it with --index-date-range.";
}
