/** The vocabulary of the function table: what arguments there are and how a result's type is found. */
import type { ValueType } from "../../base/value-types.ts";

/** What an argument holds; `check` has one reader per kind. */
export type ArgumentKind =
  /** A date expression; may name columns of the study. */
  | "date"
  /** A list of two date expressions, either may be null. */
  | "between"
  | "codelist"
  /** Text, a list of text, or a codelist. */
  | "texts"
  /** A list of text, or a codelist; never a bare text. */
  | "text-list"
  | "text"
  | "number"
  | "flag"
  | "returning"
  | "date-format"
  | "expectations"
  /** The name of one column of the study. */
  | "source"
  /** Names of columns, or ISO dates. */
  | "sources"
  | "extra-columns"
  | "categories"
  | "condition"
  | "value"
  | "value-type"
  /** `target_disease_matches` and `product_name_matches`. */
  | "vaccination"
  /** Accepted for another kind of database and not read. */
  | "vaccine-codes";

export interface ArgumentShape {
  readonly kind: ArgumentKind;
  readonly required?: true;
  readonly default?: boolean | number | string;
  /** The only texts it takes. */
  readonly oneOf?: readonly string[];
}

/** How the type of a function's column is decided. */
export type TypeRule = ValueType | "returning" | "categories" | "sources" | "value" | "argument";

export interface FunctionShape {
  /** In the reference's positional order. */
  readonly args: Readonly<Record<string, ArgumentShape>>;
  readonly type: TypeRule;
  /** The values of `returning` it supports and the type of each. */
  readonly returning?: Readonly<Record<string, ValueType>>;
  /** Where `date_of` may read a date, unless returning one of these; absent = nowhere. */
  readonly dateOf?: { readonly except: readonly string[] };
}

export const required = { required: true } as const;
export const date = { kind: "date" } as const;
export const flag = { kind: "flag" } as const;
export const expectations = { return_expectations: { kind: "expectations" } } as const;
export const dateFormat = { date_format: { kind: "date-format" } } as const;
export const legacyDateFormat = { include_month: flag, include_day: flag } as const;
export const period = {
  on_or_before: date,
  on_or_after: date,
  between: { kind: "between" },
} as const;
export const find = { find_first_match_in_period: flag, find_last_match_in_period: flag } as const;

/** What the column holds if `returning` is not given. */
export function returningOr<const Value extends string>(value: Value) {
  return { returning: { kind: "returning", default: value } } as const;
}
