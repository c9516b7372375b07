/** What a `patients.*` call gives. */
import type { ValueType } from "../base/value-types.ts";
import type { ColumnDefinition } from "./model.ts";

declare const valueType: unique symbol;
declare const implied: unique symbol;

/** `NAME_date` of `includeDateOfMatch`, `NAME_date_measured` of `includeMeasurementDate`. */
export type ImpliedSuffix = "date" | "date_measured";

/**
 * One column of a study: a frozen definition whose type parameters say what it
 * holds and which further column comes with it. Both exist for the compiler only.
 */
export interface Column<
  Type extends ValueType = ValueType,
  Implied extends ImpliedSuffix = never,
> extends ColumnDefinition {
  readonly [valueType]: Type;
  readonly [implied]: Implied;
}

/** Any result of `patients.*`. */
export type AnyColumn = Column<ValueType, ImpliedSuffix>;

/** Columns by the name the author gives them. */
export type NamedColumns = Readonly<Record<string, AnyColumn>>;

/** What a column holds. */
export type TypeOf<C> = C extends Column<infer Type, ImpliedSuffix> ? Type : never;

/** The suffix of the column that comes with it; never where none does. */
export type ImpliedOf<C> = C extends Column<ValueType, infer Suffix> ? Suffix : never;

/** Fits wherever a column of any type is wanted: what the untyped maker of columns gives. */
export type MadeColumn = Column<never>;

const made = new WeakSet();

/** Marks a definition as made by this library; nothing else counts as a column. */
export function madeColumn(definition: ColumnDefinition): MadeColumn {
  made.add(definition);
  return Object.freeze(definition) as MadeColumn;
}

/** Whether `patients.*` made it. A hand-written or altered object did not pass through its checks. */
export function isColumn(value: unknown): value is AnyColumn {
  return typeof value === "object" && value !== null && made.has(value);
}
