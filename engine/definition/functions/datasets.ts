/** Deaths, intensive care, COVID-19 and renal datasets. */
import {
  date,
  dateFormat,
  expectations,
  find,
  flag,
  legacyDateFormat,
  period,
  required,
  returning,
} from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const died = {
  ...period,
  ...returning("binary_flag"),
  ...dateFormat,
  ...legacyDateFormat,
  ...expectations,
} as const;
const deathRecord = {
  binary_flag: "bool",
  date_of_death: "date",
  underlying_cause_of_death: "str",
  place_of_death: "str",
} as const;

export const datasets = {
  died_from_any_cause: { args: died, type: "returning", returning: deathRecord },
  with_these_codes_on_death_certificate: {
    args: {
      codelist: { kind: "codelist", ...required },
      ...period,
      match_only_underlying_cause: flag,
      ...returning("binary_flag"),
      ...dateFormat,
      ...legacyDateFormat,
      ...expectations,
    },
    type: "returning",
    returning: deathRecord,
  },
  with_death_recorded_in_cpns: {
    args: died,
    type: "returning",
    returning: { binary_flag: "bool", date_of_death: "date" },
  },
  admitted_to_icu: {
    // The reference puts on_or_after first.
    args: {
      on_or_after: date,
      on_or_before: date,
      between: { kind: "between" },
      ...find,
      ...returning("binary_flag"),
      ...dateFormat,
      ...expectations,
      ...legacyDateFormat,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date_admitted: "date",
      had_respiratory_support: "bool",
      had_basic_respiratory_support: "bool",
      had_advanced_respiratory_support: "bool",
    },
  },
  with_test_result_in_sgss: {
    args: {
      pathogen: { kind: "text", oneOf: ["SARS-CoV-2"], ...required },
      test_result: { kind: "text", oneOf: ["any", "positive", "negative"], default: "any" },
      ...period,
      ...find,
      restrict_to_earliest_specimen_date: { ...flag, default: true },
      ...returning("binary_flag"),
      ...dateFormat,
      ...expectations,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date: "date",
      s_gene_target_failure: "str",
      case_category: "str",
      variant: "str",
      variant_detection_method: "str",
      symptomatic: "str",
      number_of_matches_in_period: "int",
    },
    dateOf: { except: ["number_of_matches_in_period"] },
  },
  with_covid_therapeutics: {
    args: {
      with_these_statuses: { kind: "texts" },
      with_these_therapeutics: { kind: "texts" },
      with_these_indications: { kind: "texts" },
      ...period,
      ...returning("binary_flag"),
      ...dateFormat,
      ...find,
      include_date_of_match: flag,
      episode_defined_as: { kind: "text" },
      ...expectations,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date: "date",
      therapeutic: "str",
      risk_group: "str",
      region: "str",
      number_of_matches_in_period: "int",
      number_of_episodes: "int",
    },
    dateOf: { except: ["number_of_matches_in_period", "number_of_episodes"] },
  },
  with_healthcare_worker_flag_on_covid_vaccine_record: {
    args: { ...returning("binary_flag"), ...expectations },
    type: "returning",
    returning: { binary_flag: "bool" },
  },
  with_an_isaric_record: {
    args: {
      // Any column of isaric-columns.ts, which also gives its type.
      returning: { kind: "returning", ...required },
      between: { kind: "between" },
      date_filter_column: { kind: "text" },
      date_format: { kind: "date-format", default: "YYYY-MM-DD" },
      ...expectations,
    },
    type: "returning",
  },
  with_record_in_ukrr: {
    args: {
      from_dataset: {
        kind: "text",
        oneOf: [
          "2019_prevalence",
          "2020_prevalence",
          "2021_prevalence",
          "2020_incidence",
          "2020_ckd",
        ],
        ...required,
      },
      returning: { kind: "returning", ...required },
      ...period,
      ...dateFormat,
      ...expectations,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      renal_centre: "str",
      rrt_start_date: "date",
      treatment_modality_start: "str",
      treatment_modality_prevalence: "str",
      latest_creatinine: "int",
      latest_egfr: "float",
    },
  },
} as const satisfies Record<string, FunctionShape>;
