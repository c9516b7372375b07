/** How a measure's numbers are hidden and rounded, out of untrusted JSON. */
import { isPlainObject } from "../plain-object.ts";
import type { Json, MeasureDefinition } from "../model.ts";
import { wrongShape } from "./safe-json.ts";
import type { JsonReading } from "./safe-json.ts";

type Disclosure = Pick<MeasureDefinition, "small_number_suppression" | "rounding">;

/** Not given is off. A threshold is a whole number from 1 on, what is rounded to one from 2 on. */
export function readDisclosure(
  measure: Readonly<Record<string, Json>>,
  where: string,
  reading: JsonReading,
): Disclosure {
  return {
    small_number_suppression: readSuppression(
      measure["small_number_suppression"] ?? false,
      `${where}.small_number_suppression`,
      reading,
    ),
    ...readRounding(measure["rounding"] ?? null, `${where}.rounding`, reading),
  };
}

function readSuppression(
  value: Json,
  where: string,
  reading: JsonReading,
): Disclosure["small_number_suppression"] {
  if (typeof value === "boolean") return value;
  const threshold = onlyWhole(value, "threshold", 1);
  if (threshold !== null) return Object.freeze({ threshold });
  wrongShape(reading, where, "true, false or { threshold: a whole number from 1 on }", value);
  return true;
}

function readRounding(
  value: Json,
  where: string,
  reading: JsonReading,
): Pick<Disclosure, "rounding"> {
  if (value === null) return {};
  if (value === "midpoint6") return { rounding: value };
  const to = onlyWhole(value, "to", 2);
  if (to !== null) return { rounding: Object.freeze({ to }) };
  wrongShape(reading, where, '"midpoint6" or { to: a whole number from 2 on }', value);
  return {};
}

/** The number in an object that has this one entry and nothing else; otherwise null. */
function onlyWhole(value: Json, name: string, least: number): number | null {
  if (!isPlainObject(value) || Object.keys(value).join() !== name) return null;
  const number = value[name];
  if (typeof number !== "number" || !Number.isSafeInteger(number)) return null;
  return number >= least ? number : null;
}
