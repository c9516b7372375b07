/** Measures out of untrusted JSON. */
import type { Json, MeasureDefinition } from "../model.ts";
import { checkKeys, readRecord } from "./read-record.ts";
import { readDisclosure } from "./read-disclosure.ts";
import { readPlace } from "./read-place.ts";
import { wrongShape } from "./safe-json.ts";
import type { JsonReading } from "./safe-json.ts";

const measureKeys = {
  required: ["id", "numerator", "denominator"],
  optional: [
    ...["group_by", "from_file", "groups", "small_number_suppression", "rounding"],
    "place",
  ],
} as const;

/** A group that is one name becomes a list of it; suppression that is not given is off. */
export function readMeasure(
  value: Json,
  where: string,
  reading: JsonReading,
): MeasureDefinition | null {
  const record = readRecord(value, where, "a measure", reading);
  if (record === null) return null;
  checkKeys(record, measureKeys, where, reading);
  const text = (key: string): string => {
    const part = record[key];
    if (typeof part === "string") return part;
    if (part !== undefined) wrongShape(reading, `${where}.${key}`, "text", part);
    return "";
  };
  const place = readPlace(record["place"], where, reading);
  return Object.freeze({
    id: text("id"),
    numerator: text("numerator"),
    denominator: text("denominator"),
    group_by: readGroup(record["group_by"] ?? null, where, reading),
    ...readMarked(record["from_file"] ?? null, where, reading),
    ...readGroups(record["groups"] ?? null, where, reading),
    ...readDisclosure(record, where, reading),
    ...(place === null ? {} : { place }),
  });
}

function readMarked(
  value: Json,
  where: string,
  reading: JsonReading,
): Pick<MeasureDefinition, "from_file"> {
  if (value === null) return {};
  if (isNames(value)) return value.length === 0 ? {} : { from_file: value };
  wrongShape(reading, `${where}.from_file`, "a list of names", value);
  return {};
}

function isNames(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

function readGroups(
  value: Json,
  where: string,
  reading: JsonReading,
): Pick<MeasureDefinition, "groups"> {
  if (value === null) return {};
  if (value === "all" || value === "observed") return { groups: value };
  wrongShape(reading, `${where}.groups`, '"all" or "observed"', value);
  return {};
}

function readGroup(value: Json, where: string, reading: JsonReading): readonly string[] | null {
  if (value === null) return null;
  if (typeof value === "string") return Object.freeze([value]);
  if (isNames(value)) return value;
  return wrongShape(reading, `${where}.group_by`, "a name, a list of names, or null", value);
}
