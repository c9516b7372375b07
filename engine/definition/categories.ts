/** Categories as authors write them, and the type that their values give a column. */

/**
 * Values and the expressions that decide them, tried in order: the first that holds wins, and exactly
 * one expression is "DEFAULT". A list of pairs or a Map, whose values may be text or numbers, or an
 * object where all values are text: `{ young: "age < 40", old: "DEFAULT" }`. Numbers need pairs,
 * `[[1, "age < 40"], [2, "DEFAULT"]]`, since JavaScript reorders the keys of an object that look like
 * numbers.
 */
export type Categories<Value extends string | number, Name extends string> =
  | readonly (readonly [value: Value, expression: string])[]
  | ReadonlyMap<Value, string>
  | { readonly [Category in Name]: string };

/** spec/language.md 7.4: 0 and 1 are yes and no; text written as a date is a date. */
export type CategoryType<Value extends string | number> = [Value] extends [number]
  ? NumberType<Value>
  : TextType<Value>;

type NumberType<Value extends number> = number extends Value
  ? "bool" | "int" | "float"
  : [0 | 1, Value] extends [Value, 0 | 1]
    ? "bool"
    : `${Value}` extends `${bigint}`
      ? "int"
      : "float";

type TextType<Value extends string | number> = string extends Value
  ? "str" | "date"
  : [Value] extends [`${number}-${number}-${number}`]
    ? "date"
    : "str";
