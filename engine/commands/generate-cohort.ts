/** The command `generate_cohort`: from options to complete cohort files. */
import { resolve } from "node:path";
import { calendarDayOf } from "../base/dates.ts";
import type { Backend } from "../backend/backend.ts";
import { connect } from "../backend/connect.ts";
import { boundedWorkers } from "./bounded-workers.ts";
import { databaseOutside, tempDatabaseOf } from "./database-outside.ts";
import type { PartMade } from "../backend/database/evaluation.ts";
import type { ReadFile } from "../backend/supplied-file/patient-file.ts";
import { partText } from "./part-text.ts";
import { dummyBackend } from "../backend/dummy/dummy-backend.ts";
import { periodsReversedAt } from "../definition/check/check-periods.ts";
import { parseIndexDates } from "../definition/dates/parse-index-dates.ts";
import { checkAllExpectations } from "./studies/check-all-expectations.ts";
import { attritionOf } from "./cohorts/attrition-files.ts";
import { copyDummyFile } from "./cohorts/copy-dummy-file.ts";
import { cohortContent, cohortIdentities } from "./cohorts/cohort-fingerprint.ts";
import { definitionFacts } from "./manifest/cohort-origin.ts";
import { plannedCohorts } from "./cohorts/planned-cohorts.ts";
import type { DataSource, StudyRun } from "./cohorts/planned-cohorts.ts";
import { loadStudies, writeStudyOutputs } from "./studies/load-study.ts";
import type { LoadedStudy } from "./studies/load-study.ts";
import { finished } from "./reporting/summary.ts";
import { inOutputFolder } from "./manifest/output-folder.ts";
import { tellOtherCohorts } from "./cohorts/other-cohorts.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { shownFolder } from "./shown-folder.ts";
import { problem } from "./problems.ts";
import { discoverStudies } from "./studies/study-discovery.ts";
import { studyFileReader } from "./studies/study-file-reader.ts";
import { warnOfStataNames } from "./cohorts/cohort-warnings.ts";
import { withAttrition } from "./cohorts/write-attrition.ts";
import type { WriteCohorts } from "./cohorts/write-attrition.ts";
import { writeCohorts } from "./cohorts/write-cohorts.ts";

/**
 * Everything that can be wrong with the options, the studies and their expectations is reported before
 * the first file is begun.
 */
export async function generateCohort(
  request: RequestOf<"generate_cohort">,
  context: RunContext,
): Promise<RunSummary> {
  const began = context.now();
  const today = calendarDayOf(began);
  const studies = discoverStudies(context.workspace);
  const planned = plannedCohorts(request, studies, context.environment["DATABASE_URL"]);
  const jobs = boundedWorkers("--jobs", request.jobs, context);
  const tempDatabase = tempDatabaseOf(request.tempDatabaseName, context);
  const indexDates = parseIndexDates(request.indexDateRange ?? "", today);
  const locations = planned.map(({ study }) => study);
  const drawsDummyData = planned.some(({ source }) => source.kind === "expectations");
  const { param: params } = request;
  const wanted = { command: "generate_cohort", params, drawsDummyData } as const;
  const loaded = await loadStudies(locations, wanted, context);
  if (drawsDummyData) checkAllExpectations(loaded, context);
  warnOfPeriods(loaded, { indexDates, today }, context);
  warnOfStataNames(planned, loaded, context);
  const outputs = await writeStudyOutputs(loaded, context);
  const folder = resolve(context.workspace, planned[0]?.outputDir ?? ".");
  const runs = planned.flatMap((cohorts): readonly StudyRun[] => {
    const study = loaded.find(({ location }) => location === cohorts.study);
    return study === undefined ? [] : [{ cohorts, study, indexDates, today, jobs, tempDatabase }];
  });
  const summaries = await inOutputFolder(folder, "generate_cohort", context, () =>
    runEach(runs, context),
  );
  const summary = {
    folder: shownFolder(context.workspace, folder),
    written: [...outputs, ...summaries.flatMap(({ written }) => written)],
    kept: summaries.flatMap(({ kept }) => kept),
    patients: summaries.flatMap(({ patients = [] }) => patients),
    cohorts: summaries.flatMap(({ cohorts = [] }) => cohorts),
    others: summaries.reduce((sum, { others = 0 }) => sum + others, 0),
  };
  return finished("generate_cohort", summary, began, context);
}

async function runEach(
  runs: readonly StudyRun[],
  context: RunContext,
): Promise<readonly RunSummary[]> {
  const summaries: RunSummary[] = [];
  for (const run of runs) {
    const summary = await runStudy(run, context);
    const others = run.cohorts.outputName === "input" ? tellOthers(run, context) : 0;
    tellLeftoverAttrition(run, context);
    summaries.push({ ...summary, others });
  }
  return summaries;
}

function tellOthers({ cohorts, study, indexDates }: StudyRun, context: RunContext): number {
  const { suffix, outputDir, params } = cohorts;
  const { location, definition } = study;
  const present = definitionFacts(definition.study, params);
  const folder = resolve(context.workspace, outputDir);
  return tellOtherCohorts({ study: location.name, suffix, folder, indexDates, present }, context);
}

function tellLeftoverAttrition({ cohorts, study }: StudyRun, context: RunContext): void {
  const { name } = study.study;
  for (const { file, isCurrent } of attritionOf(
    resolve(context.workspace, cohorts.outputDir),
    name,
  )) {
    if (isCurrent) continue;
    const found = problem("attrition-leftover", { study: name, file });
    context.reporter.report({ kind: "warning", problem: found });
  }
}

/** Only the dates of this run tell whether a written day and the index date are in order. */
function warnOfPeriods(
  loaded: readonly LoadedStudy[],
  { indexDates, today }: Pick<StudyRun, "indexDates" | "today">,
  { reporter }: RunContext,
): void {
  for (const { study } of loaded) {
    const dates = indexDates.map((date) => ({ indexDate: date ?? study.indexDate, today }));
    for (const warning of periodsReversedAt(study, dates)) {
      reporter.report({ kind: "warning", problem: warning });
    }
  }
}

async function runStudy(run: StudyRun, context: RunContext): Promise<RunSummary> {
  const { cohorts, study, indexDates } = run;
  const { source } = cohorts;
  const { reporter, workspace } = context;
  reporter.report({ kind: "study", study: study.location.name, indexDates: indexDates.length });
  if (source.kind === "dummy-file") return copyDummyFile({ ...run, path: source.path }, context);
  const readFile = studyFileReader(workspace, study.study.name);
  const backend = await backendFor(source, { ...run, readFile }, context);
  try {
    return await writeFrom(backend, run, context);
  } finally {
    await backend.close();
  }
}

async function writeFrom(
  backend: Backend,
  run: StudyRun,
  context: RunContext,
): Promise<RunSummary> {
  const { cohorts, study, indexDates, today, jobs } = run;
  const { source, format, suffix, skipExisting, outputName: name } = cohorts;
  const { reporter, workspace, engineVersion } = context;
  for (const problem of backend.warnings) reporter.report({ kind: "warning", problem });
  const identity = await cohortIdentities({
    engineVersion,
    definition: study.definition.study,
    study: study.study,
    parameters: cohorts.params,
    data: source.kind === "database" ? "database" : "dummy",
    dataVersion: backend.dataVersion,
    format,
    today,
    workspace,
  });
  const folder = resolve(workspace, cohorts.outputDir);
  const expectedRows = source.kind === "expectations" ? source.patients : 0;
  const files = { folder, name, suffix, format, skipExisting, identity, expectedRows, jobs };
  const toWrite = { study: study.study, backend, indexDates, ...files };
  const write: WriteCohorts = (counting, onRead) =>
    writeCohorts({ ...toWrite, study: counting, onRead }, context);
  const asked = { run, identity, backend: source.kind === "database" ? backend : null };
  return withAttrition(asked, write, context);
}

async function backendFor(
  source: Exclude<DataSource, { kind: "dummy-file" }>,
  { readFile, ...run }: StudyRun & { readonly readFile: ReadFile },
  context: RunContext,
): Promise<Backend> {
  const { workspace: studyFolder, databaseFolder, reporter, signal } = context;
  const workspace = databaseFolder ?? studyFolder;
  const { today, tempDatabase } = run;
  switch (source.kind) {
    case "expectations": {
      const { patients, seed } = source;
      return dummyBackend({ patients, seed, today, readFile });
    }
    case "database": {
      const { url, evaluate } = source;
      const onPart = (made: PartMade): void => {
        reporter.report({ kind: "message", text: partText(made) });
      };
      const outside = databaseOutside(context, tempDatabase);
      const results = tempDatabase === null ? {} : { resultsOf: await contentOf(run, context) };
      const how = { today, readFile, evaluate, onPart, signal, ...results };
      return connect(url, { workspace, outside, ...how });
    }
  }
}

function contentOf(
  { study, today }: Pick<StudyRun, "study" | "today">,
  { engineVersion, workspace }: RunContext,
): Promise<string> {
  const definition = study.definition.study;
  return cohortContent({ engineVersion, workspace, definition, study: study.study, today });
}
