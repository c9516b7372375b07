/** Untrusted JSON made harmless before anything looks at it. */
import type { Problem } from "../../base/problems.ts";
import { problem } from "../author-side-problems.ts";
import { describeValue } from "../describe-value.ts";
import type { Json } from "../model.ts";
import { forbiddenNames, isPlainObject } from "../plain-object.ts";

/** Beyond any study that a person writes, and well within what memory and call stack bear. */
export const jsonLimits = {
  depth: 200,
  values: 20_000_000,
  textLength: 100_000,
  nameLength: 1_000,
} as const;

/** Collects problems; a file that is wrong throughout need not list all of it. */
export interface JsonReading {
  readonly problems: Problem[];
  values: number;
}

export const mostProblems = 100;

export function report(reading: JsonReading, found: Problem): void {
  if (reading.problems.length < mostProblems) reading.problems.push(found);
}

/**
 * A frozen copy whose objects have no prototype, so that looking up a name an author chose cannot find
 * anything else. Problems "forbidden-name", "study-json-shape" for what is not JSON, and
 * "study-json-size"; where there was one, the copy has null.
 */
export function safeJson(value: unknown, where: string, reading: JsonReading, depth = 0): Json {
  if (++reading.values === jsonLimits.values) {
    tooLarge(reading, where, `a study holds fewer than ${jsonLimits.values} values`);
  }
  if (reading.values >= jsonLimits.values) return null;
  if (depth > jsonLimits.depth) {
    return tooLarge(reading, where, `values nest at most ${jsonLimits.depth} deep`);
  }
  if (Array.isArray(value)) {
    const items = Array.from(value, (item: unknown, i) =>
      safeJson(item, `${where}[${i}]`, reading, depth + 1),
    );
    return Object.freeze(items);
  }
  return isPlainObject(value)
    ? safeObject(value, where, reading, depth)
    : safeScalar(value, where, reading);
}

function safeObject(
  value: Readonly<Record<string, unknown>>,
  where: string,
  reading: JsonReading,
  depth: number,
): Json {
  const copy = Object.create(null) as Record<string, Json>;
  for (const [name, item] of Object.entries(value)) {
    if (forbiddenNames.includes(name)) {
      report(reading, problem("forbidden-name", { where, name }));
    } else if (name.length > jsonLimits.nameLength) {
      tooLarge(reading, where, `names have at most ${jsonLimits.nameLength} characters`);
    } else copy[name] = safeJson(item, `${where}.${name}`, reading, depth + 1);
  }
  return Object.freeze(copy);
}

function safeScalar(value: unknown, where: string, reading: JsonReading): Json {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "string") {
    if (value.length <= jsonLimits.textLength) return value;
    return tooLarge(reading, where, `texts have at most ${jsonLimits.textLength} characters`);
  }
  return wrongShape(reading, where, "a value that JSON has", value);
}

function tooLarge(reading: JsonReading, where: string, limit: string): null {
  report(reading, problem("study-json-size", { where: where.slice(0, 200), limit }));
  return null;
}

export function wrongShape(
  reading: JsonReading,
  where: string,
  expected: string,
  value: unknown,
): null {
  const found = describeValue(value);
  report(reading, problem("study-json-shape", { where, expected, found }));
  return null;
}
