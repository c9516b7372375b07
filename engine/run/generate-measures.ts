/** The command `generate_measures`. spec/measures.md 2. */
import { resolve } from "node:path";
import { measureFormats } from "../base/file-names.ts";
import { problem, ProblemError } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import { openMeasurePool } from "../measures/pool.ts";
import { cohortsIn } from "./cohort-files.ts";
import { knownFormat } from "./known-format.ts";
import { loadStudies, writeStudyOutputs } from "./load-study.ts";
import type { LoadedStudy } from "./load-study.ts";
import { measureCohorts } from "./measure-cohorts.ts";
import type { MeasuresToMake } from "./measure-cohorts.ts";
import type { RunContext, RunSummary } from "./reporter.ts";
import { discoverStudies, selectStudies } from "./study-discovery.ts";

export interface MeasureOptions {
  readonly studyDefinition?: string | undefined;
  readonly outputDir?: string | undefined;
  /** csv (default), csv.gz or feather. */
  readonly outputFormat?: string | undefined;
  readonly skipExisting?: boolean | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Default: one for each core. */
  readonly workers?: number | undefined;
}

/** A problem with one study's files does not keep the other studies from being measured. */
export async function generateMeasures(
  options: MeasureOptions,
  context: RunContext,
): Promise<RunSummary> {
  const format = knownFormat(options.outputFormat ?? "csv", measureFormats);
  const locations = selectStudies(
    discoverStudies(context.workspace),
    options.studyDefinition ?? "all",
  );
  const folder = resolve(context.workspace, options.outputDir ?? "output");
  const expected = { workers: options.workers ?? context.cores, ...cohortsIn(folder) };
  // The study first: it waits for the sandbox, and the threads load meanwhile.
  const loading = loadStudies(locations, options.params ?? {}, "generate_measures", context);
  const pool = openMeasurePool(expected);
  try {
    const loaded = await loading;
    refuseSharedIds(loaded);
    const measuring = { folder, format, pool, skipExisting: options.skipExisting ?? false };
    const summaries = await measureEach(loaded, measuring, context);
    const outputs = await writeStudyOutputs(loaded, context);
    return {
      written: [...outputs, ...summaries.flatMap(({ written }) => written)],
      kept: summaries.flatMap(({ kept }) => kept),
      suppressed: summaries.reduce((sum, { suppressed = 0 }) => sum + suppressed, 0),
    };
  } finally {
    await pool.close();
  }
}

async function measureEach(
  loaded: readonly LoadedStudy[],
  measuring: Pick<MeasuresToMake, "folder" | "format" | "pool" | "skipExisting">,
  context: RunContext,
): Promise<readonly RunSummary[]> {
  const summaries: RunSummary[] = [];
  const problems: Problem[] = [];
  for (const { location, study } of loaded) {
    const request = {
      ...measuring,
      study: location.name,
      suffix: location.suffix,
      measures: study.measures,
      studyColumns: study.output,
      engineVersion: context.engineVersion,
    };
    try {
      summaries.push(await measureCohorts(request, context));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return summaries;
}

/** Measure files do not name their study, so ids must differ between studies of one folder. */
function refuseSharedIds(loaded: readonly LoadedStudy[]): void {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { study } of loaded) {
    for (const { id } of study.measures) {
      const other = owners.get(id);
      const both = `${other ?? ""} and ${study.name}`;
      if (other !== undefined && other !== study.name) {
        problems.push(problem("measure-duplicate", { study: both, id }));
      }
      owners.set(id, study.name);
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
}
