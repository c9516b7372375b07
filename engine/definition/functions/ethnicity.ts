/** Ethnicity as hospitals record it. */
import { expectations, flag, required } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

export const ethnicity = {
  with_ethnicity_from_sus: {
    args: {
      returning: { kind: "returning", ...required },
      use_most_frequent_code: { ...flag, ...required },
      ...expectations,
    },
    type: "returning",
    returning: { code: "str", group_6: "str", group_16: "str" },
  },
} as const satisfies Record<string, FunctionShape>;
