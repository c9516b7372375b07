/** Emergency care. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { emergencyCare } from "../../definition/functions/emergency-care.ts";
import { EMERGENCY_DIAGNOSES } from "../../schema/contract.ts";
import { any, field } from "../model/value.ts";
import { inCodelist, isOneOf, listOf, lowerDatedRows, matching, pickField } from "./dated-rows.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

function lowerAttendance(column: CheckedColumn<"attended_emergency_care">, to: Lowering): Lowered {
  const { args } = column;
  const list = listOf(args.with_these_diagnoses, to);
  const names = Array.from({ length: EMERGENCY_DIAGNOSES }, (_, i) => `diagnosis_${i + 1}`);
  const diagnosed =
    list === null ? [] : [any(...names.map((name) => inCodelist(field(name), list)))];
  const rows = matching(
    "emergency_attendances",
    ...diagnosed,
    ...isOneOf("discharge_destination", args.discharged_to, to),
  );
  const date = "arrived_on";
  if (args.returning !== "discharge_destination") return lowerDatedRows(column, rows, date, to);
  const value = "discharge_destination";
  return { value: pickField(column, { rows, date, value, tie: "attendance_id" }, to) };
}

export const lowerEmergencyCare: LowerFamily<typeof emergencyCare> = {
  attended_emergency_care: lowerAttendance,
};
