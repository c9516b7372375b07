/** `comparator_from` and the two reference ranges. */
import { argument, rowsOf } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { lowest } from "./order.ts";
import { real, whole } from "./row.ts";

const comparators: Readonly<Record<number, string>> = {
  3: "~",
  4: "=",
  5: ">=",
  6: ">",
  7: "<",
  8: "<=",
};

export function fromRange(asked: Asked): Found {
  const { event } = asked.other(String(argument(asked, "source")));
  if (event === null) return nothing;
  const ranges = rowsOf(asked, "CodedEventRange").filter(
    (row) => row["CodedEvent_ID"] === event["CodedEvent_ID"],
  );
  const range = lowest(ranges, (row) => [
    real(row, "LowerBound"),
    real(row, "UpperBound"),
    whole(row, "Comparator"),
  ]);
  switch (asked.column.function) {
    case "comparator_from":
      return found(comparators[whole(range, "Comparator") ?? -1] ?? null);
    case "reference_range_lower_bound_from":
      return found(real(range, "LowerBound"));
    default:
      return found(real(range, "UpperBound"));
  }
}
