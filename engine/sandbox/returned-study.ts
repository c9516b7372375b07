/** The JSON that an author's file gave, made safe to read; what it means is checked later. */
import { fail } from "./problems.ts";
import type { SourcePlaces } from "./source-places.ts";

/** A column inside a column inside … is the deepest a study gets: a dozen. */
const MAXIMUM_DEPTH = 200;

/** Names that reach behind an object once it is copied carelessly. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Plain data from JSON. The stack trace that a column, a measure or the study carries as `$stack` becomes its `place` in the
 * author's file. Problems: nothing was exported, it is nested too deep, a key has a forbidden name.
 */
export function returnedStudy(json: string, places: SourcePlaces): unknown {
  if (json === "") fail("study-result-not-data", { reason: "it is nothing or a function" });
  return plain(JSON.parse(json) as unknown, places, 0);
}

/** The same of data that an interpreter gave which knows the places itself. */
export function plainData(value: unknown): unknown {
  return plain(value, null, 0);
}

function plain(value: unknown, places: SourcePlaces | null, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAXIMUM_DEPTH) {
    fail("study-result-not-data", { reason: `it is nested deeper than ${MAXIMUM_DEPTH} levels` });
  }
  if (Array.isArray(value)) return value.map((each) => plain(each, places, depth + 1));
  const entries = Object.entries(value).map(([key, each]) => {
    if (FORBIDDEN.has(key)) fail("study-result-not-data", { reason: `it has a key "${key}"` });
    return [key, plain(each, places, depth + 1)] as const;
  });
  const isCall = places !== null && isPlaced(value);
  return Object.fromEntries(isCall ? placed(entries, places) : entries);
}

/** A column, a measure or the study, each made by one call of the author's. */
function isPlaced(value: object): boolean {
  const has = (...keys: readonly string[]): boolean =>
    keys.every((key) => Object.hasOwn(value, key));
  return (
    has("function", "args") || has("id", "numerator", "denominator") || has("population", "columns")
  );
}

type Entries = readonly (readonly [string, unknown])[];

/** A place that the author's file made up itself does not count. */
function placed(entries: Entries, places: SourcePlaces): Entries {
  const stack = entries.find(([key]) => key === "$stack")?.[1];
  const own = entries.filter(([key]) => key !== "$stack" && key !== "place");
  const place = typeof stack === "string" ? places.ofStack(stack.slice(0, 20_000)) : null;
  return place === null ? own : [...own, ["place", { file: place.file, line: place.line }]];
}
