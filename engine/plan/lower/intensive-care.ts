/** Intensive care. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { intensiveCare } from "../../definition/functions/intensive-care.ts";
import { compare, field, flag, integer } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { aggregateOf, endDay, matching } from "./dated-rows.ts";
import { periodWindow } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

function lowerAdmission(column: CheckedColumn<"admitted_to_icu">, to: Lowering): Lowered {
  const rows = matching("icu_admissions");
  const asked = { rows, window: periodWindow(column, "admitted_at", to), date: "admitted_at" };
  const days = (name: string): Value =>
    aggregateOf(asked, { kind: "sum", of: field(`${name}_respiratory_days`) }, to);
  const some = (value: Value): Lowered => ({ value: flag(compare(value, ">", integer(0))) });
  switch (column.args.returning) {
    case "date_admitted":
      return { value: endDay(column, asked, to) };
    case "had_basic_respiratory_support":
      return some(days("basic"));
    case "had_advanced_respiratory_support":
      return some(days("advanced"));
    case "had_respiratory_support":
      // Missing if all days of one kind are missing, and then there was none.
      return some({
        kind: "arithmetic",
        operator: "+",
        integer: true,
        left: days("basic"),
        right: days("advanced"),
      });
    default:
      return { value: to.summary(rows, asked.window, { kind: "exists" })() };
  }
}

export const lowerIntensiveCare: LowerFamily<typeof intensiveCare> = {
  admitted_to_icu: lowerAdmission,
};
