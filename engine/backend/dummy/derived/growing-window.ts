/** Windows in which, from one index date to a later one, records can only be added. */
import type { CheckedColumn } from "../../../definition/checked-study.ts";
import type { DateExpression } from "../../../definition/dates/date-expression.ts";
import { dependsOnIndexDate } from "../../../definition/dates/evaluate-date.ts";
import { sourceOfDate } from "../../../definition/expectations/expectation-plan.ts";
import { shapeOf } from "../../../definition/function-table.ts";

type ColumnOf = (name: string) => CheckedColumn | undefined;

/** Whether the column is of records in a period that begins nowhere, or on a day that stays. */
export function hasGrowingWindow(column: CheckedColumn, columnOf: ColumnOf): boolean {
  if (!Object.hasOwn(shapeOf(column.function).args, "between")) return false;
  const from = column.period?.from ?? null;
  return from === null || stays(from, columnOf);
}

/** A date of another column stays where that does not move, or has the first record of such a window. */
function stays(from: DateExpression, columnOf: ColumnOf): boolean {
  if (dependsOnIndexDate(from)) return false;
  if (from.kind === "literal" || from.base.kind !== "column") return true;
  const named = columnOf(from.base.name);
  const column = columnOf(sourceOfDate(named) ?? "") ?? named;
  if (column === undefined || !column.readsIndexDate) return true;
  return !hasLatestDate(column) && hasGrowingWindow(column, columnOf);
}

/** Whether its date is that of the latest record, so that another can take its place. */
export function hasLatestDate({ function: name, args }: CheckedColumn): boolean {
  const { args: known } = shapeOf(name);
  const finds = Object.hasOwn(known, "find_first_match_in_period");
  if (finds) return !("find_first_match_in_period" in args && args.find_first_match_in_period);
  return name === "most_recent_bmi" || Object.hasOwn(known, "on_most_recent_day_of_measurement");
}
