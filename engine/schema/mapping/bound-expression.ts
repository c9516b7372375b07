/** An expression as the source that it stands for, each column held against what it must be. */
import { parseIsoDate } from "../../base/dates.ts";
import { nearestNames } from "../../base/nearest.ts";
import type { YamlMark } from "../../base/yaml-node.ts";
import type { PhysicalKind } from "../physical-table.ts";
import type { Source } from "../provision.ts";
import type { BoundTables } from "./bound-tables.ts";
import type { Given, Kinds } from "./form.ts";
import { formOf } from "./forms.ts";
import type { ColumnName, Expression } from "./mapping.ts";
import type { Notes } from "./shape.ts";
import { wantedText } from "./way-out.ts";

/** What the names of columns mean in one selection. */
export interface Names {
  /** By what columns are qualified with, in lower case; "" for the table itself. */
  readonly relations: ReadonlyMap<string, Relation>;
  readonly tables: BoundTables;
  readonly notes: Notes;
}

export interface Relation {
  readonly alias: string;
  readonly table: string;
}

export interface Bound {
  readonly source: Source;
  readonly kind: PhysicalKind;
}

/** `field` names what it is for, in messages. Null where something is wrong with it, which is noted. */
export function bindExpression(
  expression: Expression,
  { wanted, field }: { readonly wanted: Kinds; readonly field: string },
  names: Names,
): Bound | null {
  const [kind = "text"] = wanted;
  const otherwise = (gives: string): null => {
    const facts = { field, gives, wanted: wantedText(wanted) };
    names.notes.note("mapping-expression-type", facts, expression.at);
    return null;
  };
  switch (expression.kind) {
    case "column":
      return bindColumn(expression, wanted, names);
    case "value": {
      const { value } = expression;
      if (typeof value === "boolean")
        return wanted.includes("bit")
          ? { source: { kind: "flag", value }, kind: "bit" }
          : otherwise("true or false");
      if (typeof value === "number")
        return kind === "int" || wanted.includes("real")
          ? { source: { kind: "number", value }, kind: "int" }
          : otherwise("a number");
      return wanted.includes("text")
        ? { source: { kind: "text", value }, kind: "text" }
        : otherwise("text");
    }
    case "missing":
    case "lacking":
      return { source: { kind: expression.kind }, kind };
    case "made":
      return bindMade(expression, { wanted, otherwise }, names);
  }
}

/** The alias, column and kind of a name; null, noted, where it is none. */
export function bindName(
  { of, column, at }: ColumnName,
  wanted: Kinds,
  { relations, tables, notes }: Names,
): { readonly alias: string; readonly column: string; readonly kind: PhysicalKind } | null {
  const relation = relations.get((of ?? "").toLowerCase());
  if (relation === undefined) {
    const known = [...relations.keys()].filter((name) => name !== "");
    const name = of ?? "";
    const facts = { what: "The joined table", name, known, nearest: nearestNames(name, known) };
    // The table itself was not there, which is noted already.
    if (name !== "") notes.note("mapping-unknown", facts, at);
    return null;
  }
  // One of the base is looked for when something of it is named.
  if (tables.table({ name: relation.table, at }) === null) return null;
  const found = tables.column(relation.table, column, wanted, at);
  return found === null ? null : { alias: relation.alias, ...found };
}

function bindColumn(name: ColumnName, wanted: Kinds, names: Names): Bound | null {
  const bound = bindName(name, wanted, names);
  if (bound === null) return null;
  const { alias, column, kind } = bound;
  return { source: { kind: "column", alias, column }, kind };
}

type Made = Extract<Expression, { kind: "made" }>;

function bindMade(
  { form: name, parts, given, at }: Made,
  {
    wanted,
    otherwise,
  }: {
    readonly wanted: Kinds;
    readonly otherwise: (gives: string) => null;
  },
  names: Names,
): Bound | null {
  const form = formOf(name);
  const kind = (form.gives ?? wanted).find((each) => wanted.includes(each));
  if (kind === undefined) return otherwise(wantedText(form.gives ?? []));
  const bound = parts.map((part, place) => {
    const kinds = form.part(place, wanted, given);
    if (kinds.length === 0) return otherwise("days or times");
    if (part.kind === "lacking") return notLacking(name, part.at, names);
    return bindExpression(part, { wanted: kinds, field: name }, names);
  });
  const whole = bound.filter((part) => part !== null);
  const [first] = whole;
  if (whole.length < bound.length || first === undefined) return null;
  const of = form.gives === null ? first.kind : kind;
  if (name === "unless") return unlessOf(first, given, { at, names });
  const sources = whole.map((part) => (name === "renamed" ? asText(part) : part.source));
  return { source: form.make(sources, given), kind: of };
}

function notLacking(form: string, at: YamlMark, { notes }: Names): null {
  notes.note(
    "mapping-value",
    { what: `a part of ${form}`, wanted: "a column or an expression" },
    at,
  );
  return null;
}

/** The names of numbers are their digits. */
function asText({ source, kind }: Bound): Source {
  return kind === "text" ? source : { kind: "digits", of: source };
}

/** What is missing is told by the values that stand for it, which are of the column's own kind. */
function unlessOf(
  { source, kind }: Bound,
  { texts = [] }: Given,
  { at, names }: { readonly at: YamlMark; readonly names: Names },
): Bound | null {
  if (kind === "text") return { source: { kind: "unless", of: source, texts }, kind };
  const what = "texts of unless";
  if (kind === "date" || kind === "datetime") {
    const days = texts.flatMap((text) => parseIsoDate(text) ?? []);
    if (days.length === texts.length)
      return { source: { kind: "unless-day", of: source, days }, kind };
    names.notes.note("mapping-value", { what, wanted: "days such as 9999-12-31" }, at);
    return null;
  }
  const numbers = texts.map(Number).filter((number) => Number.isSafeInteger(number));
  if (kind !== "bit" && numbers.length === texts.length)
    return { source: { kind: "unless-number", of: source, numbers }, kind };
  names.notes.note("mapping-value", { what, wanted: "whole numbers" }, at);
  return null;
}
