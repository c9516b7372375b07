/** Vaccinations, and what their records tell besides. */
import { dateFormat, expectations, find, period, required, returningOr } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const vaccination = {
  ...period,
  ...returningOr("binary_flag"),
  ...dateFormat,
  ...find,
  ...expectations,
} as const;
const flagOrDate = { binary_flag: "bool", date: "date" } as const;

export const vaccinations = {
  with_vaccination_record: {
    args: {
      tpp: { kind: "vaccination", ...required },
      emis: { kind: "vaccine-codes" },
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
  with_healthcare_worker_flag_on_covid_vaccine_record: {
    args: { ...returningOr("binary_flag"), ...expectations },
    type: "returning",
    returning: { binary_flag: "bool" },
  },
} as const satisfies Record<string, FunctionShape>;
