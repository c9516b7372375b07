/** Makes what an author passes into frozen JSON, or says what cannot be. */
import { fail } from "./author-side-problems.ts";
import { describeValue } from "./describe-value.ts";
import type { Json } from "./model.ts";
import { forbiddenNames, isPlainObject } from "./plain-object.ts";

/** Which call and which of its arguments a value belongs to. */
export interface Spot {
  /** `patients.sex`. */
  readonly function: string;
  readonly argument: string;
}

const deepest = 100;

/**
 * A frozen copy of a value that JSON carries without loss. Properties that are undefined are absent
 * from the copy. Problems "value-not-plain" and "forbidden-name" for anything else: functions, NaN,
 * dates, undefined in a list, values that contain themselves.
 */
export function plainValue(value: unknown, spot: Spot, depth = 0): Json {
  if (depth > deepest) return notPlain(spot, "a value inside itself, or a very deep one");
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) {
    // Array.from, unlike map, visits the holes of a list.
    const items = Array.from(value, (item: unknown) => plainValue(item, spot, depth + 1));
    return Object.freeze(items);
  }
  if (isPlainObject(value)) return plainObject(value, spot, depth);
  return notPlain(spot, describeValue(value));
}

function plainObject(value: Readonly<Record<string, unknown>>, spot: Spot, depth: number): Json {
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    refuseForbidden(key, spot);
    if (item !== undefined) entries.push([key, plainValue(item, spot, depth + 1)]);
  }
  if (Object.getOwnPropertySymbols(value).length > 0) notPlain(spot, "a symbol");
  return Object.freeze(Object.fromEntries(entries));
}

export function refuseForbidden(name: string, spot: Spot): void {
  if (!forbiddenNames.includes(name)) return;
  fail("forbidden-name", { where: `${spot.function}, ${JSON.stringify(spot.argument)}`, name });
}

function notPlain(spot: Spot, found: string): never {
  return fail("value-not-plain", { ...spot, found });
}
