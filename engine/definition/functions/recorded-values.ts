/** Measurements: their mean and ends, the body mass index, scores of decision support. */
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
const summary = {
  ...codelist,
  on_most_recent_day_of_measurement: flag,
  ...expectations,
  ...period,
  include_measurement_date: flag,
  ...dateFormat,
} as const;

export const recordedValues = {
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
      ...returningOr("numeric_value"),
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
} as const satisfies Record<string, FunctionShape>;
