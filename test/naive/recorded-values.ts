/** `mean_recorded_value`, `min_recorded_value`, `max_recorded_value`. */
import type { Codelist } from "../../engine/definition/model.ts";
import { argument } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { clinicalEvents } from "./events-by-code.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { extreme } from "./order.ts";
import { dayOf } from "./row.ts";

export function recordedValue(asked: Asked): Found {
  const codelist = argument(asked, "codelist") as Codelist;
  const events = clinicalEvents(asked, codelist, periodOf(asked));
  if (argument(asked, "on_most_recent_day_of_measurement") !== true) {
    return found(summary(asked, numbersOf(events)));
  }
  const latest = extreme(
    events.map(({ at }) => dayOf(at)),
    false,
  );
  if (latest === null) return nothing;
  const ofThatDay = events.filter(({ at }) => dayOf(at) === latest);
  return found(summary(asked, numbersOf(ofThatDay)), latest);
}

/** Zeros count, missing values do not. */
function numbersOf(events: readonly { readonly value: number | null }[]): number[] {
  return events.flatMap(({ value }) => (value === null ? [] : [value]));
}

function summary(asked: Asked, numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  switch (asked.column.function) {
    case "min_recorded_value":
      return extreme(numbers, true);
    case "max_recorded_value":
      return extreme(numbers, false);
    default:
      return numbers.reduce((total, each) => total + each, 0) / numbers.length;
  }
}
