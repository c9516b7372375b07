/** All measures of one study, from its cohort files. */
import { basename, join } from "node:path";
import type { IsoDate } from "../base/dates.ts";
import { measureFileName } from "../base/file-names.ts";
import type { MeasureFormat } from "../base/file-names.ts";
import { fail, problem, ProblemError } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import { atMost } from "../measures/at-most.ts";
import { combineFiles } from "../measures/combine-files.ts";
import type { MeasureSpec } from "../measures/measure-spec.ts";
import { isPatientLevel } from "../measures/measure-spec.ts";
import { measureTask } from "../measures/message.ts";
import type { MadeMeasure, MeasureAnswer, MeasureTask } from "../measures/message.ts";
import type { MeasurePool } from "../measures/pool.ts";
import { fileSha256 } from "../files/file-sha256.ts";
import { cohortFilesOf } from "./cohort-files.ts";
import type { DatedFile } from "./cohort-files.ts";
import { isDone, openRecorder, readManifest, recordFiles } from "./manifest.ts";
import type { Manifest, ManifestEntry } from "./manifest.ts";
import { measureFingerprints } from "./measure-fingerprint.ts";
import type { MeasureFingerprint } from "./measure-fingerprint.ts";
import type { RunContext, RunSummary } from "./reporter.ts";
import { prepareFolder } from "./prepare-folder.ts";

export interface MeasuresToMake {
  /** For messages: the study's name. */
  readonly study: string;
  readonly suffix: string;
  readonly measures: readonly MeasureSpec[];
  readonly studyColumns: readonly string[];
  /** Absolute; both of the cohort files and of the measures. */
  readonly folder: string;
  /** Of the measures. */
  readonly format: MeasureFormat;
  readonly skipExisting: boolean;
  readonly pool: MeasurePool;
  /** Part of every fingerprint: another engine's files are made anew. */
  readonly engineVersion: string;
}

/** Waiting for the disk is most of the work of a small file. */
const FILES_AT_ONCE = 16;

interface Measuring extends MeasuresToMake {
  readonly dates: readonly IsoDate[];
  readonly fingerprint: MeasureFingerprint;
  readonly hashing: Promise<readonly Input[]>;
}

/** A cohort file and the fingerprint of what it holds. */
interface Input extends DatedFile {
  readonly sha256: string;
}

/**
 * Writes `measure_ID_DATE.csv` for each file and measure, then `measure_ID.csv`. What one file's
 * problem leaves undone does not undo the others: they are recorded, and all problems are told
 * together. Problems: two-files-one-date, those of measures and table, interrupted.
 */
export async function measureCohorts(
  request: MeasuresToMake,
  context: RunContext,
): Promise<RunSummary> {
  const files = cohortFilesOf(request.folder, request.suffix);
  if (files.length === 0 || request.measures.length === 0) {
    context.reporter.tell({ kind: "warning", problem: nothingToMeasure(request) });
    return { written: [], kept: [] };
  }
  await prepareFolder(request.folder);
  // Hashed beside the work, not before it: only --skip-existing must wait for the hashes.
  const hashing = hashInputs(request.folder, files);
  const fingerprint = measureFingerprints(request.measures, request.engineVersion);
  const dates = files.map(({ date }) => date);
  const measuring = { ...request, fingerprint, hashing, dates };
  const kept = request.skipExisting ? await keptMeasures(measuring) : new Map<string, string[]>();
  const keptFiles = fileNamesOf(kept, files, request.format);
  for (const file of keptFiles) context.reporter.tell({ kind: "kept", file });
  const watch = { kept, context, suppressed: new Set<string>(), formulas: new Map() };
  const written = await runTasks(measuring, files, watch);
  const combined = await combineAll(measuring, await hashing, context);
  return {
    written: [...written, ...combined],
    kept: keptFiles,
    suppressed: watch.suppressed.size,
  };
}

function hashInputs(folder: string, files: readonly DatedFile[]): Promise<readonly Input[]> {
  return Promise.all(
    files.map(async (file) => ({
      ...file,
      sha256: await fileSha256(join(folder, file.fileName)),
    })),
  );
}

function nothingToMeasure({ study, folder, measures }: MeasuresToMake) {
  return measures.length === 0
    ? problem("no-measures", { study })
    : problem("no-cohort-files", { study, folder: basename(folder) });
}

/** Ids whose file for a date is complete and made from the same input, by cohort file. */
async function keptMeasures(request: Measuring): Promise<ReadonlyMap<string, readonly string[]>> {
  const kept = new Map<string, readonly string[]>();
  const manifest = readManifest(request.folder);
  for (const input of await request.hashing) {
    const done: string[] = [];
    for (const measure of request.measures) {
      const path = join(request.folder, measureFileName(measure.id, input.date, request.format));
      const fingerprint = request.fingerprint(measure, [input]);
      if (await isDone(manifest, path, fingerprint)) done.push(measure.id);
    }
    kept.set(input.fileName, done);
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

interface MeasureWatch {
  readonly kept: ReadonlyMap<string, readonly string[]>;
  readonly context: RunContext;
  /** Filled with the ids of measures in which something was suppressed. */
  readonly suppressed: Set<string>;
  /** Filled with the cells of each measure's files that a spreadsheet would run. */
  readonly formulas: Map<string, { cells: number; readonly files: string[] }>;
}

async function runTasks(
  request: Measuring,
  files: readonly DatedFile[],
  watch: MeasureWatch,
): Promise<readonly string[]> {
  const { folder, format, measures, studyColumns, pool, study } = request;
  const { kept, context } = watch;
  const tasks = files.map(({ fileName, date }) =>
    measureTask({
      file: join(folder, fileName),
      date,
      folder,
      format,
      measures,
      studyColumns,
      kept: kept.get(fileName) ?? [],
    }),
  );
  const progress = context.reporter.progress({ label: study, unit: "files", total: tasks.length });
  const { signal } = context;
  const recorder = openRecorder(folder);
  const recording: Promise<void>[] = [];
  const onDone = (answer: MeasureAnswer, task: MeasureTask): void => {
    progress.advance(1, answer.ok ? answer.patients : 0);
    tellAnswer(answer, task, watch);
    recording.push(entriesFor(request, task, answer).then(recorder.record));
  };
  const { answers, problems } = await pool.run(tasks, { signal, onDone });
  progress.end();
  tellOnce(answers, request, watch);
  await Promise.all(recording);
  await recorder.flush();
  const made = answers.flatMap((answer) =>
    answer?.ok === true ? answer.made.map(({ fileName }) => fileName) : [],
  );
  if (problems.length > 0) throw new ProblemError(problems);
  if (signal.aborted) fail("interrupted", { finished: made.length });
  return made;
}

function tellAnswer(
  answer: MeasureAnswer,
  { date }: MeasureTask,
  { context: { reporter }, suppressed, formulas }: MeasureWatch,
): void {
  if (!answer.ok) return;
  for (const { id, fileName, rows, bytes, formulas: cells } of answer.made) {
    reporter.tell({ kind: "written", file: fileName, rows, bytes });
    if (cells === 0) continue;
    const known = formulas.get(id) ?? { cells: 0, files: [] };
    formulas.set(id, { cells: known.cells + cells, files: [...known.files, fileName] });
  }
  for (const hidden of answer.hidden) {
    suppressed.add(hidden.measure);
    reporter.tell({ kind: "suppressed", ...hidden, date });
  }
}

/** What holds for a measure or a study, told once and not at every date. */
function tellOnce(
  answers: readonly (MeasureAnswer | null)[],
  { study, measures, dates }: Measuring,
  { context: { reporter }, formulas }: MeasureWatch,
): void {
  const warn = (found: Problem): void => {
    reporter.tell({ kind: "warning", problem: found });
  };
  const made = (id: string) => (answer: MeasureAnswer | null) =>
    answer?.ok === true && answer.made.some((each) => each.id === id);
  const nobody = dates.filter((_, at) => isMadeOfNobody(answers[at] ?? null));
  if (nobody.length > 0) warn(problem("no-patients", { study, dates: nobody }));
  const bare = measures.filter(isPatientLevel).filter(({ id }) => answers.some(made(id)));
  if (bare.length > 0) warn(problem("patient-level", { measures: bare.map(({ id }) => id) }));
  for (const [measure, facts] of formulas) warn(problem("measure-formulas", { measure, ...facts }));
}

function isMadeOfNobody(answer: MeasureAnswer | null): boolean {
  return answer?.ok === true && answer.made.length > 0 && answer.patients === 0;
}

/** What one cohort file gave, as soon as it is there: a run killed later keeps it. */
async function entriesFor(
  request: Measuring,
  { date }: MeasureTask,
  answer: MeasureAnswer,
): Promise<Manifest> {
  const input = (await request.hashing).find((each) => each.date === date);
  const entries: Record<string, ManifestEntry> = {};
  if (!answer.ok || input === undefined) return entries;
  for (const made of answer.made) {
    const measure = request.measures.find(({ id }) => id === made.id);
    if (measure === undefined) continue;
    entries[made.fileName] = entryFor(made, request.fingerprint(measure, [input]));
  }
  return entries;
}

function entryFor({ rows, bytes, sha256, patientLevel }: MadeMeasure, fingerprint: string) {
  const entry = { fingerprint, rows, bytes, sha256 };
  return patientLevel ? { ...entry, patient_level: true as const } : entry;
}

async function combineAll(
  request: Measuring,
  inputs: readonly Input[],
  { reporter }: RunContext,
): Promise<readonly string[]> {
  const { folder, format, measures } = request;
  const parts = readManifest(folder);
  const entries: Record<string, ManifestEntry> = {};
  await atMost(FILES_AT_ONCE, measures, async (measure) => {
    const file = measureFileName(measure.id, null, format);
    const entry = await combineOne(request, measure, { inputs, parts });
    entries[file] = entry;
    reporter.tell({ kind: "written", file, rows: entry.rows, bytes: entry.bytes });
  });
  await recordFiles(folder, entries);
  return measures.map(({ id }) => measureFileName(id, null, format));
}

async function combineOne(
  { folder, format, fingerprint }: Measuring,
  measure: MeasureSpec,
  { inputs, parts }: { readonly inputs: readonly Input[]; readonly parts: Manifest },
): Promise<ManifestEntry> {
  const dates: readonly IsoDate[] = inputs.map(({ date }) => date);
  const { bytes, sha256 } = await combineFiles({ measure, folder, dates, format });
  const rows = dates.reduce(
    (total, date) => total + (parts[measureFileName(measure.id, date, format)]?.rows ?? 0),
    0,
  );
  const entry = { fingerprint: fingerprint(measure, inputs), rows, bytes, sha256 };
  return isPatientLevel(measure) ? { ...entry, patient_level: true } : entry;
}
