/** Columns that take their date from another column: by `date_of`, or inside a date expression. */
import { problem } from "../problems.ts";
import type { Checking, Draft } from "./draft.ts";
import { shapeOf } from "../function-table.ts";
import { factsOf } from "./check-arguments.ts";
import { sourcesOf } from "./column-reads.ts";
import type { Parsed } from "./column-reads.ts";
import type { TypedColumns } from "./column-type.ts";
import { expressionsOf } from "./read-dates.ts";

/** A referenced column must be a date, kept to the month at least. */
export function checkDateReferences(
  { draft, dates }: Parsed,
  before: TypedColumns,
  checking: Checking,
): void {
  const facts = factsOf(draft, checking);
  for (const expression of expressionsOf(dates)) {
    if (expression.kind !== "from" || expression.base.kind !== "column") continue;
    const source = expression.base.name;
    const typed = before.get(source);
    if (typed === undefined) continue;
    if (typed.type !== "date") {
      const { type } = typed;
      checking.report(problem("date-of-not-a-date", { ...facts, source, type }, draft.place));
    } else if (typed.dateFormat === "YYYY") {
      checking.report(problem("date-too-coarse", { ...facts, source }, draft.place));
    }
  }
}

/** What `date_of`, `comparator_from` and the reference ranges may read. */
export function checkValueSource(draft: Draft, before: TypedColumns, checking: Checking): void {
  const [name] = sourcesOf(draft);
  const source = before.get(name ?? "")?.draft;
  if (source === undefined || name === undefined) return;
  const sentence = draft.function === "date_of" ? whyNoDate(source) : whyNoRange(draft, source);
  if (sentence === null) return;
  const facts = { ...factsOf(draft, checking), source: name, sentence };
  checking.report(problem("unsuitable-source", facts, draft.place));
}

function whyNoDate(source: Draft): string | null {
  const { dateOf } = shapeOf(source.function);
  const returning = source.args["returning"];
  if (dateOf === undefined) return `${source.function} picks no record that has a date`;
  if (typeof returning === "string" && dateOf.except.includes(returning)) {
    return `returning ${JSON.stringify(returning)} has no single date`;
  }
  return isSummaryOfManyDays(source)
    ? "Can only include measurement date if on_most_recent_day_of_measurement is True"
    : null;
}

function isSummaryOfManyDays({ function: name, args }: Draft): boolean {
  const summaries = ["mean_recorded_value", "min_recorded_value", "max_recorded_value"];
  return summaries.includes(name) && args["on_most_recent_day_of_measurement"] !== true;
}

function whyNoRange(draft: Draft, source: Draft): string | null {
  const ranged = [
    "comparator_from",
    "reference_range_lower_bound_from",
    "reference_range_upper_bound_from",
  ];
  if (!ranged.includes(draft.function)) return null;
  const suits =
    source.function === "with_these_clinical_events" &&
    source.args["returning"] === "numeric_value";
  return suits ? null : 'only with_these_clinical_events returning "numeric_value" has one';
}
