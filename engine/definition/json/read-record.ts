/** Objects with a fixed set of keys, out of untrusted JSON. */
import { nearestNames } from "../../base/nearest.ts";
import { problem } from "../author-side-problems.ts";
import type { Json } from "../model.ts";
import { isPlainObject } from "../plain-object.ts";
import { report, wrongShape } from "./safe-json.ts";
import type { JsonReading } from "./safe-json.ts";

export type JsonRecord = Readonly<Record<string, Json>>;

/** The object if it is one, otherwise null and a problem. */
export function readRecord(
  value: Json | undefined,
  where: string,
  expected: string,
  reading: JsonReading,
): JsonRecord | null {
  if (isPlainObject(value)) return value;
  return wrongShape(reading, where, expected, value);
}

export interface Keys {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** Reports keys that are missing and keys that are too many. */
export function checkKeys(
  record: JsonRecord,
  { required, optional }: Keys,
  where: string,
  reading: JsonReading,
): void {
  const known = [...required, ...optional];
  for (const key of required.filter((each) => record[each] === undefined)) {
    report(reading, problem("study-json-key", { where, key, problem: "missing", nearest: [] }));
  }
  for (const key of Object.keys(record).filter((each) => !known.includes(each))) {
    const nearest = nearestNames(key, known);
    report(reading, problem("study-json-key", { where, key, problem: "unknown", nearest }));
  }
}
