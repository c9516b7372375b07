/** Emergency care, admissions, outpatients, high-cost drugs, ethnicity from hospitals. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { Codelist } from "../../definition/model.ts";
import { EMERGENCY_DIAGNOSES } from "../../schema/contract.ts";
import type { Aggregate, Rows, Window } from "../model/rows.ts";
import { all, any, compare, field, integer, not, isPresent, text } from "../model/value.ts";
import type { Test, Value } from "../model/value.ts";
import { periodWindow } from "./lower-date.ts";
import { byDate, endDay, findsFirst, inCodelist, matching } from "./lower-events.ts";
import { isOneOf, lowerDatedRows, textsOf } from "./lower-primary-care.ts";
import type { LowerColumn, Lowered, Lowering } from "./lowering.ts";

function pick(
  column: CheckedColumn,
  asked: {
    readonly rows: Rows;
    readonly date: string;
    readonly value: string;
    readonly tie: string;
  },
  to: Lowering,
): Value {
  const { rows, date, value, tie } = asked;
  const picked = to.summary(rows, periodWindow(column, date, to), {
    kind: "pick",
    take: { value: field(value) },
    order: byDate(column, date, field(tie)),
  });
  return picked();
}

function lowerEmergencyCare(column: CheckedColumn, to: Lowering): Lowered {
  const { args } = column;
  const wanted = textsOf(args["with_these_diagnoses"]);
  const list = wanted === null ? null : to.codelist(wanted, true);
  const names = Array.from({ length: EMERGENCY_DIAGNOSES }, (_, i) => `diagnosis_${i + 1}`);
  const diagnosed =
    list === null ? [] : [any(...names.map((name) => inCodelist(field(name), list)))];
  const rows = matching(
    "emergency_attendances",
    ...diagnosed,
    ...isOneOf("discharge_destination", textsOf(args["discharged_to"]), to),
  );
  const date = "arrived_on";
  if (args["returning"] !== "discharge_destination") return lowerDatedRows(column, rows, date, to);
  const value = "discharge_destination";
  return { value: pick(column, { rows, date, value, tie: "attendance_id" }, to) };
}

/** Arguments that are texts a field must equal, by the field's name. */
const admissionFilters = {
  with_admission_method: "admission_method",
  with_source_of_admission: "source_of_admission",
  with_discharge_destination: "discharge_destination",
  with_patient_classification: "patient_classification",
  with_admission_treatment_function_code: "admission_treatment_function_code",
  with_administrative_category: "administrative_category",
} as const;

const codeFilters = {
  with_these_primary_diagnoses: ["primary_diagnosis", "begins"],
  with_these_diagnoses: ["diagnoses", "begins-after-break"],
  with_these_procedures: ["procedures", "begins-after-break"],
} as const;

function admissionRows({ args }: CheckedColumn, to: Lowering): Rows {
  const tests: Test[] = [];
  for (const [argument, [name, how]] of Object.entries(codeFilters)) {
    const codelist = args[argument] as Codelist | undefined;
    if (codelist === undefined) continue;
    const list = to.codelist(codelist.codes, true);
    tests.push({ kind: "in-codelist", of: field(name), codelist: list, how });
  }
  for (const [argument, name] of Object.entries(admissionFilters)) {
    tests.push(...isOneOf(name, textsOf(args[argument]), to));
  }
  if (args["with_at_least_one_day_in_critical_care"] === true) {
    tests.push(compare(field("critical_care_days"), ">", integer(0)));
  }
  return matching("hospital_admissions", ...tests);
}

function lowerAdmission(column: CheckedColumn, to: Lowering): Lowered {
  const rows = admissionRows(column, to);
  const date = "admitted_on";
  const returning = String(column.args["returning"]);
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
      const value = pick(column, { rows, date, value: returning, tie: "spell_id" }, to);
      const isWait = returning === "duration_of_elective_wait";
      return isWait ? orNought(value) : { value };
    }
  }
}

function nextInteger(left: Value): Value {
  return { kind: "arithmetic", operator: "+", integer: true, left, right: integer(1) };
}

/** Of each day of admission the most, then the sum over the days in the period. */
function totalOverDays(
  column: CheckedColumn,
  asked: { readonly rows: Rows; readonly most: string; readonly sum: Value },
  to: Lowering,
): Value {
  const most: Aggregate = { kind: "greatest", of: field(asked.most) };
  const days: Rows = {
    kind: "per-day",
    from: asked.rows,
    date: "admitted_on",
    aggregates: { most },
  };
  const aggregate: Aggregate = { kind: "sum", of: asked.sum };
  return to.summary(days, periodWindow(column, "day", to), { kind: "aggregate", aggregate })();
}

function lowerOutpatients(column: CheckedColumn, to: Lowering): Lowered {
  const { args } = column;
  const codelist = args["with_these_procedures"] as Codelist | undefined;
  const tests: Test[] = [];
  if (args["attended"] === true) tests.push(...isOneOf("attendance_status", ["5", "6"], to));
  if (args["is_first_attendance"] === true) {
    tests.push(...isOneOf("first_attendance", ["1", "3"], to));
  }
  const treatments = textsOf(args["with_these_treatment_function_codes"]);
  tests.push(...isOneOf("treatment_function_code", treatments, to));
  if (codelist !== undefined) {
    const list = to.codelist(codelist.codes, true);
    tests.push({ kind: "in-codelist", of: field("procedures"), codelist: list, how: "contains" });
  }
  const table = codelist === undefined ? "outpatient_appointments" : "outpatient_procedures";
  const rows = matching(table, ...tests);
  if (args["returning"] !== "consultation_medium_used") {
    return lowerDatedRows(column, rows, "held_on", to);
  }
  const value: Value = { kind: "coalesce", of: field("consultation_medium"), otherwise: text("") };
  const picked = to.summary(rows, periodWindow(column, "held_on", to), {
    kind: "pick",
    take: { value },
    order: [
      { of: field("held_on"), descending: !findsFirst(column) },
      { of: value, descending: false },
    ],
  });
  return { value: picked() };
}

function lowerHighCostDrugs(column: CheckedColumn, to: Lowering): Lowered {
  const drugs = textsOf(column.args["drug_name_matches"]);
  const rows = matching("high_cost_drugs", ...isOneOf("drug", drugs, to));
  return lowerDatedRows(column, rows, "given_in", to);
}

/** First letters by group. */
const ethnicGroups: Readonly<
  Record<string, readonly (readonly [group: string, letters: string])[]>
> = {
  group_6: [
    ["1", "ABC"],
    ["2", "DEFG"],
    ["3", "HJKL"],
    ["4", "MNP"],
    ["5", "RS"],
  ],
  group_16: Array.from("ABCDEFGHJKLMNPRS").map((letter, i) => [String(i + 1), letter] as const),
};

function lowerEthnicity(column: CheckedColumn, to: Lowering): Lowered {
  const code = field("code");
  const begins = (letters: readonly string[], of: Value): Test => ({
    kind: "in-codelist",
    of,
    codelist: to.codelist(letters, true),
    how: "begins",
  });
  const known = all(
    isPresent(code),
    compare(code, "!=", text("99"), "folded"),
    not(begins(["Z"], code)),
  );
  const codes: Rows = {
    kind: "per-value",
    from: matching("hospital_ethnicities", known),
    of: "code",
  };
  const always: Window = { kind: "always" };
  const order = [
    { of: field("times"), descending: true },
    { of: code, descending: false },
  ];
  const groups = ethnicGroups[String(column.args["returning"])];
  if (groups === undefined) {
    const picked = to.summary(codes, always, { kind: "pick", take: { value: code }, order });
    return { value: picked() };
  }
  const cases = groups.map(([group, letters]) => ({
    when: begins(Array.from(letters), code),
    then: text(group),
  }));
  const value: Value = { kind: "choose", cases, otherwise: text("0") };
  const picked = to.summary(codes, always, { kind: "pick", take: { value }, order });
  return orNought(picked());
}

/** Missing prints 0, and counts as nothing recorded. */
function orNought(of: Value): Lowered {
  return { value: { kind: "coalesce", of, otherwise: text("0") }, emptyText: "0" };
}

export const hospitalFunctions = {
  attended_emergency_care: lowerEmergencyCare,
  admitted_to_hospital: lowerAdmission,
  outpatient_appointment_date: lowerOutpatients,
  with_high_cost_drugs: lowerHighCostDrugs,
  with_ethnicity_from_sus: lowerEthnicity,
} as const satisfies Record<string, LowerColumn>;
