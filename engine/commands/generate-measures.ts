/** The command `generate_measures`. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { calendarDayOf } from "../base/dates.ts";
import { foldedFileName } from "../base/portable-name.ts";
import { ProblemError } from "../base/problems.ts";
import { problem } from "./problems.ts";
import { problem as problemOfDefinition } from "../definition/problems.ts";
import type { Problem } from "../base/problems.ts";
import { measuresOfOneFile } from "../definition/check/measure-files.ts";
import { openMeasurePool } from "../measures/pool.ts";
import { cohortsIn } from "./cohorts/cohort-files.ts";
import { definitionFacts } from "./manifest/cohort-origin.ts";
import { workspaceSecret } from "./manifest/workspace-secret.ts";
import { boundedWorkers } from "./bounded-workers.ts";
import type { RequestOf } from "../options/command-table.ts";
import { columnFacts } from "./measures/column-facts.ts";
import { leftoverMeasures } from "./measures/leftover-measures.ts";
import { loadStudies, writeStudyOutputs } from "./studies/load-study.ts";
import type { LoadedStudy } from "./studies/load-study.ts";
import { measureCohorts } from "./measures/measure-cohorts.ts";
import type { StudyMeasured } from "./measures/measure-cohorts.ts";
import { measureRecords } from "./measures/measure-records.ts";
import { needCohorts, recordsToMeasure } from "./measures/records-to-measure.ts";
import { withRepairs } from "./measures/measure-repairs.ts";
import type { RepairAction } from "../audit/repair/repairs-file.ts";
import type { RecordsToMeasure } from "./measures/records-to-measure.ts";
import type { MeasuresToMake } from "./measures/measures-to-make.ts";
import { measuresLeftOut, unsuppressedMeasures } from "./measures/measure-warnings.ts";
import { noCohortFiles } from "./measures/no-cohort-files.ts";
import { inOutputFolder } from "./manifest/output-folder.ts";
import { finished } from "./reporting/summary.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { shownFolder } from "./shown-folder.ts";
import { discoverStudies, selectStudies } from "./studies/study-discovery.ts";

type Shared = Pick<
  MeasuresToMake,
  "folder" | "format" | "pool" | "secret" | "skipExisting" | "strict"
> & {
  readonly params: Readonly<Record<string, string>>;
  /** Null where cohort files are measured. */
  readonly records: RecordsToMeasure | null;
  readonly repairs: readonly RepairAction[];
};

/** A problem with one study's files does not keep the other studies from being measured. */
export async function generateMeasures(
  request: RequestOf<"generate_measures">,
  context: RunContext,
): Promise<RunSummary> {
  const began = context.now();
  const all = discoverStudies(context.workspace);
  const locations = selectStudies(all, request.studyDefinition);
  const { param: params, skipExisting, strict, outputFormat: format } = request;
  const records = recordsToMeasure(
    request,
    context.environment["DATABASE_URL"],
    calendarDayOf(began),
  );
  const folder = resolve(context.workspace, request.outputDir);
  const workers = boundedWorkers("--workers", request.workers, context);
  const expected = { workers, ...cohortsIn(folder) };
  // The study first: it waits for the sandbox, and the threads load meanwhile.
  const loading = loadStudies(locations, { command: "generate_measures", params }, context);
  const pool = openMeasurePool(expected);
  try {
    const loaded = await loading;
    refuseSharedIds(loaded);
    if (records !== null) refuseThoseOfCohorts(loaded);
    const unsuppressed = tellOfMeasures(loaded, strict, context);
    const secret = await secretFor(request, context);
    const repairs = await repairsOf(request, loaded, context);
    const shared = { folder, format, pool, skipExisting, strict, params, records, secret, repairs };
    const isComplete = locations.length === all.length;
    const work = () => measureAndTell(loaded, { ...shared, isComplete }, context);
    // A folder that is not there is reported, and not made.
    const measured =
      records !== null || existsSync(folder)
        ? await inOutputFolder(folder, "generate_measures", context, work)
        : await work();
    const outputs = await writeStudyOutputs(loaded, context);
    const results = [...measured.values()];
    const summary = {
      folder: shownFolder(context.workspace, folder),
      written: [...outputs, ...results.flatMap(({ written }) => written)],
      kept: results.flatMap(({ kept }) => kept),
      patients: results.flatMap(({ patients }) => patients),
      suppressed: results.reduce((sum, { suppressed }) => sum + suppressed, 0),
      unsuppressed,
    };
    return finished("generate_measures", summary, began, context);
  } finally {
    await pool.close();
  }
}

async function measureAndTell(
  loaded: readonly LoadedStudy[],
  { isComplete, ...shared }: Shared & { readonly isComplete: boolean },
  context: RunContext,
): Promise<ReadonlyMap<LoadedStudy, StudyMeasured>> {
  const measured = await measureEach(loaded, shared, context);
  tellLeftovers(measured, { folder: shared.folder, isComplete }, context);
  return measured;
}

async function measureEach(
  loaded: readonly LoadedStudy[],
  { params, records, repairs, ...shared }: Shared,
  context: RunContext,
): Promise<ReadonlyMap<LoadedStudy, StudyMeasured>> {
  const measured = new Map<LoadedStudy, StudyMeasured>();
  const without: LoadedStudy[] = [];
  const problems: Problem[] = [];
  for (const each of loaded) {
    const { location, study, definition } = each;
    const measuring = {
      ...{ ...shared, study: location.name, suffix: location.suffix },
      ...{ studyColumns: study.output, columnFacts: columnFacts(study) },
      measures: withRepairs(study.measures, repairs),
      present: definitionFacts(definition.study, params),
      engineVersion: context.engineVersion,
    };
    if (study.measures.length === 0) {
      warn(problem("no-measures", { study: location.name }), context);
      continue;
    }
    try {
      const result =
        records === null
          ? await measureCohorts(measuring, context)
          : await measureRecords(measuring, { records, loaded: each }, context);
      if (result === null) without.push(each);
      else measured.set(each, result);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  const lacking = without.map(({ location }) => noCohortFiles(location, shared.folder, context));
  // In a folder of one study the files of others are not missed; where there are none, something is wrong.
  if (measured.size === 0) problems.push(...lacking);
  else for (const found of lacking) warn(found, context);
  if (problems.length > 0) throw new ProblemError(problems);
  return measured;
}

/** Where none are given nothing of what reads them is loaded. */
async function repairsOf(
  { repairs: file }: Pick<RequestOf<"generate_measures">, "repairs">,
  loaded: readonly LoadedStudy[],
  context: RunContext,
): Promise<readonly RepairAction[]> {
  if (file === undefined) return [];
  const { repairsFrom } = await import("./measures/read-repairs.ts");
  const measures = loaded.flatMap(({ study }) => study.measures);
  return repairsFrom(file, measures, context);
}

function warn(found: Problem, { reporter }: Pick<RunContext, "reporter">): void {
  reporter.report({ kind: "warning", problem: found });
}

/** Those left out, and those that show small numbers, of which it gives the ids. */
function tellOfMeasures(
  loaded: readonly LoadedStudy[],
  strict: boolean,
  context: RunContext,
): readonly string[] {
  const bare = loaded.flatMap(({ study }) => unsuppressedMeasures(study));
  const found = [...loaded.flatMap(measuresLeftOut), ...bare.map((each) => each.problem)];
  if (strict && found.length > 0) throw new ProblemError(found);
  for (const each of found) warn(each, context);
  return bare.flatMap(({ measures }) => measures);
}

function tellLeftovers(
  measured: ReadonlyMap<LoadedStudy, StudyMeasured>,
  { folder, isComplete }: { readonly folder: string; readonly isComplete: boolean },
  context: RunContext,
): void {
  const current = [...measured].map(([{ study }, { dates }]) => ({
    study: study.name,
    ids: study.measures.map(({ id }) => id),
    dates,
  }));
  const files = leftoverMeasures(folder, current, isComplete);
  const shown = shownFolder(context.workspace, folder);
  if (files.length > 0) warn(problem("measure-leftovers", { folder: shown, files }), context);
}

/** A pipeline knows it already, or that it cannot be had. */
async function secretFor(
  { shared }: RequestOf<"generate_measures">,
  context: RunContext,
): Promise<string | null> {
  if (context.secret !== undefined) return context.secret;
  const { secret, problem: found } = await workspaceSecret(context.workspace, shared);
  if (found !== null) warn(found, context);
  return secret;
}

function refuseThoseOfCohorts(loaded: readonly LoadedStudy[]): void {
  const problems = loaded.flatMap(needCohorts);
  if (problems.length > 0) throw new ProblemError(problems);
}

/** Measure files do not name their study, so ids must differ between studies of one folder. */
function refuseSharedIds(loaded: readonly LoadedStudy[]): void {
  const all = loaded.flatMap(({ study }) =>
    study.measures.map(({ id }) => ({ id, study: study.name })),
  );
  const problems = measuresOfOneFile(all).map(({ id, study }) => {
    const isSame = (other: string) => foldedFileName(other) === foldedFileName(id);
    const first = all.find((each) => each.study !== study && isSame(each.id))?.study;
    return problemOfDefinition("measure-duplicate", {
      study: first === undefined ? study : `${first} and ${study}`,
      id,
    });
  });
  if (problems.length > 0) throw new ProblemError(problems);
}
