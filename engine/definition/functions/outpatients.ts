/** Outpatient appointments. */
import { date, expectations, flag, returningOr } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const codelist = { kind: "codelist" } as const;
const texts = { kind: "texts" } as const;

export const outpatients = {
  outpatient_appointment_date: {
    args: {
      ...returningOr("binary_flag"),
      attended: flag,
      is_first_attendance: flag,
      with_these_treatment_function_codes: texts,
      with_these_procedures: codelist,
      on_or_after: date,
      between: { kind: "between" },
      date_format: { kind: "date-format", default: "YYYY-MM-DD" },
      find_first_match_in_period: flag,
      ...expectations,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date: "date",
      number_of_matches_in_period: "int",
      consultation_medium_used: "str",
    },
  },
} as const satisfies Record<string, FunctionShape>;
