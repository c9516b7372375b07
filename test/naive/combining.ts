/** Columns made of other columns. */
import type { combining } from "../../engine/definition/functions/combining.ts";
import { parseIsoDate } from "../../engine/base/dates.ts";
import { emptyValues } from "../../engine/base/value-types.ts";
import { rowsOf } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { chooseCategory } from "./condition-value.ts";
import { emptyOf } from "./empty-of.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { extreme, lowest } from "./order.ts";
import { real, whole } from "./row.ts";

function category(asked: Asked): Found {
  return found(
    chooseCategory(asked.column, (name) => {
      const { column, shown } = asked.other(name);
      return { value: shown, type: column.type, empty: emptyOf(column) };
    }),
  );
}

/** The smallest or largest value that is not empty; 0 is empty here, of deprivation ranks too. */
function extremeOf(asked: Asked<"minimum_of" | "maximum_of">): Found {
  const values = (asked.column.args.column_names ?? []).map((name) => {
    const { column, shown } = asked.other(name);
    return shown === emptyValues[column.type] ? null : shown;
  });
  return found(extreme(values, asked.column.function === "minimum_of"));
}

function fixedValue({ column }: Asked<"fixed_value">): Found {
  const { value } = column.args;
  return found(typeof value === "boolean" ? Number(value) : value);
}

function dateOf(asked: Asked<"date_of">): Found {
  const { date } = asked.other(asked.column.args.source);
  return found(date === null ? null : parseIsoDate(date));
}

type RangeFunction =
  "comparator_from" | "reference_range_lower_bound_from" | "reference_range_upper_bound_from";

const comparators: Readonly<Record<number, string>> = {
  3: "~",
  4: "=",
  5: ">=",
  6: ">",
  7: "<",
  8: "<=",
};

function fromRange(asked: Asked<RangeFunction>): Found {
  const { event } = asked.other(asked.column.args.source);
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

export const answerCombining: AnswerFamily<typeof combining> = {
  satisfying: category,
  categorised_as: category,
  minimum_of: extremeOf,
  maximum_of: extremeOf,
  fixed_value: fixedValue,
  date_of: dateOf,
  comparator_from: fromRange,
  reference_range_lower_bound_from: fromRange,
  reference_range_upper_bound_from: fromRange,
};
