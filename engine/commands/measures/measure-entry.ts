import { measureFacts } from "../../measures/measure-facts.ts";
import { isPatientLevel } from "../../measures/measure-spec.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import type { ManifestEntry } from "../manifest/manifest-text.ts";

/** What the manifest says of each of a measure's files, besides what they were made from. */
export function entryOf(measure: MeasureSpec): Pick<ManifestEntry, "measure" | "patient_level"> {
  const facts = { measure: measureFacts(measure) };
  return isPatientLevel(measure) ? { ...facts, patient_level: true } : facts;
}
