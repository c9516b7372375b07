/** Values from files. */
import { required } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const filePath = { f_path: { kind: "text", ...required } } as const;

export const files = {
  with_value_from_file: {
    args: {
      ...filePath,
      returning: { kind: "text", ...required },
      returning_type: { kind: "value-type", ...required },
      date_format: { kind: "date-format", default: "YYYY-MM-DD" },
    },
    type: "argument",
  },
  which_exist_in_file: { args: filePath, type: "bool" },
} as const satisfies Record<string, FunctionShape>;
