/** Emergency care. */
import { dateFormat, expectations, find, period, returningOr } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

export const emergencyCare = {
  attended_emergency_care: {
    args: {
      ...period,
      ...returningOr("binary_flag"),
      ...find,
      ...dateFormat,
      with_these_diagnoses: { kind: "text-list" },
      discharged_to: { kind: "text-list" },
      ...expectations,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date_arrived: "date",
      number_of_matches_in_period: "int",
      discharge_destination: "str",
    },
  },
} as const satisfies Record<string, FunctionShape>;
