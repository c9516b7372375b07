/** Deaths, as four sources record them. */
import {
  dateFormat,
  expectations,
  flag,
  legacyDateFormat,
  period,
  required,
  returningOr,
} from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const died = {
  ...period,
  ...returningOr("binary_flag"),
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

export const deaths = {
  died_from_any_cause: { args: died, type: "returning", returning: deathRecord },
  with_these_codes_on_death_certificate: {
    args: {
      codelist: { kind: "codelist", ...required },
      ...period,
      match_only_underlying_cause: flag,
      ...returningOr("binary_flag"),
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
  with_death_recorded_in_primary_care: {
    args: { ...period, ...returningOr("binary_flag"), ...dateFormat, ...expectations },
    type: "returning",
    returning: { binary_flag: "bool", date_of_death: "date" },
  },
} as const satisfies Record<string, FunctionShape>;
