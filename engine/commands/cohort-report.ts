/** The command `cohort_report`: what is in each column of the cohorts of a folder. */
import { dirname, join, resolve } from "node:path";
import { MADE_BY_ENGINE } from "../base/made-by-engine.ts";
import { ProblemError } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import { cohortSchema } from "../backend/cohort-columns.ts";
import { cohortPage } from "../charts/cohort-page.ts";
import type { StudyProfile } from "../charts/cohort-page.ts";
import type { RequestOf } from "../options/command-table.ts";
import { countCohort } from "../profile/count-cohort.ts";
import { profileOf } from "../profile/profile.ts";
import type { DatedCounts } from "../profile/profile.ts";
import { cohortFilesOf } from "./cohorts/cohort-files.ts";
import type { DatedFile } from "./cohorts/cohort-files.ts";
import { shownAttrition } from "./cohorts/shown-attrition.ts";
import { expectedShares } from "./cohorts/expected-shares.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { readOrigin } from "./manifest/cohort-origin.ts";
import { readManifest } from "./manifest/manifest.ts";
import { noCohortFiles } from "./measures/no-cohort-files.ts";
import { finished } from "./reporting/summary.ts";
import { shownFolder } from "./shown-folder.ts";
import { loadRequested } from "./studies/load-study.ts";
import type { LoadedStudy } from "./studies/load-study.ts";
import { writeInto } from "./write-into.ts";

/** Writes the page, and nothing where a file has a problem: all of them are reported. */
export async function cohortReport(
  request: RequestOf<"cohort_report">,
  context: RunContext,
): Promise<RunSummary> {
  const began = context.now();
  const { workspace } = context;
  const folder = resolve(workspace, request.outputDir);
  const loaded = await loadRequested(request, context);
  const cohorts = loaded
    .map((study) => ({ study, files: cohortFilesOf(folder, study.location.suffix) }))
    .filter(({ files }) => files.length > 0);
  if (cohorts.length === 0) {
    throw new ProblemError(loaded.map(({ location }) => noCohortFiles(location, folder, context)));
  }
  const studies = await profiles(cohorts, { folder, exact: request.exact }, context);
  const page =
    request.outputFile === undefined
      ? join(folder, "cohort_report.html")
      : resolve(workspace, request.outputFile);
  const text = cohortPage(studies, MADE_BY_ENGINE);
  const bytes = Buffer.from(text);
  await writeInto(page, bytes);
  const file = shownFolder(workspace, page);
  context.reporter.report({ kind: "written", file, rows: 0, bytes: bytes.length });
  const summary = { folder: shownFolder(workspace, dirname(page)), written: [file], kept: [] };
  return finished("cohort_report", summary, began, context);
}

interface CohortsOfStudy {
  readonly study: LoadedStudy;
  readonly files: readonly DatedFile[];
}

async function profiles(
  cohorts: readonly CohortsOfStudy[],
  { folder, exact }: { readonly folder: string; readonly exact: boolean },
  context: RunContext,
): Promise<readonly StudyProfile[]> {
  const total = cohorts.reduce((sum, { files }) => sum + files.length, 0);
  const progress = context.reporter.progress({ label: "Reading", unit: "files", total });
  const problems: Problem[] = [];
  const found: StudyProfile[] = [];
  for (const { study, files } of cohorts) {
    const schema = cohortSchema(study.study);
    const treatment = exact ? "exact" : "midpoint6";
    const counted: DatedCounts[] = [];
    for (const { fileName, date } of files) {
      const counts = await orProblems(problems, () => countCohort(join(folder, fileName), schema));
      if (counts !== null) counted.push({ date, counts });
      progress.advance(1);
    }
    const attrition = await orProblems(problems, () =>
      shownAttrition(folder, study, treatment, context),
    );
    const isDummy = areDummy(folder, files);
    const expected = isDummy ? expectedShares(study.study) : new Map<string, never>();
    found.push({
      ...{ study: study.location.name, isDummy, attrition: attrition ?? [] },
      profile: profileOf(counted, expected, treatment),
    });
  }
  progress.end();
  if (problems.length > 0) throw new ProblemError(problems);
  return found;
}

async function orProblems<T>(problems: Problem[], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

function areDummy(folder: string, files: readonly DatedFile[]): boolean {
  const manifest = readManifest(folder);
  return files.every(({ fileName }) => {
    const origin = readOrigin(manifest[fileName]?.origin);
    return origin !== null && origin.data !== "database";
  });
}
