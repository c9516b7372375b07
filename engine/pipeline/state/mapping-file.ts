/** The file that tells how the records of a database are read, as far as it lies in the study. */
import type { PatientSource } from "../run/command-words.ts";

const MAPPING_FILE = "records.yaml";

/** From the study's folder; null where the URL says the layout, or there is no database. */
export function mappingFileOf(source: PatientSource): string | null {
  if (source.kind !== "database") return null;
  const given = new URLSearchParams(source.url.split(/\?(.*)/s)[1] ?? "");
  const file = given.get("records");
  if (file !== null) return file.startsWith("/") ? null : file;
  return given.has("provider") || given.has("layout") ? null : MAPPING_FILE;
}
