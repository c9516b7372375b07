/** Columns made of other columns. */
import { dateFormat, expectations, legacyDateFormat, required } from "./shape.ts";
import type { FunctionShape } from "./shape.ts";

const source = { source: { kind: "source", ...required }, ...expectations } as const;
const extraColumns = { extra_columns: { kind: "extra-columns" } } as const;
const aggregate = { column_names: { kind: "sources" }, ...extraColumns } as const;

export const combining = {
  satisfying: {
    args: { expression: { kind: "condition", ...required }, ...expectations, ...extraColumns },
    type: "bool",
  },
  categorised_as: {
    args: {
      category_definitions: { kind: "categories", ...required },
      ...expectations,
      ...extraColumns,
    },
    type: "categories",
  },
  minimum_of: { args: aggregate, type: "sources" },
  maximum_of: { args: aggregate, type: "sources" },
  fixed_value: { args: { value: { kind: "value", ...required } }, type: "value" },
  date_of: {
    args: {
      source: source.source,
      ...dateFormat,
      ...legacyDateFormat,
      ...expectations,
    },
    type: "date",
  },
  comparator_from: { args: source, type: "str" },
  reference_range_lower_bound_from: { args: source, type: "float" },
  reference_range_upper_bound_from: { args: source, type: "float" },
} as const satisfies Record<string, FunctionShape>;
