/** Admissions to hospital. */
import { dateFormat, expectations, find, flag, period, returningOr } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const codelist = { kind: "codelist" } as const;
const texts = { kind: "texts" } as const;

export const hospitalAdmissions = {
  admitted_to_hospital: {
    args: {
      ...period,
      ...returningOr("binary_flag"),
      ...find,
      ...dateFormat,
      with_these_diagnoses: codelist,
      with_these_primary_diagnoses: codelist,
      with_these_procedures: codelist,
      with_admission_method: texts,
      with_source_of_admission: texts,
      with_discharge_destination: texts,
      with_patient_classification: texts,
      with_admission_treatment_function_code: texts,
      with_administrative_category: texts,
      with_at_least_one_day_in_critical_care: flag,
      ...expectations,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date_admitted: "date",
      date_discharged: "date",
      number_of_matches_in_period: "int",
      primary_diagnosis: "str",
      admission_method: "str",
      source_of_admission: "str",
      discharge_destination: "str",
      patient_classification: "str",
      admission_treatment_function_code: "str",
      administrative_category: "str",
      duration_of_elective_wait: "str",
      days_in_critical_care: "str",
      total_bed_days_in_period: "int",
      total_critical_care_days_in_period: "int",
    },
  },
} as const satisfies Record<string, FunctionShape>;
