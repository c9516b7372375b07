/** Columns and measures in their recorded form, written as calls. */
import { isFunctionName, shapeOf } from "../../definition/function-table.ts";
import type { ArgumentKind } from "../../definition/functions/shape.ts";
import type { Codelist, ColumnDefinition, MeasureDefinition } from "../../definition/model.ts";
import { isPlainObject } from "../../definition/plain-object.ts";
import { camelCase } from "../../definition/snake-case.ts";
import type { Doc } from "./document.ts";
import { callOf, entry, listOf, literal, objectOf } from "./written-code.ts";
import type { Item } from "./written-code.ts";

/** Gives the name of the constant that holds a codelist. */
export type NameCodelist = (codelist: Codelist) => string;

export function columnCode(
  { function: name, args }: ColumnDefinition,
  codelists: NameCodelist,
): Doc {
  const { args: table } = shapeOf(name);
  const names = Object.keys(table);
  const needed = names.filter((each) => table[each]?.required === true);
  const given = (each: string) => Object.hasOwn(args, each);
  const code = (each: string): Doc =>
    given(each) ? argumentCode(table[each]?.kind ?? "text", args[each], codelists) : "undefined";
  const options = names
    .filter((each) => given(each) && !needed.includes(each))
    .map((each): Item => ({ doc: entry(camelCase(each), code(each)) }));
  const last = options.length === 0 ? [] : [{ doc: objectOf(options) }];
  const callee = `patients.${camelCase(name)}`;
  if (!("column_names" in table)) {
    return callOf(callee, [...needed.map((each) => ({ doc: code(each) })), ...last]);
  }
  const sources = Array.isArray(args["column_names"]) ? (args["column_names"] as unknown[]) : [];
  const extra = given("extra_columns") ? [{ doc: code("extra_columns") }] : [];
  return callOf(callee, [...sources.map((each) => ({ doc: literal(each) })), ...extra]);
}

function argumentCode(kind: ArgumentKind, value: unknown, codelists: NameCodelist): Doc {
  switch (kind) {
    case "codelist":
    case "texts":
    case "text-list":
      return isPlainObject(value) ? codelists(value as unknown as Codelist) : literal(value);
    case "extra-columns":
      return columnsCode(value as Readonly<Record<string, ColumnDefinition>>, codelists);
    case "categories":
      return pairsCode(value);
    case "expectations":
      return expectationsCode(value);
    case "vaccination":
    case "vaccine-codes":
      return isPlainObject(value) ? literal(inCamelCase(value)) : literal(value);
    default:
      return literal(value);
  }
}

export function columnsCode(
  columns: Readonly<Record<string, ColumnDefinition>>,
  codelists: NameCodelist,
): Doc {
  const items = Object.entries(columns).map(([name, column]) => ({
    doc: entry(name, isFunctionName(column.function) ? columnCode(column, codelists) : "undefined"),
  }));
  return objectOf(items);
}

function inCamelCase(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [camelCase(key), each]));
}

/** Values may be numbers, and their order counts. */
function pairsCode(value: unknown): Doc {
  return literal(isPlainObject(value) && Array.isArray(value["$pairs"]) ? value["$pairs"] : value);
}

export function expectationsCode(value: unknown): Doc {
  if (!isPlainObject(value)) return literal(value);
  const category = value["category"];
  const items = Object.entries(value).map(([key, each]) => ({
    doc: entry(
      key,
      key === "category" && isPlainObject(category) ? ratiosCode(category) : literal(each),
    ),
  }));
  return objectOf(items);
}

function ratiosCode(category: Readonly<Record<string, unknown>>): Doc {
  const items = Object.entries(category).map(([key, each]) => ({
    doc: entry(key, key === "ratios" ? pairsCode(each) : literal(each)),
  }));
  return objectOf(items);
}

export function measureCode(measure: MeasureDefinition): Doc {
  const { id, numerator, denominator, group_by: groups, from_file: marked = [] } = measure;
  const column = (name: string): Doc =>
    marked.includes(name) ? callOf("fromFile", [{ doc: literal(name) }]) : literal(name);
  const hidden = measure.small_number_suppression;
  const parts: readonly (readonly [string, Doc | null])[] = [
    ["id", literal(id)],
    ["numerator", column(numerator)],
    ["denominator", column(denominator)],
    ["groupBy", groups === null ? null : groupCode(groups, column)],
    ["groups", measure.groups === undefined ? null : literal(measure.groups)],
    ["smallNumberSuppression", hidden === false ? null : literal(hidden)],
    ["rounding", measure.rounding === undefined ? null : literal(measure.rounding)],
  ];
  const items = parts.flatMap(([key, doc]) => (doc === null ? [] : [{ doc: entry(key, doc) }]));
  return callOf("measure", [{ doc: "cohort" }, { doc: objectOf(items) }]);
}

function groupCode(groups: readonly string[], column: (name: string) => Doc): Doc {
  const [only] = groups;
  if (only !== undefined && groups.length === 1) return column(only);
  return listOf(groups.map((name) => ({ doc: column(name) })));
}
