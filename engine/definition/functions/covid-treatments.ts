/** Treatments of COVID-19 outside hospital. */
import { dateFormat, expectations, find, flag, period, returningOr } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

export const covidTreatments = {
  with_covid_therapeutics: {
    args: {
      with_these_statuses: { kind: "texts" },
      with_these_therapeutics: { kind: "texts" },
      with_these_indications: { kind: "texts" },
      ...period,
      ...returningOr("binary_flag"),
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
} as const satisfies Record<string, FunctionShape>;
