/** Outpatient appointments. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { outpatients } from "../../definition/functions/outpatients.ts";
import { field, text } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
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
  if (codelist !== undefined) {
    const list = to.codelist(codelist, true);
    tests.push({ kind: "in-codelist", of: field("procedures"), codelist: list, how: "contains" });
  }
  return tests;
}

function lowerAppointment(column: Appointment, to: Lowering): Lowered {
  const { with_these_procedures: procedures, returning } = column.args;
  const table = procedures === undefined ? "outpatient_appointments" : "outpatient_procedures";
  const rows = matching(table, ...testsOf(column, to));
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
