/** What a column holds for a patient of whom nothing is recorded. */
import { emptyImd } from "../base/value-types.ts";
import type { CheckedColumn } from "./checked-study.ts";

/** Of a column of numbers: 0, or -1 of a deprivation index. */
export function emptyNumber(column: CheckedColumn): number {
  const isImd =
    column.function === "address_as_of" &&
    column.args.returning === "index_of_multiple_deprivation";
  return isImd ? emptyImd : 0;
}

/** Of a column of texts: nothing, or the digit that the reference prints. */
export function emptyText(column: CheckedColumn): "" | "0" {
  switch (column.function) {
    case "with_ethnicity_from_sus":
      return column.args.returning === "code" ? "" : "0";
    case "admitted_to_hospital":
      return column.args.returning === "duration_of_elective_wait" ? "0" : "";
    default:
      return "";
  }
}
