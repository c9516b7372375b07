/** What a value is, in words, for problems. Never the value itself. */
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

/** An object as `{}` writes it, or one without a prototype. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Names that reach an object's prototype in some reader of JSON or other. */
export const forbiddenNames: readonly string[] = ["__proto__", "constructor", "prototype"];
