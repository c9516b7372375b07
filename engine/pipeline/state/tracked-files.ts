/** What git tracks and should not: patients' files that everybody gets who clones the repository. */
import { join } from "node:path";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { Project } from "../project/project.ts";
import { studyRepository } from "../repository/study-repository.ts";
import { outputMatcher } from "./code-files.ts";
import { cohortFolders, neverCode } from "./never-code.ts";

/** Warnings tracked-output and tracked-patients; none outside a repository. */
export function trackedWarnings(folder: string, project: Project): readonly Problem[] {
  const tracked = [...(studyRepository(folder)?.tracked ?? [])].sort();
  const isOutput = outputMatcher(project);
  const cohorts = cohortFolders(join(folder));
  const records = tracked.filter((file) => file.startsWith("metadata/"));
  const warnings = tracked.flatMap((file) => {
    if (file.startsWith("metadata/")) return [];
    if (isOutput(file)) return [problem("tracked-output", { file })];
    const reason = neverCode(folder, file, cohorts);
    return reason === null ? [] : [problem("tracked-patients", { file, reason })];
  });
  return records.length === 0
    ? warnings
    : [problem("tracked-records", { files: records }), ...warnings];
}
