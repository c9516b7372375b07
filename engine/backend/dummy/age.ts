/** Ages that grow as the index date moves. */
import { addDays, completedYears } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";
import { evaluateDate } from "../../definition/dates/evaluate-date.ts";
import type { ColumnValues } from "../../table/cohort-schema.ts";
import { streamOf } from "./dummy-draws.ts";
import type { DummyDraws } from "./dummy-draws.ts";
import { nextBelow } from "./random-stream.ts";

/** A birthday so many days ago at most is the last one in any year. */
const BIRTHDAYS = 365;

/**
 * The drawn ages are exact at the anchor; every patient with one gets a birthday, and elsewhere the
 * age is in completed years. Who is not born yet has age 0, as one whose age is unknown. A reference
 * date that is relative to a column is not known here: the ages stay as drawn.
 */
export function moveAges(
  column: CheckedColumn,
  ages: ColumnValues,
  has: Uint8Array,
  draws: DummyDraws,
): ColumnValues {
  if (ages.type !== "int" || column.function !== "age_as_of") return ages;
  const { reference_date: reference } = column.dates;
  const { today, anchor, indexDate } = draws;
  const drawnAt = evaluateDate(reference, { today, indexDate: anchor });
  const wantedAt = evaluateDate(reference, { today, indexDate });
  if (drawnAt === null || wantedAt === null || drawnAt === wantedAt) return ages;
  const years = yearsSince(drawnAt, wantedAt);
  const birthdays = streamOf(draws, column.name, "birthday", false);
  const values = new Float64Array(has.length);
  for (let row = 0; row < values.length; row++) {
    const age = ages.values[row] ?? 0;
    const older = age + (years[nextBelow(birthdays, BIRTHDAYS)] ?? 0);
    if (has[row] === 1) values[row] = age >= 0 ? Math.max(0, older) : older;
  }
  return { type: "int", values };
}

/** By how many years one is older at `wantedAt` whose last birthday was so many days before `drawnAt`. */
function yearsSince(drawnAt: IsoDate, wantedAt: IsoDate): Int32Array {
  return Int32Array.from({ length: BIRTHDAYS }, (_, daysAgo) =>
    completedYears(addDays(drawnAt, -daysAgo), wantedAt),
  );
}
