/** Categories as authors write them, and the type that their values give a column. */

/**
 * Values and the expressions that decide them, tried in order: the first that holds wins, and exactly
 * one expression is "DEFAULT". A list of pairs or a Map, whose values may be text or numbers, or an
 * object where all values are text: `{ young: "age < 40", old: "DEFAULT" }`. Numbers need pairs,
 * `[[1, "age < 40"], [2, "DEFAULT"]]`, since JavaScript reorders the keys of an object that look like
 * numbers.
 */
export type Categories =
  | readonly (readonly [value: string | number, expression: string])[]
  | ReadonlyMap<string | number, string>
  | { readonly [value: string]: string; readonly [number: number]: never };

/** The type of a column of these categories. */
export type CategoryType<Given extends Categories> = TypeOfValues<ValuesOf<Given>>;

type ValuesOf<Given> = Given extends readonly (readonly [infer Value, string])[]
  ? Value
  : Given extends ReadonlyMap<infer Value, string>
    ? Value
    : keyof Given;

/** 0 and 1 are yes and no; text written as a date is a date. */
type TypeOfValues<Value> = [Value] extends [number] ? NumberType<Value> : TextType<Value>;

type NumberType<Value extends number> = number extends Value
  ? "bool" | "int" | "float"
  : [0 | 1, Value] extends [Value, 0 | 1]
    ? "bool"
    : `${Value}` extends `${bigint}`
      ? "int"
      : "float";

type TextType<Value> = string extends Value
  ? "str" | "date"
  : [Value] extends [`${number}-${number}-${number}`]
    ? "date"
    : "str";
