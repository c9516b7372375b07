/** Outpatient appointments. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { outpatients } from "../../definition/functions/outpatients.ts";
import { field, text } from "../model/value.ts";
import type { Rows } from "../model/rows.ts";
import type { Test, Value } from "../model/value.ts";
import { conceptCodes } from "./concept-codes.ts";
import { withVisitCode } from "./visit-codes.ts";
import { byDate, isOneOf, lowerDatedRows, matching } from "./dated-rows.ts";
import { periodWindow } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

type Appointment = CheckedColumn<"outpatient_appointment_date">;

function testsOf({ args }: Appointment, to: Lowering): readonly Test[] {
  const tests: Test[] = [];
  if (args.attended === true) tests.push(...isOneOf("attendance_status", ["5", "6"], to));
  if (args.is_first_attendance === true) {
    tests.push(...isOneOf("first_attendance", ["1", "3"], to));
  }
  const treatments = args.with_these_treatment_function_codes;
  tests.push(...isOneOf("treatment_function_code", treatments, to));
  const codelist = args.with_these_procedures;
  if (codelist !== undefined && to.meaning.eventCodes !== "concepts") {
    const list = to.codelist(codelist, true);
    tests.push({ kind: "in-codelist", of: field("procedures"), codelist: list, how: "contains" });
  }
  return tests;
}

/** What was done is in the appointment, or by its concepts in a table of its own. */
function appointmentRows(column: Appointment, to: Lowering): Rows {
  const { with_these_procedures: procedures } = column.args;
  const tests = testsOf(column, to);
  if (procedures === undefined) return matching("outpatient_appointments", ...tests);
  if (to.meaning.eventCodes !== "concepts") return matching("outpatient_procedures", ...tests);
  const { test: where } = conceptCodes(column, procedures, { isPrefix: true }, to);
  const rows = matching("outpatient_appointments", ...tests);
  return withVisitCode(rows, { id: "appointment_id", table: "visit_procedures", where });
}

function lowerAppointment(column: Appointment, to: Lowering): Lowered {
  const { returning } = column.args;
  const rows = appointmentRows(column, to);
  if (returning !== "consultation_medium_used") return lowerDatedRows(column, rows, "held_on", to);
  const value: Value = { kind: "coalesce", of: field("consultation_medium"), otherwise: text("") };
  const picked = to.summary(rows, periodWindow(column, "held_on", to), {
    kind: "pick",
    take: { value },
    order: byDate(column, "held_on", value),
  });
  return { value: picked() };
}

export const lowerOutpatients: LowerFamily<typeof outpatients> = {
  outpatient_appointment_date: lowerAppointment,
};
