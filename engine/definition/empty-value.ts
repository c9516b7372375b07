/** What a column holds for a patient of whom nothing is recorded. */
import { emptyImd } from "../base/value-types.ts";
import type { CheckedColumn } from "./checked-study.ts";

type Asked = Pick<CheckedColumn, "function" | "args">;

/** Of a column of numbers: 0, or -1 of a deprivation index. */
export function emptyNumber({ args }: Pick<CheckedColumn, "args">): number {
  return args["returning"] === "index_of_multiple_deprivation" ? emptyImd : 0;
}

/** Of a column of texts: nothing, or the digit that the reference prints. */
export function emptyText({ function: name, args: { returning } }: Asked): "" | "0" {
  const isGroup = returning === "group_6" || returning === "group_16";
  if (name === "with_ethnicity_from_sus" && isGroup) return "0";
  return name === "admitted_to_hospital" && returning === "duration_of_elective_wait" ? "0" : "";
}
