import { emptyImd } from "../base/value-types.ts";
import type { CheckedColumn } from "./checked-study.ts";

/** What a column of numbers holds for a patient of whom nothing is recorded: 0, or -1 of a deprivation index. */
export function emptyNumber({ args }: Pick<CheckedColumn, "args">): number {
  return args["returning"] === "index_of_multiple_deprivation" ? emptyImd : 0;
}
