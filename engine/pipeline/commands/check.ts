/** The command `check` where there is a project.yaml: its problems and those of the studies together. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { studyOfFile } from "../../base/file-names.ts";
import { ProblemError, tonedWarning } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { loadProject } from "../project/load-project.ts";
import { studyOf } from "../../options/read-words.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { missingFiles } from "../project/missing-files.ts";
import { hasProject, PROJECT_FILE } from "../project/project.ts";
import type { Project } from "../project/project.ts";
import { filesBelow } from "../state/files-below.ts";
import { openStates } from "../state/state-store.ts";
import { trackedWarnings } from "../state/tracked-files.ts";
import { recordsOf } from "../trust/records-of.ts";
import type { PipelineContext } from "../context.ts";

/**
 * A line for each study and one for the pipeline. `checkStudies` gives a line for each study, or throws the
 * problems of all of them. Problems: all, of project.yaml first.
 */
export async function checkWholeStudy(
  { strict, quiet, json }: Pick<RequestOf<"check">, "strict" | "quiet" | "json">,
  checkStudies: () => Promise<readonly string[]>,
  context: PipelineContext,
): Promise<readonly string[]> {
  if (!hasProject(context.folder)) return checkStudies();
  const { folder } = context;
  const states = openStates(recordsOf(context));
  const outputs = states.outputs();
  const { project, problems, warnings } = loadProject({ folder, outputs });
  const refused = strict ? [...problems, ...warnings] : problems;
  const warned = [...(strict ? [] : warnings), ...states.warnings];
  for (const line of warned.flatMap(tonedWarning)) context.stderr(line);
  if (project !== null) {
    for (const line of trackedWarnings(folder, project).flatMap(tonedWarning)) context.stderr(line);
  }
  const studies = runsStudies(folder, project) ? await gathered(checkStudies) : nothing;
  const missing = project === null ? [] : missingFiles(project, folder, filesBelow(folder));
  const all = [...refused, ...missing, ...studies.problems];
  if (all.length > 0) throw new ProblemError(all);
  const actions = project?.actions.length ?? 0;
  const counted = `${actions} ${actions === 1 ? "action" : "actions"}`;
  return quiet || json ? [] : [...studies.lines, `project.yaml: ${counted}, no problem`];
}

interface Gathered {
  readonly lines: readonly string[];
  readonly problems: readonly Problem[];
}

const nothing: Gathered = { lines: [], problems: [] };

/** A pipeline of programs alone has no study to check. */
function runsStudies(folder: string, project: Project | null): boolean {
  if (project?.actions.some(({ request }) => studyOf(request) !== null) === true) return true;
  const analysis = join(folder, "analysis");
  if (!existsSync(analysis)) return false;
  return readdirSync(analysis).some((name) => studyOfFile(name) !== null);
}

async function gathered(check: () => Promise<readonly string[]>): Promise<Gathered> {
  try {
    return { lines: await check(), problems: [] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // The studies ask project.yaml too; what keeps it from being read has been reported.
    const problems = error.problems.filter(({ place }) => place?.file !== PROJECT_FILE);
    return { lines: [], problems };
  }
}
