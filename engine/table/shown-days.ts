/**
 * A date of which a study keeps the month or the year: its first day, before any format sees it. A format that
 * holds whole days would otherwise disclose the day that the study asked not to have.
 */
import { firstDayOfMonth, firstDayOfYearFrom, fromDayNumber, toDayNumber } from "../base/dates.ts";
import type { DateFormat } from "../base/dates.ts";
import { NO_DATE } from "./cohort-schema.ts";
import type { BatchColumn, CohortBatch, CohortColumn, CohortSchema } from "./cohort-schema.ts";

type Batches = AsyncIterable<CohortBatch> | Iterable<CohortBatch>;

/** The same batches, each date the first day of what its column shows. */
export function withShownDays(schema: CohortSchema, batches: Batches): Batches {
  const firstDays = schema.map(firstDaysOf);
  if (firstDays.every((first) => first === null)) return batches;
  return shown(batches, firstDays);
}

type FirstDays = ((days: Int32Array) => Int32Array) | null;

async function* shown(
  batches: Batches,
  firstDays: readonly FirstDays[],
): AsyncGenerator<CohortBatch> {
  for await (const { rows, columns } of batches) {
    yield {
      rows,
      columns: columns.map((values, at) => shownValues(values, firstDays[at] ?? null)),
    };
  }
}

function shownValues(values: BatchColumn, firstDays: FirstDays): BatchColumn {
  // A column of another type than its schema says is the writer's to refuse.
  if (firstDays === null || values.type !== "date") return values;
  return { type: "date", values: firstDays(values.values) };
}

/** Null where whole days are shown. */
function firstDaysOf(column: CohortColumn): FirstDays {
  if (column.type !== "date" || column.dateFormat === "YYYY-MM-DD") return null;
  const { dateFormat } = column;
  const known = new Map<number, number>([[NO_DATE, NO_DATE]]);
  return (days) => days.map((day) => known.get(day) ?? rememberFirst(known, day, dateFormat));
}

/** 2^16 days are 179 years. */
const MOST_KEPT = 1 << 16;

/** Each day is computed once. */
function rememberFirst(known: Map<number, number>, day: number, format: DateFormat): number {
  const date = fromDayNumber(day);
  const first = toDayNumber(
    format === "YYYY" ? firstDayOfYearFrom(1, date) : firstDayOfMonth(date),
  );
  if (known.size < MOST_KEPT) known.set(day, first);
  return first;
}
