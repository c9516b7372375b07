/** The example study, as the engine runs it. */
import { join } from "node:path";
import type { CheckedStudy } from "../engine/definition/checked-study.ts";
import { studyFileFromJson } from "../engine/definition/json/study-json.ts";
import { runStudyFile } from "../engine/sandbox/run-study-file.ts";
import { checked } from "./evaluate-study.ts";

export const EXAMPLE = join(import.meta.dirname, "../study-definitions/aftershocks");

export async function exampleStudy(): Promise<CheckedStudy> {
  const ran = await runStudyFile({
    workspace: EXAMPLE,
    file: "analysis/study_definition.ts",
    params: {},
    canWrite: () => "ignore",
  });
  return checked(studyFileFromJson(ran.module));
}
