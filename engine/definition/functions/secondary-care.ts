/** Emergency care, admissions, outpatients and high-cost drugs. */
import { date, dateFormat, expectations, find, flag, period, returning } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const codelist = { kind: "codelist" } as const;
const texts = { kind: "texts" } as const;

export const secondaryCare = {
  attended_emergency_care: {
    args: {
      ...period,
      ...returning("binary_flag"),
      ...find,
      ...dateFormat,
      with_these_diagnoses: { kind: "text-list" },
      discharged_to: { kind: "text-list" },
      ...expectations,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date_arrived: "date",
      number_of_matches_in_period: "int",
      discharge_destination: "str",
    },
  },
  admitted_to_hospital: {
    args: {
      ...period,
      ...returning("binary_flag"),
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
  outpatient_appointment_date: {
    args: {
      ...returning("binary_flag"),
      attended: flag,
      is_first_attendance: flag,
      with_these_treatment_function_codes: texts,
      with_these_procedures: codelist,
      on_or_after: date,
      between: { kind: "between" },
      date_format: { kind: "date-format", default: "YYYY-MM-DD" },
      find_first_match_in_period: flag,
      ...expectations,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date: "date",
      number_of_matches_in_period: "int",
      consultation_medium_used: "str",
    },
  },
  with_high_cost_drugs: {
    args: {
      drug_name_matches: texts,
      ...period,
      ...returning("binary_flag"),
      date_format: { kind: "date-format", oneOf: ["YYYY", "YYYY-MM"] },
      ...find,
      ...expectations,
    },
    type: "returning",
    returning: { binary_flag: "bool", date: "date" },
    dateOf: { except: ["binary_flag"] },
  },
} as const satisfies Record<string, FunctionShape>;
