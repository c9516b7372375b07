/** Columns made of other columns. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { combining } from "../../definition/functions/combining.ts";
import { compare, emptyValue, integer } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { categoryValue, lowerRules } from "./lower-condition.ts";
import type { Term } from "./lower-condition.ts";
import type { Aspect, Lowered, LowerFamily, Lowering } from "./lowering.ts";

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

function lowerCategories({ rules }: Pick<CheckedColumn, "rules">, to: Lowering): Lowered {
  return { value: lowerRules(rules ?? [], (name) => termOf(name, to)) };
}

/** Values that are empty do not count, whatever the type. */
function lowerExtreme(
  { args }: CheckedColumn<"minimum_of" | "maximum_of">,
  take: "least" | "greatest",
  to: Lowering,
): Lowered {
  const of = (args.column_names ?? []).map((name): Value => {
    const { type } = to.column(name);
    const value: Value = { kind: "column", name };
    if (type === "date") return value;
    const empty = emptyValue(type);
    const when = compare(value, "!=", empty, type === "str" ? "exact" : "number");
    return { kind: "choose", cases: [{ when, then: value }], otherwise: null };
  });
  return { value: { kind: "extreme", take, of } };
}

interface ReadingColumn {
  readonly args: { readonly source: string };
}

function aspect(name: Aspect): (column: ReadingColumn, to: Lowering) => Lowered {
  return ({ args: { source } }, to) => {
    const value = to.lowered.get(source)?.aspects?.[name];
    if (value === undefined) throw new Error(`${source} has no ${name}`);
    return { value };
  };
}

export const lowerCombining: LowerFamily<typeof combining> = {
  satisfying: lowerCategories,
  categorised_as: lowerCategories,
  minimum_of: (column, to) => lowerExtreme(column, "least", to),
  maximum_of: (column, to) => lowerExtreme(column, "greatest", to),
  fixed_value: ({ args: { value } }) => ({
    value: typeof value === "boolean" ? integer(Number(value)) : categoryValue(value),
  }),
  date_of: aspect("date"),
  comparator_from: aspect("comparator"),
  reference_range_lower_bound_from: aspect("lower_bound"),
  reference_range_upper_bound_from: aspect("upper_bound"),
};
