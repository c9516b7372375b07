/** A selection of a mapping file as one of a provision. */
import type { ContractTable, FieldType } from "../contract.ts";
import type { PhysicalKind } from "../physical-table.ts";
import type { Condition, Join, Selection, Source } from "../provision.ts";
import { bindExpression, bindName } from "./bound-expression.ts";
import type { Names, Relation } from "./bound-expression.ts";
import type { BoundTables } from "./bound-tables.ts";
import { fieldTypes } from "./field-types.ts";
import type { Kinds } from "./form.ts";
import type {
  ChangedFields,
  Expression,
  MappedCondition,
  MappedJoin,
  MappedSelection,
} from "./mapping.ts";
import type { Notes } from "./shape.ts";
import { wanted } from "./wanted-kinds.ts";
import { wantedText } from "./way-out.ts";

export interface Binding {
  readonly tables: BoundTables;
  readonly notes: Notes;
  /** Whether ids have 64 bits, all of which count. */
  readonly hasLongIds: boolean;
}

/** What is missing has the type of what would be there. */
const missing: { readonly [T in FieldType]: Source } = {
  id: noNumber(),
  int: noNumber(),
  real: { kind: "number-in-text", of: { kind: "missing" } },
  text: { kind: "missing" },
  code: { kind: "missing" },
  flag: { kind: "when", of: { kind: "flag", value: true }, is: number(1), in: [2] },
  date: { kind: "day-in-text", of: { kind: "missing" }, layout: "iso" },
  datetime: { kind: "earlier", of: [{ kind: "missing" }, { kind: "missing" }] },
};

function number(value: number): Source {
  return { kind: "number", value };
}

function noNumber(): Source {
  return { kind: "when", of: number(1), is: number(1), in: [2] };
}

/** Null where something of it is not there, which is noted. */
export function bindSelection(
  mapped: MappedSelection,
  table: ContractTable,
  binding: Binding,
): Selection | null {
  const from = binding.tables.table(mapped.from);
  const relations = new Map<string, Relation>();
  const names = { relations, ...binding };
  if (from !== null) {
    const main = { alias: "t", table: from };
    relations.set("", main).set(lastName(from), main);
  }
  const joins = bindJoins(mapped.joins, "j", names);
  const where = bindConditions(mapped.where, names);
  const fields = bindFields(mapped.fields, table, names);
  const latest = bindLatest(mapped, names);
  if (from === null || joins === null || where === null || fields === null) return null;
  return {
    table: from,
    alias: "t",
    ...(joins.length === 0 ? {} : { joins }),
    ...(where.length === 0 ? {} : { where }),
    ...(mapped.distinct ? { distinct: true } : {}),
    ...(mapped.unique ? { unique: true } : {}),
    ...(latest === null ? {} : { latest }),
    fields,
  };
}

const ORDERED: Kinds = ["datetime", "date", "int", "text"];

function bindLatest({ latest }: MappedSelection, names: Names): Source | null {
  if (latest === null) return null;
  return bindExpression(latest, { wanted: ORDERED, field: "latest" }, names)?.source ?? null;
}

/** A selection of what the file is based on, with other fields. */
export function changeSelection(
  base: Selection,
  by: ChangedFields,
  { table, binding }: { readonly table: ContractTable; readonly binding: Binding },
): Selection | null {
  const relations = new Map<string, Relation>();
  const names = { relations, ...binding };
  const main = { alias: base.alias, table: base.table };
  for (const { alias, table: name } of [main, ...(base.joins ?? [])])
    relations
      .set(lastName(name), { alias, table: name })
      .set(alias.toLowerCase(), { alias, table: name });
  relations.set("", main);
  const joins = bindJoins(by.joins, "j", names);
  const where = bindConditions(by.where, names);
  const fields = bindFields(by.fields, table, names);
  if (joins === null || where === null || fields === null) return null;
  return {
    ...base,
    ...(joins.length === 0 ? {} : { joins: [...(base.joins ?? []), ...joins] }),
    ...(where.length === 0 ? {} : { where: [...(base.where ?? []), ...where] }),
    fields: { ...base.fields, ...fields },
  };
}

function lastName(table: string): string {
  return (table.split(".").at(-1) ?? "").toLowerCase();
}

/** Floating numbers are left out: two that look equal need not be. */
const JOINED: Kinds = ["long", "int", "text", "date", "datetime", "bit"];

function bindJoins(
  joins: readonly MappedJoin[],
  prefix: string,
  names: Names,
): readonly Join[] | null {
  const bound = joins.map((join, i) => bindJoin(join, `${prefix}${i}`, names));
  const whole = bound.filter((join) => join !== null);
  return whole.length === bound.length ? whole : null;
}

function bindJoin(
  { at, table: named, as, kind, on }: MappedJoin,
  alias: string,
  names: Names,
): Join | null {
  const table = names.tables.table(named);
  if (table === null) return null;
  const relations = names.relations as Map<string, Relation>;
  if (relations.has(as.toLowerCase())) {
    const wanted = "a name that no other table here has";
    names.notes.note("mapping-value", { what: `as: ${as}`, wanted }, at);
    return null;
  }
  relations.set(as.toLowerCase(), { alias, table });
  const pairs = on.map(([left, right]) => {
    const [one, other] = [bindName(left, JOINED, names), bindName(right, JOINED, names)];
    if (one === null || other === null) return null;
    if (!isAlike(one.kind, other.kind)) {
      const types = [wantedText([one.kind]), wantedText([other.kind])] as const;
      const facts = { columns: [one.column, other.column], types } as const;
      names.notes.note("mapping-join-types", facts, left.at);
    }
    return [`${one.alias}.${one.column}`, `${other.alias}.${other.column}`] as const;
  });
  const whole = pairs.filter((pair) => pair !== null);
  return whole.length === pairs.length ? { table, alias, kind, on: whole } : null;
}

function isAlike(one: PhysicalKind, other: PhysicalKind): boolean {
  const plain = (kind: PhysicalKind) => (kind === "long" ? "int" : kind);
  return plain(one) === plain(other);
}

function bindConditions(
  conditions: readonly MappedCondition[],
  names: Names,
): readonly Condition[] | null {
  const bound = conditions.map(({ column, is }): Condition | null => {
    const [first] = is;
    const kinds = kindsOfValue(first);
    if (
      is.some((value) => typeof value !== typeof first) ||
      (is.length > 1 && typeof first === "boolean")
    ) {
      const wanted = "values of one kind: texts, or whole numbers, or true or false alone";
      names.notes.note("mapping-value", { what: `where ${column.column}`, wanted }, column.at);
      return null;
    }
    const name = bindName(column, kinds, names);
    if (name === null || first === undefined) return null;
    const of = `${name.alias}.${name.column}`;
    return is.length === 1 ? [of, first] : [of, is as readonly (string | number)[]];
  });
  const whole = bound.filter((condition) => condition !== null);
  return whole.length === bound.length ? whole : null;
}

function kindsOfValue(value: string | number | boolean | undefined): Kinds {
  if (typeof value === "boolean") return ["bit"];
  return typeof value === "number" ? ["long", "int"] : ["text"];
}

const LONG: Kinds = ["long", "int"];

function bindFields(
  fields: ReadonlyMap<string, Expression>,
  table: ContractTable,
  { hasLongIds, ...names }: Names & Pick<Binding, "hasLongIds">,
): Readonly<Record<string, Source>> | null {
  const types = fieldTypes(table);
  const bound = [...fields].map(([field, expression]) => {
    const type = types[field] ?? "text";
    if (expression.kind === "missing") return [field, missing[type]] as const;
    const what = { wanted: type === "id" && hasLongIds ? LONG : wanted(type), field };
    const source = bindExpression(expression, what, names)?.source;
    return source === undefined ? null : ([field, source] as const);
  });
  const whole = bound.filter((field) => field !== null);
  return whole.length === bound.length ? Object.fromEntries(whole) : null;
}
