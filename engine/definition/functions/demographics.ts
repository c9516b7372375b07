/** Who the patients are. */
import { date, expectations, required } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const requiredDate = { ...date, ...required } as const;

export const demographics = {
  all: { args: {}, type: "bool" },
  random_sample: {
    args: { percent: { kind: "number", ...required }, ...expectations },
    type: "bool",
  },
  sex: { args: { ...expectations }, type: "str" },
  age_as_of: { args: { reference_date: requiredDate, ...expectations }, type: "int" },
  date_of_birth: {
    args: { date_format: { kind: "date-format", oneOf: ["YYYY", "YYYY-MM"] }, ...expectations },
    type: "date",
  },
} as const satisfies Record<string, FunctionShape>;
