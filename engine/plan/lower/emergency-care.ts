/** Emergency care. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { emergencyCare } from "../../definition/functions/emergency-care.ts";
import { EMERGENCY_DIAGNOSES } from "../../schema/contract.ts";
import type { Rows } from "../model/rows.ts";
import { any, field } from "../model/value.ts";
import { conceptCodes } from "./concept-codes.ts";
import { withVisitCode } from "./visit-codes.ts";
import { inCodelist, isOneOf, listOf, lowerDatedRows, matching, pickField } from "./dated-rows.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

function lowerAttendance(column: CheckedColumn<"attended_emergency_care">, to: Lowering): Lowered {
  const { args } = column;
  const isCoded = to.meaning.eventCodes === "concepts";
  const given = isCoded ? undefined : args.with_these_diagnoses;
  const list = listOf(given, to);
  const names = Array.from({ length: EMERGENCY_DIAGNOSES }, (_, i) => `diagnosis_${i + 1}`);
  const diagnosed =
    list === null ? [] : [any(...names.map((name) => inCodelist(field(name), list)))];
  const attendances = matching(
    "emergency_attendances",
    ...diagnosed,
    ...isOneOf("discharge_destination", args.discharged_to, to),
  );
  const rows = isCoded ? withDiagnosis(attendances, column, to) : attendances;
  const date = "arrived_on";
  if (args.returning !== "discharge_destination") return lowerDatedRows(column, rows, date, to);
  const value = "discharge_destination";
  return { value: pickField(column, { rows, date, value, tie: "attendance_id" }, to) };
}

/** Diagnoses are in a table of their own; codes that are no codelist are of SNOMED CT. */
function withDiagnosis(
  from: Rows,
  column: CheckedColumn<"attended_emergency_care">,
  to: Lowering,
): Rows {
  const given = column.args.with_these_diagnoses;
  if (given === undefined) return from;
  const codelist = "codes" in given ? given : { system: "snomed", codes: given };
  const { test } = conceptCodes(column, codelist, {}, to);
  return withVisitCode(from, { id: "attendance_id", table: "visit_diagnoses", where: test });
}

export const lowerEmergencyCare: LowerFamily<typeof emergencyCare> = {
  attended_emergency_care: lowerAttendance,
};
