/** Coded events, medications, measurements, consultations, vaccinations. */
import {
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

const codelist = { codelist: { kind: "codelist", ...required } } as const;
const legacyReturning = {
  return_binary_flag: flag,
  return_number_of_matches_in_period: flag,
  return_first_date_in_period: flag,
  return_last_date_in_period: flag,
  ...legacyDateFormat,
} as const;
const matches = {
  binary_flag: "bool",
  date: "date",
  number_of_matches_in_period: "int",
  code: "str",
  category: "str",
  number_of_episodes: "int",
} as const;
const exceptEpisodes = { except: ["number_of_episodes"] } as const;
const summary = {
  ...codelist,
  on_most_recent_day_of_measurement: flag,
  ...expectations,
  ...period,
  include_measurement_date: flag,
  ...dateFormat,
} as const;
const vaccination = {
  ...period,
  ...returning("binary_flag"),
  ...dateFormat,
  ...find,
  ...expectations,
} as const;
const flagOrDate = { binary_flag: "bool", date: "date" } as const;

export const events = {
  with_these_clinical_events: {
    args: {
      ...codelist,
      ...expectations,
      ...period,
      ...find,
      ...returning("binary_flag"),
      include_date_of_match: flag,
      ...dateFormat,
      ignore_missing_values: flag,
      ignore_days_where_these_codes_occur: { kind: "codelist" },
      episode_defined_as: { kind: "text" },
      ...legacyReturning,
    },
    type: "returning",
    returning: { ...matches, numeric_value: "float" },
    dateOf: exceptEpisodes,
  },
  with_these_medications: {
    args: {
      ...codelist,
      ...expectations,
      ...period,
      ...find,
      ...returning("binary_flag"),
      include_date_of_match: flag,
      ...dateFormat,
      ignore_days_where_these_clinical_codes_occur: { kind: "codelist" },
      episode_defined_as: { kind: "text" },
      ...legacyReturning,
    },
    type: "returning",
    returning: matches,
    dateOf: exceptEpisodes,
  },
  most_recent_bmi: {
    args: {
      ...period,
      minimum_age_at_measurement: { kind: "number", default: 16 },
      ...expectations,
      include_measurement_date: flag,
      ...dateFormat,
      ...legacyDateFormat,
    },
    type: "float",
    dateOf: { except: [] },
  },
  // A date only with on_most_recent_day_of_measurement: see date-sources.ts.
  mean_recorded_value: {
    args: { ...summary, ...legacyDateFormat },
    type: "float",
    dateOf: { except: [] },
  },
  min_recorded_value: { args: summary, type: "float", dateOf: { except: [] } },
  max_recorded_value: { args: summary, type: "float", dateOf: { except: [] } },
  with_these_decision_support_values: {
    args: {
      algorithm: { kind: "text", oneOf: ["electronic_frailty_index"], ...required },
      ...period,
      ...find,
      ...returning("numeric_value"),
      include_date_of_match: flag,
      ...dateFormat,
      ignore_missing_values: flag,
      ...expectations,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date: "date",
      number_of_matches_in_period: "int",
      numeric_value: "float",
    },
    // The reference refuses.
    dateOf: { except: [] },
  },
  with_gp_consultations: {
    args: { ...period, ...find, ...returning("binary_flag"), ...dateFormat, ...expectations },
    type: "returning",
    returning: { ...flagOrDate, number_of_matches_in_period: "int" },
    dateOf: { except: [] },
  },
  with_vaccination_record: {
    args: {
      tpp: { kind: "vaccination", ...required },
      emis: { kind: "ignored" },
      ...vaccination,
    },
    type: "returning",
    returning: flagOrDate,
    dateOf: { except: [] },
  },
  with_tpp_vaccination_record: {
    args: {
      target_disease_matches: { kind: "texts" },
      product_name_matches: { kind: "texts" },
      ...vaccination,
    },
    type: "returning",
    returning: flagOrDate,
    dateOf: { except: [] },
  },
} as const satisfies Record<string, FunctionShape>;
