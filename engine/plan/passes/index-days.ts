/** What dates relative to the index date are at each index date. */
import type { IsoDate } from "../../base/dates.ts";
import { fail } from "../../definition/problems.ts";
import { dateFrom } from "../../definition/dates/evaluate-date.ts";
import { formatDateExpression } from "../../definition/dates/format-date-expression.ts";
import type { Value } from "../model/value.ts";

/**
 * The day of a bound at each index date, null where it depends on the patient.
 * Problem: date-out-of-range for a day outside the years 1 to 9999.
 */
export function daysOf(bound: Value, indexDates: readonly IsoDate[]): readonly IsoDate[] | null {
  switch (bound.kind) {
    case "day":
      return indexDates.map(() => bound.value);
    case "from-index-date":
      return indexDates.map((indexDate) => dayAt(bound, indexDate));
    default:
      return null;
  }
}

export function dayAt(
  { apply, offset }: Extract<Value, { kind: "from-index-date" }>,
  indexDate: IsoDate,
): IsoDate {
  const text = formatDateExpression({
    kind: "from",
    base: { kind: "index-date" },
    apply,
    offset,
  });
  return (
    dateFrom(indexDate, { apply, offset }) ?? fail("date-out-of-range", { text, from: indexDate })
  );
}
