/** What a cohort file's content depends on: one fingerprint per index date, and the same for people. */
import { createHash } from "node:crypto";
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { StudyDefinition } from "../../definition/model.ts";
import { studyToJson } from "../../definition/json/study-json.ts";
import { valueFilesOf } from "../../definition/checked-study.ts";
import { definitionFacts } from "../manifest/cohort-origin.ts";
import type { CohortOrigin, DataKind } from "../manifest/cohort-origin.ts";
import { canonicalJson, fingerprintOf } from "../manifest/fingerprint.ts";
import { studyFileReader } from "../studies/study-file-reader.ts";

export interface CohortMaking {
  readonly engineVersion: string;
  readonly definition: StudyDefinition;
  readonly study: CheckedStudy;
  readonly parameters: Readonly<Record<string, string>>;
  readonly data: DataKind;
  /** Of the backend, or the hash of a dummy file. */
  readonly dataVersion: string;
  readonly format: string;
  readonly today: IsoDate;
  /** Where files named by the study lie. */
  readonly workspace: string;
}

export interface CohortIdentity {
  readonly fingerprint: string;
  readonly origin: CohortOrigin;
}

/**
 * Codelists are part of the definition; files whose values it joins are hashed. The clock counts only
 * where the definition says "today". Measures do not count: they change no cohort.
 */
export async function cohortIdentities(
  making: CohortMaking,
): Promise<(indexDate: IsoDate | null) => CohortIdentity> {
  const { engineVersion, dataVersion, format, study, parameters, data } = making;
  const definition = studyToJson(making.definition);
  const usesToday = /\btoday\b/.test(canonicalJson(definition));
  const files = await fileHashes(study, making.workspace);
  const shared = { engineVersion, dataVersion, format, definition, files };
  const dated = usesToday ? { ...shared, today: making.today } : shared;
  const known = {
    ...{ study: study.name, data, data_version: dataVersion, engine: engineVersion, files },
    ...{ today: usesToday ? making.today : null },
    ...definitionFacts(making.definition, parameters),
  };
  return (given) => {
    const indexDate = given ?? study.indexDate;
    const fingerprint = fingerprintOf({ ...dated, indexDate });
    return { fingerprint, origin: { ...known, index_date: indexDate } };
  };
}

async function fileHashes(study: CheckedStudy, workspace: string) {
  const read = studyFileReader(workspace, study.name);
  const hashes: Record<string, string> = {};
  for (const path of valueFilesOf(study.columns)) {
    hashes[path] = createHash("sha256")
      .update(await read(path))
      .digest("hex");
  }
  return hashes;
}
