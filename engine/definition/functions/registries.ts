/** ISARIC and the UK Renal Registry. */
import { dateFormat, expectations, period, required } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

export const registries = {
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
