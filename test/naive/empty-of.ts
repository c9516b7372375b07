import { emptyImd, emptyValues } from "../../engine/base/value-types.ts";
import type { CheckedColumn } from "../../engine/definition/checked-study.ts";

/** Texts that the reference's database holds as numbers, so that none prints as 0. */
const ZERO_FOR_NOTHING = ["group_6", "group_16", "duration_of_elective_wait"];

/** What a column shows of a patient without a record. */
export function emptyOf({ function: name, args, type }: CheckedColumn): string | number {
  const returning: string = "returning" in args ? args.returning : "";
  if (returning === "index_of_multiple_deprivation") return emptyImd;
  const ofSecondaryCare = name === "with_ethnicity_from_sus" || name === "admitted_to_hospital";
  return ofSecondaryCare && ZERO_FOR_NOTHING.includes(returning) ? "0" : emptyValues[type];
}
