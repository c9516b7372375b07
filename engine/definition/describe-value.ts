/** What a value is, in words, for problems. */
import { isPlainObject } from "./plain-object.ts";

/** "text", "a list", "a Date". Never the value itself. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return describeObject(value);
  if (Number.isNaN(value)) return "NaN (not a number)";
  if (value === Infinity || value === -Infinity) return "an infinite number";
  return words[typeof value];
}

const words = {
  string: "text",
  number: "a number",
  bigint: "a big integer",
  boolean: "true or false",
  symbol: "a symbol",
  undefined: "undefined",
  function: "a function",
  object: "an object",
} as const;

function describeObject(value: object): string {
  if (isPlainObject(value)) return "an object";
  const maker: unknown = value.constructor;
  return typeof maker === "function" && maker.name !== "" ? `a ${maker.name}` : "an object";
}
