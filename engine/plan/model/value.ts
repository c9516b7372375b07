/**
 * Values of the query model, and tests on them. The same grammar serves one row of a table (leaf `field`)
 * and one patient at one index date (leaves `summary` and `column`). A test is not a value: some databases
 * have no truth values to store. Missing goes through every operation; a test on a missing value fails.
 */
import type { DateFormat, IsoDate } from "../../base/dates.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { Arithmetic, Comparison } from "../../definition/conditions/condition.ts";
import type { DateShift } from "../../definition/dates/date-expression.ts";

export type Value =
  /** Of the row at hand. */
  | { readonly kind: "field"; readonly name: string }
  /** Of the patient's own record. */
  | { readonly kind: "patient"; readonly name: "sex" | "born_on" | "died_on" }
  /** What a summary found for the patient; missing where it found nothing. */
  | { readonly kind: "summary"; readonly id: string; readonly take: string }
  /** Another column of the study, its empty value filled in; a date may be missing. */
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "day"; readonly value: IsoDate }
  | ({ readonly kind: "from-index-date" } & DateShift)
  /** Missing where it leaves the years 1 to 9999. */
  | ({ readonly kind: "shifted"; readonly of: Value } & DateShift)
  | {
      readonly kind: "arithmetic";
      readonly operator: Arithmetic;
      /** Division of whole numbers drops the remainder. */
      readonly integer: boolean;
      readonly left: Value;
      readonly right: Value;
    }
  /** Half away from zero. */
  | { readonly kind: "rounded"; readonly of: Value; readonly digits: number }
  | { readonly kind: "completed-years"; readonly from: Value; readonly to: Value }
  | { readonly kind: "year"; readonly of: Value }
  /** The calendar day of a date and time. */
  | { readonly kind: "day-of"; readonly of: Value }
  /** A 32-bit number as the decimal that it prints as. */
  | { readonly kind: "decimal"; readonly of: Value }
  /** The first case that holds. */
  | {
      readonly kind: "choose";
      readonly cases: readonly { readonly when: Test; readonly then: Value }[];
      readonly otherwise: Value | null;
    }
  | { readonly kind: "coalesce"; readonly of: Value; readonly otherwise: Value }
  /** Of those that are not missing. */
  | { readonly kind: "extreme"; readonly take: "least" | "greatest"; readonly of: readonly Value[] }
  /** The later of two; missing if one is. */
  | { readonly kind: "later"; readonly of: readonly [Value, Value] }
  /** A date as the text that its format shows; "" for none. */
  | { readonly kind: "shown-date"; readonly of: Value; readonly format: DateFormat }
  /** 0 up to 100, the same for a patient and a salt always. */
  | { readonly kind: "patient-hash"; readonly salt: string }
  /** The category that a codelist gives to a code of the row. */
  | { readonly kind: "category"; readonly of: Value; readonly codelist: string };

/** How two values are compared: `folded` text without regard to letter case and trailing spaces. */
export type ComparedAs = "number" | "folded" | "exact" | "date";

export type Test =
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly as: ComparedAs;
      readonly left: Value;
      readonly right: Value;
    }
  | { readonly kind: "is-present"; readonly of: Value }
  | { readonly kind: "all"; readonly of: readonly Test[] }
  | { readonly kind: "any"; readonly of: readonly Test[] }
  | { readonly kind: "not"; readonly of: Test }
  /** A flag of the row. */
  | { readonly kind: "is-true"; readonly of: Value }
  | {
      readonly kind: "in-codelist";
      readonly of: Value;
      readonly codelist: string;
      readonly how: "equal" | "begins" | "begins-after-break" | "contains";
    };

export const integer = (value: number): Value => ({ kind: "integer", value });
export const text = (value: string): Value => ({ kind: "text", value });
export const field = (name: string): Value => ({ kind: "field", name });
export const all = (...of: readonly Test[]): Test => ({ kind: "all", of });
export const any = (...of: readonly Test[]): Test => ({ kind: "any", of });
export const not = (of: Test): Test => ({ kind: "not", of });
export const isPresent = (of: Value): Test => ({ kind: "is-present", of });

export function compare(
  left: Value,
  operator: Comparison,
  right: Value,
  as: ComparedAs = "number",
): Test {
  return { kind: "compare", operator, as, left, right };
}

/** 1 where the test holds, otherwise 0. */
export function flag(when: Test): Value {
  return { kind: "choose", cases: [{ when, then: integer(1) }], otherwise: integer(0) };
}

/** What a value of the type is where nothing was recorded; dates stay missing. */
export function emptyValue(type: Exclude<ValueType, "date">, emptyNumber = 0): Value {
  switch (type) {
    case "str":
      return text("");
    case "float":
      return { kind: "float", value: emptyNumber };
    default:
      return integer(emptyNumber);
  }
}
