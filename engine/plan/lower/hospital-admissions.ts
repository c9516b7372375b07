/** Admissions to hospital. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { hospitalAdmissions } from "../../definition/functions/hospital-admissions.ts";
import type { Aggregate, Rows } from "../model/rows.ts";
import { all, compare, field, integer, text } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { conceptCodes } from "./concept-codes.ts";
import { withVisitCode } from "./visit-codes.ts";
import { aggregateOf, endDay, isOneOf, lowerDatedRows, matching, pickField } from "./dated-rows.ts";
import { periodWindow } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

type Admission = CheckedColumn<"admitted_to_hospital">;

/** Arguments that are texts a field must equal, and the field. */
const textFilters = [
  ["with_admission_method", "admission_method"],
  ["with_source_of_admission", "source_of_admission"],
  ["with_discharge_destination", "discharge_destination"],
  ["with_patient_classification", "patient_classification"],
  ["with_admission_treatment_function_code", "admission_treatment_function_code"],
  ["with_administrative_category", "administrative_category"],
] as const;

const codeFilters = [
  ["with_these_primary_diagnoses", "primary_diagnosis", "begins"],
  ["with_these_diagnoses", "diagnoses", "begins-after-break"],
  ["with_these_procedures", "procedures", "begins-after-break"],
] as const;

function admissionRows(column: Admission, to: Lowering): Rows {
  const { args } = column;
  const tests: Test[] = [];
  const isCoded = to.meaning.eventCodes === "concepts";
  for (const [argument, name, how] of codeFilters) {
    const codelist = args[argument];
    if (codelist === undefined || isCoded) continue;
    const list = to.codelist(codelist, true);
    tests.push({ kind: "in-codelist", of: field(name), codelist: list, how });
  }
  for (const [argument, name] of textFilters) {
    tests.push(...isOneOf(name, args[argument], to));
  }
  if (args.with_at_least_one_day_in_critical_care === true) {
    tests.push(compare(field("critical_care_days"), ">", integer(0)));
  }
  const rows = matching("hospital_admissions", ...tests);
  return isCoded ? admissionsWithCodes(rows, column, to) : rows;
}

/** Codes are in tables of their own, by the stay. */
function admissionsWithCodes(rows: Rows, column: Admission, to: Lowering): Rows {
  const { args } = column;
  return codeFilters.reduce((from, [argument, name]) => {
    const codelist = args[argument];
    if (codelist === undefined) return from;
    const { test } = conceptCodes(column, codelist, { isPrefix: true }, to);
    const isPrimary = compare(field("is_primary"), "=", integer(1));
    const where = name === "primary_diagnosis" ? all(test, isPrimary) : test;
    const table = name === "procedures" ? "visit_procedures" : "visit_diagnoses";
    return withVisitCode(from, { id: "spell_id", table, where });
  }, rows);
}

function lowerAdmission(column: Admission, to: Lowering): Lowered {
  const rows = admissionRows(column, to);
  const date = "admitted_on";
  const { returning } = column.args;
  const window = periodWindow(column, date, to);
  switch (returning) {
    case "binary_flag":
    case "number_of_matches_in_period":
    case "date_admitted":
      return lowerDatedRows(column, rows, date, to);
    case "date_discharged":
      return { value: endDay(column, { rows, window, date: "discharged_on" }, to) };
    case "total_bed_days_in_period": {
      // The night of a stay counts with the day that begins it.
      const sum = nextInteger(field("most"));
      return { value: totalOverDays(column, { rows, most: "nights", sum }, to) };
    }
    case "total_critical_care_days_in_period": {
      const asked = { rows, most: "critical_care_days", sum: field("most") };
      return { value: totalOverDays(column, asked, to) };
    }
    default: {
      const value = pickField(column, { rows, date, value: returning, tie: "spell_id" }, to);
      if (returning !== "duration_of_elective_wait") return { value };
      // Missing prints 0, and counts as nothing recorded.
      return { value: { kind: "coalesce", of: value, otherwise: text("0") }, emptyText: "0" };
    }
  }
}

function nextInteger(left: Value): Value {
  return { kind: "arithmetic", operator: "+", integer: true, left, right: integer(1) };
}

/** Of each day of admission the most, then the sum over the days in the period. */
function totalOverDays(
  column: Admission,
  asked: { readonly rows: Rows; readonly most: string; readonly sum: Value },
  to: Lowering,
): Value {
  const most: Aggregate = { kind: "greatest", of: field(asked.most) };
  const rows: Rows = {
    kind: "per-day",
    from: asked.rows,
    date: "admitted_on",
    aggregates: { most },
  };
  const window = periodWindow(column, "day", to);
  return aggregateOf({ rows, window }, { kind: "sum", of: asked.sum }, to);
}

export const lowerHospitalAdmissions: LowerFamily<typeof hospitalAdmissions> = {
  admitted_to_hospital: lowerAdmission,
};
