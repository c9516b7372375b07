/** What a cohort file's content depends on, as one fingerprint per index date. decisions.md 19. */
import { createHash } from "node:crypto";
import type { IsoDate } from "../base/dates.ts";
import type { CheckedStudy } from "../definition/checked-study.ts";
import type { StudyDefinition } from "../definition/model.ts";
import { studyToJson } from "../definition/json/study-json.ts";
import { canonicalJson, fingerprintOf } from "./fingerprint.ts";
import { studyFileReader } from "./study-file-reader.ts";

export interface CohortOrigin {
  readonly engineVersion: string;
  readonly definition: StudyDefinition;
  readonly study: CheckedStudy;
  /** Of the backend, or the hash of a dummy file. */
  readonly dataVersion: string;
  readonly format: string;
  readonly today: IsoDate;
  /** Where files named by the study lie. */
  readonly workspace: string;
}

/**
 * Codelists are part of the definition; files whose values it joins are hashed. The clock counts only
 * where the definition says "today". Measures do not count: they change no cohort.
 */
export async function cohortFingerprint(
  origin: CohortOrigin,
): Promise<(indexDate: IsoDate | null) => string> {
  const { engineVersion, dataVersion, format, study } = origin;
  const definition = studyToJson(origin.definition);
  const usesToday = /\btoday\b/.test(canonicalJson(definition));
  const files = await fileHashes(study, origin.workspace);
  const shared = { engineVersion, dataVersion, format, definition, files };
  const dated = usesToday ? { ...shared, today: origin.today } : shared;
  return (indexDate) => fingerprintOf({ ...dated, indexDate: indexDate ?? study.indexDate });
}

async function fileHashes(study: CheckedStudy, workspace: string) {
  const paths = study.columns
    .map(({ args }) => args["f_path"])
    .filter((path) => typeof path === "string");
  const read = studyFileReader(workspace, study.name);
  const hashes: Record<string, string> = {};
  for (const path of new Set(paths)) {
    hashes[path] = createHash("sha256")
      .update(await read(path))
      .digest("hex");
  }
  return hashes;
}
