/** Columns made of other columns, and of files. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import { compare, emptyValue, field, integer, text } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { categoryValue, lowerRules } from "./lower-condition.ts";
import type { Term } from "./lower-condition.ts";
import type { Aspect, LowerColumn, Lowered, Lowering } from "./lowering.ts";

/** A column as conditions see it: a date is the text that its format shows. */
function termOf(name: string, to: Lowering): Term {
  const { type, dateFormat } = to.column(name);
  const value: Value = { kind: "column", name };
  const shown: Value =
    type === "date" ? { kind: "shown-date", of: value, format: dateFormat ?? "YYYY-MM-DD" } : value;
  const { emptyNumber = 0, emptyText } = to.lowered.get(name) ?? {};
  const term = { value: shown, type, emptyNumber };
  return emptyText === undefined ? term : { ...term, emptyText };
}

function lowerCategories(column: CheckedColumn, to: Lowering): Lowered {
  return { value: lowerRules(column.rules ?? [], (name) => termOf(name, to)) };
}

/** Values that are empty do not count, whatever the type. */
function lowerExtreme(take: "least" | "greatest"): LowerColumn {
  return (column, to) => {
    const names = column.args["column_names"] as readonly string[];
    const of = names.map((name): Value => {
      const { type } = to.column(name);
      const value: Value = { kind: "column", name };
      if (type === "date") return value;
      const empty = emptyValue(type);
      const when = compare(value, "!=", empty, type === "str" ? "exact" : "number");
      return { kind: "choose", cases: [{ when, then: value }], otherwise: null };
    });
    return { value: { kind: "extreme", take, of } };
  };
}

function aspect(name: Aspect): LowerColumn {
  return (column, to) => {
    const source = String(column.args["source"]);
    const value = to.lowered.get(source)?.aspects?.[name];
    if (value === undefined) throw new Error(`${source} has no ${name}`);
    return { value };
  };
}

function fixedValue({ args }: CheckedColumn): Lowered {
  const given = args["value"];
  if (typeof given === "boolean") return { value: integer(Number(given)) };
  if (typeof given === "number") return { value: categoryValue(given) };
  return { value: typeof given === "string" ? categoryValue(given) : text("") };
}

function valueFromFile(column: CheckedColumn, to: Lowering): Lowered {
  const { f_path: path, returning } = column.args;
  const rows = to.file({ path: String(path), column: String(returning), type: column.type });
  const output = { kind: "each", take: { value: field("value") } } as const;
  return { value: to.summary(rows, { kind: "always" }, output)() };
}

function existsInFile(column: CheckedColumn, to: Lowering): Lowered {
  const rows = to.file({ path: String(column.args["f_path"]), column: null, type: "bool" });
  const output = { kind: "each", take: { value: integer(1) } } as const;
  return { value: to.summary(rows, { kind: "always" }, output)() };
}

export const combiningFunctions = {
  satisfying: lowerCategories,
  categorised_as: lowerCategories,
  minimum_of: lowerExtreme("least"),
  maximum_of: lowerExtreme("greatest"),
  fixed_value: fixedValue,
  date_of: aspect("date"),
  comparator_from: aspect("comparator"),
  reference_range_lower_bound_from: aspect("lower_bound"),
  reference_range_upper_bound_from: aspect("upper_bound"),
  with_value_from_file: valueFromFile,
  which_exist_in_file: existsInFile,
} as const satisfies Record<string, LowerColumn>;
