import { measureFacts } from "../../measures/measure-facts.ts";
import { isPatientLevel } from "../../measures/measure-spec.ts";
import type { MeasureSpec } from "../../measures/measure-spec.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { ManifestEntry } from "../manifest/manifest-text.ts";
import type { Measuring } from "./measures-to-make.ts";

/** What the manifest says of each of a measure's files, besides what they were made from. */
export function entryOf(
  measure: MeasureSpec,
  { origin }: Pick<Measuring, "origin">,
  date: IsoDate | null,
): Pick<ManifestEntry, "measure" | "patient_level" | "origin"> {
  const made = origin === undefined ? {} : { origin: origin(date) };
  const facts = { measure: measureFacts(measure), ...made };
  return isPatientLevel(measure) ? { ...facts, patient_level: true } : facts;
}
