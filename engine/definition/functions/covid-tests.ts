/** Tests for SARS-CoV-2. */
import { dateFormat, expectations, find, flag, period, required, returningOr } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

export const covidTests = {
  with_test_result_in_sgss: {
    args: {
      pathogen: { kind: "text", oneOf: ["SARS-CoV-2"], ...required },
      test_result: { kind: "text", oneOf: ["any", "positive", "negative"], default: "any" },
      ...period,
      ...find,
      restrict_to_earliest_specimen_date: { ...flag, default: true },
      ...returningOr("binary_flag"),
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
} as const satisfies Record<string, FunctionShape>;
