/** Consultations in general practice. */
import { dateFormat, expectations, find, period, returningOr } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

export const consultations = {
  with_gp_consultations: {
    args: { ...period, ...find, ...returningOr("binary_flag"), ...dateFormat, ...expectations },
    type: "returning",
    returning: { binary_flag: "bool", date: "date", number_of_matches_in_period: "int" },
    dateOf: { except: [] },
  },
} as const satisfies Record<string, FunctionShape>;
