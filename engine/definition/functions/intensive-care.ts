/** Intensive care. */
import { date, dateFormat, expectations, find, legacyDateFormat, returningOr } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

export const intensiveCare = {
  admitted_to_icu: {
    // The reference puts on_or_after first.
    args: {
      on_or_after: date,
      on_or_before: date,
      between: { kind: "between" },
      ...find,
      ...returningOr("binary_flag"),
      ...dateFormat,
      ...expectations,
      ...legacyDateFormat,
    },
    type: "returning",
    returning: {
      binary_flag: "bool",
      date_admitted: "date",
      had_respiratory_support: "bool",
      had_basic_respiratory_support: "bool",
      had_advanced_respiratory_support: "bool",
    },
  },
} as const satisfies Record<string, FunctionShape>;
