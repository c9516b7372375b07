/** Each kind of argument from the way authors write it to its canonical form. */
import { fail } from "./author-side-problems.ts";
import { filesOf } from "./codelists/make-codelist.ts";
import { isColumn } from "./column.ts";
import type { AnyColumn } from "./column.ts";
import { describeValue } from "./describe-value.ts";
import type { ArgumentKind } from "./functions/shape.ts";
import type { Json, Pairs } from "./model.ts";
import { isPlainObject } from "./plain-object.ts";
import { plainValue, refuseForbidden } from "./plain-value.ts";
import type { Spot } from "./plain-value.ts";
import { snakeCase } from "./snake-case.ts";

/** The canonical form of an argument (model.ts). Problems where it cannot have one. */
export function givenArgument(kind: ArgumentKind, value: unknown, spot: Spot): unknown {
  switch (kind) {
    case "categories":
      return categoryPairs(value, spot);
    case "expectations":
      return givenExpectations(value, spot);
    case "codelist":
      return givenCodes(codelistAt(value, spot), spot);
    case "extra-columns":
      return givenColumns(value, spot);
    case "texts":
    case "text-list":
      return givenCodes(isPlainObject(value) ? codelistAt(value, spot) : value, spot);
    case "vaccination":
    case "vaccine-codes":
      return isPlainObject(value)
        ? plainValue(withSnakeCase(value), spot)
        : plainValue(value, spot);
    default:
      return plainValue(value, spot);
  }
}

/** The text of a file or a list of codes says no system, and what another library made has other parts. */
function codelistAt(value: unknown, spot: Spot): unknown {
  if (value === null) return value;
  const { system, codes } = isPlainObject(value) ? value : {};
  if (system !== undefined && Array.isArray(codes)) return value;
  const wayOut = 'Make one: codelist(["195967001"], "snomed") or codelistFromCsv("codelists/…").';
  return fail("value-wrong", { ...wrong(value, spot, "a codelist"), wayOut });
}

function wrong(value: unknown, spot: Spot, expected: string) {
  return { ...spot, expected, found: describeValue(value) };
}

const seenCodes = new WeakMap<object, Json>();

/** One codelist often serves many columns; a frozen one is copied once. */
function givenCodes(value: unknown, spot: Spot): Json {
  if (typeof value !== "object" || value === null || !Object.isFrozen(value)) {
    return plainValue(value, spot);
  }
  const seen = seenCodes.get(value);
  if (seen !== undefined) return seen;
  const plain = withFiles(plainValue(value, spot), value);
  seenCodes.set(value, plain);
  return plain;
}

/** Where its codes come from, for the sandbox to tell; elsewhere a codelist is its codes alone. */
function withFiles(plain: Json, made: object): Json {
  const files = globalThis.cohortlineHost === undefined ? [] : filesOf(made);
  if (files.length === 0 || !isPlainObject(plain)) return plain;
  return Object.freeze({ ...plain, files: files.map(({ file, column }) => ({ file, column })) });
}

/**
 * `{ $pairs }` from pairs, a Map, or an object none of whose keys looks like a number: JavaScript
 * moves such keys to the front, but the first category that holds wins, and it makes text of them.
 */
function categoryPairs(value: unknown, spot: Spot): Pairs {
  if (isPlainObject(value)) {
    const key = Object.keys(value).find((each) => looksLikeNumber.test(each));
    if (key !== undefined) fail("categories-order", { ...spot, key });
    return pairsFrom(Object.entries(value), spot);
  }
  const pairs: unknown = value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
  if (!isListOfPairs(pairs)) return fail("categories-not-pairs", { ...spot, fault: "" });
  const odd = pairs.findIndex(([key, expression]) => !isCategory(key, expression));
  const [key, expression] = pairs[odd] ?? [];
  if (odd !== -1) {
    const fault = `: pair ${odd + 1} is ${describeValue(key)} and ${describeValue(expression)}`;
    fail("categories-not-pairs", { ...spot, fault });
  }
  return pairsFrom(pairs, spot);
}

function isCategory(key: unknown, expression: unknown): boolean {
  return ["string", "number"].includes(typeof key) && typeof expression === "string";
}

const looksLikeNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Ratios may be pairs too, since categories may be numbers, or null for a share of missing values: that is
 * the empty text. The rest of expectations is plain.
 */
function givenExpectations(value: unknown, spot: Spot): Json {
  if (value !== null && !isPlainObject(value)) {
    const wayOut = 'Write { rate: "uniform", incidence: 0.5 }.';
    return fail("value-wrong", { ...wrong(value, spot, "an object of expectations"), wayOut });
  }
  if (!isPlainObject(value) || !isPlainObject(value["category"])) return plainValue(value, spot);
  const { ratios } = value["category"];
  const pairs: unknown = ratios instanceof Map ? [...(ratios as Map<unknown, unknown>)] : ratios;
  if (!isListOfPairs(pairs)) return plainValue(value, spot);
  const named = pairs.map(([key, share]) => [key ?? "", share] as const);
  const category = { ...value["category"], ratios: { $pairs: named } };
  return plainValue({ ...value, category }, spot);
}

function isListOfPairs(value: unknown): value is readonly (readonly [unknown, unknown])[] {
  return Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2);
}

function pairsFrom(pairs: readonly (readonly [unknown, unknown])[], spot: Spot): Pairs {
  return plainValue({ $pairs: pairs }, spot) as unknown as Pairs;
}

/** Frozen columns by name, in the author's order. Problem "not-a-column" for anything else. */
export function givenColumns(value: unknown, spot: Spot): Readonly<Record<string, AnyColumn>> {
  if (!isPlainObject(value)) return notColumn(value, spot, "an object of columns");
  const entries: [string, AnyColumn][] = [];
  for (const [name, column] of Object.entries(value)) {
    refuseForbidden(name, spot);
    if (column !== undefined)
      entries.push([name, givenColumn(column, { ...spot, argument: name })]);
  }
  return Object.freeze(Object.fromEntries(entries));
}

export function givenColumn(value: unknown, spot: Spot): AnyColumn {
  return isColumn(value) ? value : notColumn(value, spot, "a column");
}

function notColumn(value: unknown, spot: Spot, needed: "a column" | "an object of columns"): never {
  return fail("not-a-column", { ...spot, found: describeValue(value), needed });
}

function withSnakeCase(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [snakeCase(key), item]));
}
