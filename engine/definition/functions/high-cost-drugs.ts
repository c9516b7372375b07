/** High-cost drugs. */
import { expectations, find, period, returningOr } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const texts = { kind: "texts" } as const;

export const highCostDrugs = {
  with_high_cost_drugs: {
    args: {
      drug_name_matches: texts,
      ...period,
      ...returningOr("binary_flag"),
      date_format: { kind: "date-format", oneOf: ["YYYY", "YYYY-MM"] },
      ...find,
      ...expectations,
    },
    type: "returning",
    returning: { binary_flag: "bool", date: "date" },
    dateOf: { except: ["binary_flag"] },
  },
} as const satisfies Record<string, FunctionShape>;
