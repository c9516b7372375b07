/** Coded events and medications. */
import {
  dateFormat,
  expectations,
  find,
  flag,
  legacyDateFormat,
  period,
  required,
  returningOr,
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

export const codedEvents = {
  with_these_clinical_events: {
    args: {
      ...codelist,
      ...expectations,
      ...period,
      ...find,
      ...returningOr("binary_flag"),
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
      ...returningOr("binary_flag"),
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
} as const satisfies Record<string, FunctionShape>;
