/**
 * Which outputs of a run a page may show. All of it must agree: the record of the run, what is known of the last
 * run of each action, and project.yaml as it is now. A file that any of them keeps back is not shown, nor is one
 * with the same bytes as a file that is kept back.
 */
import { ProblemError } from "../base/problems.ts";
import { patternMatcher } from "../base/path-pattern.ts";
import { hasProject } from "../pipeline/project/project.ts";
import { readProjectFile } from "../pipeline/project/read-project-file.ts";
import { outputsOf } from "../pipeline/record/compare-runs.ts";
import type { RunRecord } from "../pipeline/record/run-record.ts";
import { releasedOutputs } from "../pipeline/report/released-outputs.ts";
import { holdsPatients } from "../pipeline/state/action-state.ts";
import { openStates } from "../pipeline/state/state-store.ts";
import type { ServedStudy } from "./served-study.ts";

/** Paths of the outputs that may be shown. Only of a run whose record is our own. */
export function shownOutputs(study: ServedStudy, run: RunRecord): ReadonlySet<string> {
  const last = openStates(study.records)
    .all()
    .flatMap(({ outputs }) => outputs);
  const sensitive = [...outputsOf(run), ...last].filter(holdsPatients);
  const paths = new Set(sensitive.map(({ path }) => path));
  const hashes = new Set(sensitive.map(({ sha256 }) => sha256));
  const isDeclaredSensitive = sensitivePatterns(study.context.folder);
  const shown = [...releasedOutputs(run)].filter(
    ([path, sha256]) => !paths.has(path) && !hashes.has(sha256) && !isDeclaredSensitive(path),
  );
  return new Set(shown.map(([path]) => path));
}

/** A project.yaml that cannot be read says nothing; the records do. */
function sensitivePatterns(folder: string): (path: string) => boolean {
  if (!hasProject(folder)) return () => false;
  try {
    const actions = readProjectFile(folder).project?.actions ?? [];
    const matchers = actions
      .flatMap(({ outputs }) => outputs)
      .filter(({ level }) => level === "highly_sensitive")
      .map(({ pattern }) => patternMatcher(pattern));
    return (path) => matchers.some((matches) => matches(path));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return () => false;
  }
}
