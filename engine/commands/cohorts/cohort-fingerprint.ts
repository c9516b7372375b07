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
  const content = await contentOf(making);
  const { files, today = null } = content;
  const dated = { ...content, dataVersion, format };
  const known = {
    ...{ study: study.name, data, data_version: dataVersion, engine: engineVersion, files, today },
    ...definitionFacts(making.definition, parameters),
  };
  return (given) => {
    const indexDate = given ?? study.indexDate;
    const fingerprint = fingerprintOf({ ...dated, indexDate });
    return { fingerprint, origin: { ...known, index_date: indexDate } };
  };
}

type ContentMaking = Pick<
  CohortMaking,
  "engineVersion" | "definition" | "study" | "today" | "workspace"
>;

/** A text for all that the cohorts of a study depend on but the records and the format, at any index date. */
export async function cohortContent(making: ContentMaking): Promise<string> {
  return fingerprintOf(await contentOf(making));
}

async function contentOf({ engineVersion, study, workspace, ...making }: ContentMaking) {
  const definition = studyToJson(making.definition);
  const usesToday = /\btoday\b/.test(canonicalJson(definition));
  const files = await fileHashes(study, workspace);
  return { engineVersion, definition, files, ...(usesToday ? { today: making.today } : {}) };
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
