/** Objects that JSON carries, and the names that none may use. */

/** An object as `{}` writes it, or one without a prototype. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Names that reach an object's prototype in some reader of JSON or other. */
export const forbiddenNames: readonly string[] = ["__proto__", "constructor", "prototype"];
