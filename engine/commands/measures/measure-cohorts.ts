/** All measures of one study, from its cohort files. */
import { join } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { measureFileName } from "../../base/file-names.ts";
import type { MeasureFormat } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { withoutConditions } from "./column-facts.ts";
import { alteredFindings, areOfOthers, originFindings } from "./cohort-findings.ts";
import type { Findings } from "./cohort-findings.ts";
import { cohortFilesOf } from "../cohorts/cohort-files.ts";
import type { DatedFile } from "../cohorts/cohort-files.ts";
import { hashInputs, makersOf } from "./cohort-inputs.ts";
import type { MadeFile } from "./cohort-inputs.ts";
import { combineAll, dropCombined } from "./combine-measures.ts";
import { isDone, readManifest } from "../manifest/manifest.ts";
import { measureFingerprints } from "./measure-fingerprint.ts";
import { measureDates } from "./measure-tasks.ts";
import type { DatesMeasured, FilesKnown } from "./measure-tasks.ts";
import type { RunContext } from "../context.ts";
import type { MeasuresToMake, Measuring } from "./measures-to-make.ts";

export interface StudyMeasured {
  readonly written: readonly string[];
  readonly kept: readonly string[];
  readonly dates: readonly IsoDate[];
  /** Of every cohort file that was read. */
  readonly patients: readonly number[];
  /** Measures in whose files something is suppressed. */
  readonly suppressed: number;
}

/**
 * Writes `measure_ID_DATE.csv` for each file and measure, then `measure_ID.csv`. What one file's
 * problem leaves undone does not undo the others: they are recorded, and all problems are reported
 * together. Null where the folder has no cohort file of the study. Problems: two-files-one-date, those
 * of cohort files, measures and tables, interrupted.
 */
export async function measureCohorts(
  request: MeasuresToMake,
  context: RunContext,
): Promise<StudyMeasured | null> {
  const { folder, study, format } = request;
  const files = cohortFilesOf(folder, request.suffix);
  if (files.length === 0) return null;
  // Hashed beside the work, not before it: only --skip-existing and --strict must wait for the hashes.
  const hashing = hashInputs(folder, files);
  const fingerprint = measureFingerprints(request.measures, request.engineVersion);
  const made = makersOf(folder, files, readManifest(folder), context);
  const columnFacts = areOfOthers(made, request.present)
    ? withoutConditions(request.columnFacts)
    : request.columnFacts;
  const measuring = { ...request, columnFacts, files, fingerprint, hashing };
  settle(originFindings(study, made, request.present), measuring, context);
  if (request.strict) settle(await altered(measuring, made, context), measuring, context);
  const kept = request.skipExisting ? await keptMeasures(measuring) : new Map<string, string[]>();
  const keptFiles = fileNamesOf(kept, files, format);
  for (const file of keptFiles) context.reporter.report({ kind: "kept", file });
  const known = { kept, unmarked: foreignAmong(made), origins: originsOf(made) };
  const dates = await measureDates(measuring, known, context);
  if (!request.strict) settle(await altered(measuring, made, context), measuring, context);
  return combined(measuring, { ...dates, keptFiles }, context);
}

function foreignAmong(made: readonly MadeFile[]): ReadonlySet<string> {
  return new Set(
    made.flatMap(({ fileName, maker }) => (maker.kind === "engine" ? [] : [fileName])),
  );
}

/** Of files that `generate_cohort` wrote, and nobody has altered. */
function originsOf(made: readonly MadeFile[]): FilesKnown["origins"] {
  return (fileName, sha256) => {
    const maker = made.find((each) => each.fileName === fileName)?.maker;
    return maker?.kind === "engine" && maker.sha256 === sha256 ? maker.origin : null;
  };
}

/** The same without cohort files: the pool knows the patients of each date. Problems: those of the pool, interrupted. */
export async function measureWithoutFiles(
  measuring: Measuring,
  context: RunContext,
): Promise<StudyMeasured> {
  const { skipExisting, files, format } = measuring;
  const kept = skipExisting ? await keptMeasures(measuring) : new Map<string, string[]>();
  const keptFiles = fileNamesOf(kept, files, format);
  for (const file of keptFiles) context.reporter.report({ kind: "kept", file });
  const known = { kept, unmarked: new Set<string>(), origins: () => null };
  const dates = await measureDates(measuring, known, context);
  return combined(measuring, { ...dates, keptFiles }, context);
}

async function combined(
  measuring: Measuring,
  dates: DatesMeasured & { readonly keptFiles: readonly string[] },
  context: RunContext,
): Promise<StudyMeasured> {
  const { written, kept } = await combine(measuring, dates, context);
  return {
    written: [...dates.made, ...written],
    kept: [...dates.keptFiles, ...kept],
    dates: measuring.files.map(({ date }) => date),
    patients: dates.patients,
    suppressed: dates.suppressed.size,
  };
}

/** Reports warnings; stops at what is refused, and with `strict` at warnings too. */
function settle(
  { refused, warnings }: Findings,
  { strict }: Pick<Measuring, "strict">,
  { reporter }: Pick<RunContext, "reporter">,
): void {
  const stopping = strict ? [...refused, ...warnings] : refused;
  if (stopping.length > 0) throw new ProblemError(stopping);
  for (const found of warnings) reporter.report({ kind: "warning", problem: found });
}

async function altered(
  { study, hashing }: Measuring,
  made: readonly MadeFile[],
  { recordedInputs }: Pick<RunContext, "recordedInputs">,
): Promise<Findings> {
  const inPipeline = recordedInputs !== undefined;
  return alteredFindings(study, made, { inputs: await hashing, inPipeline });
}

/** Ids whose file for a date is complete and made from the same input, by cohort file. */
async function keptMeasures(request: Measuring): Promise<ReadonlyMap<string, readonly string[]>> {
  const kept = new Map<string, readonly string[]>();
  const manifest = readManifest(request.folder);
  for (const { date, fileName, sha256 } of await request.hashing) {
    if (sha256 === null) continue;
    const done: string[] = [];
    for (const measure of request.measures) {
      // Whether anybody has the labels is seen when they are counted.
      if (measure.merged !== undefined) continue;
      const path = join(request.folder, measureFileName(measure.id, date, request.format));
      const fingerprint = request.fingerprint(measure, [{ date, sha256 }]);
      if (await isDone(manifest, path, fingerprint)) done.push(measure.id);
    }
    kept.set(fileName, done);
  }
  return kept;
}

function fileNamesOf(
  kept: ReadonlyMap<string, readonly string[]>,
  files: readonly DatedFile[],
  format: MeasureFormat,
): readonly string[] {
  return files.flatMap(({ fileName, date }) =>
    (kept.get(fileName) ?? []).map((id) => measureFileName(id, date, format)),
  );
}

/** Stops with all problems where a date is missing; then no combined file looks current. */
async function combine(
  measuring: Measuring,
  { lost, problems, made, keptFiles }: DatesMeasured & { readonly keptFiles: readonly string[] },
  context: RunContext,
) {
  if (lost.length > 0) {
    const isNew = made.length + keptFiles.length > 0;
    const told: Problem[] = isNew ? [await dropCombined(measuring, lost)] : [];
    const stopped = problem("interrupted", { finished: made.length });
    throw new ProblemError([...(problems.length > 0 ? problems : [stopped]), ...told]);
  }
  const inputs = (await measuring.hashing).flatMap(({ date, sha256 }) =>
    sha256 === null ? [] : [{ date, sha256 }],
  );
  return combineAll(measuring, inputs, context);
}
