/**
 * What the arguments of each function are after `check`, read from the function table: so that what comes
 * after the definition reads `column.args.codelist` as a codelist, and a misspelt name does not compile.
 */
import type { DateFormat } from "../base/dates.ts";
import type { ValueType } from "../base/value-types.ts";
import type { DateExpression } from "./dates/date-expression.ts";
import type { functionTable, FunctionName } from "./function-table.ts";
import type { ArgumentKind, ArgumentShape } from "./functions/shape.ts";
import type { Codelist } from "./model.ts";

/** Text, a list of text, or a codelist without categories. */
export type Texts = string | readonly string[] | Codelist;

export interface VaccineTexts {
  readonly target_disease_matches?: Texts | null;
  readonly product_name_matches?: Texts | null;
}

/** Both, where both are given, of two rows of a patient. */
export interface VaccineCodes {
  readonly procedure_codes?: Codelist | null;
  readonly product_codes?: Codelist | null;
}

/** What an argument of each kind holds. */
interface ArgumentTypes {
  readonly date: string;
  readonly between: readonly [from: string | null, to: string | null];
  readonly codelist: Codelist;
  readonly texts: Texts;
  readonly "text-list": readonly string[] | Codelist;
  readonly text: string;
  /** A number, or its digits. */
  readonly number: number | string;
  readonly flag: boolean;
  readonly returning: string;
  readonly "date-format": DateFormat;
  readonly source: string;
  readonly sources: readonly string[];
  readonly condition: string;
  readonly value: string | number | boolean;
  readonly "value-type": ValueType;
  readonly vaccination: VaccineTexts;
  /** Read as the rules, the expectations and the columns that `check` makes of them. */
  readonly categories: unknown;
  readonly expectations: unknown;
  readonly "extra-columns": unknown;
  readonly "vaccine-codes": VaccineCodes;
}

/** Spellings for which `check` puts another: see check/normalise-args.ts. */
type Replaced =
  | "return_expectations"
  | "extra_columns"
  | "include_day"
  | "include_month"
  | "return_binary_flag"
  | "return_number_of_matches_in_period"
  | "return_first_date_in_period"
  | "return_last_date_in_period"
  | "on_or_after"
  | "on_or_before";

type Renamed = {
  readonly ignore_days_where_these_clinical_codes_occur: "ignore_days_where_these_codes_occur";
};

type Table = typeof functionTable;
type Shapes<Name extends FunctionName> = Table[Name]["args"];

type Choices<Name extends FunctionName> = Table[Name] extends { readonly returning: infer Types }
  ? keyof Types
  : never;

/** `with_an_isaric_record` and `registered_practice_as_of` can return more than the table says. */
type Returning<Name extends FunctionName> = Name extends "with_an_isaric_record"
  ? string
  : Name extends "registered_practice_as_of"
    ? Choices<Name> | `rct__${string}`
    : Choices<Name>;

type ValueOf<Name extends FunctionName, Shape> = Shape extends {
  readonly oneOf: readonly (infer Text)[];
}
  ? Text
  : Shape extends { readonly kind: "returning" }
    ? Returning<Name>
    : Shape extends { readonly kind: infer Kind extends ArgumentKind }
      ? ArgumentTypes[Kind]
      : never;

type Given<Name extends FunctionName> = {
  readonly [Argument in keyof Shapes<Name>]: Shapes<Name>[Argument] extends
    { readonly required: true } | { readonly default: NonNullable<ArgumentShape["default"]> }
    ? Argument
    : never;
}[keyof Shapes<Name>];

type Canonical<Argument> = Argument extends keyof Renamed ? Renamed[Argument] : Argument;

/** Arguments that are required or have a default are there; the others where the author gives them. */
export type CheckedArgs<Name extends FunctionName> = {
  readonly [Argument in Exclude<Given<Name>, Replaced>]: ValueOf<Name, Shapes<Name>[Argument]>;
} & {
  readonly [
    Argument in Exclude<keyof Shapes<Name>, Given<Name> | Replaced> as Canonical<Argument>
  ]?: ValueOf<Name, Shapes<Name>[Argument]>;
};

/** The date expressions among the arguments, besides the ends of the period. */
export type CheckedDates<Name extends FunctionName> = {
  readonly [
    Argument in keyof Shapes<Name> as Shapes<Name>[Argument] extends { readonly kind: "date" }
      ? Exclude<Argument, Replaced>
      : never
  ]: DateExpression;
};
