/** One study's cohort files, at each index date, from whichever backend answers. */
import { join } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { cohortFileName } from "../../base/file-names.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import type { Backend, Cohort, HearCodelists } from "../../backend/backend.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { stoppable } from "./stoppable.ts";
import type { PieceWork } from "../../table/table-format.ts";
import { writeCohort } from "../../table/write-table.ts";
import type { WrittenCohort } from "../../table/write-table.ts";
import { drawSideBySide, paysThreads } from "./draw-side-by-side.ts";
import type { FileToDraw } from "./draw-side-by-side.ts";
import { openPieceWorkers } from "./piece-workers.ts";
import type { PieceWorkers } from "./piece-workers.ts";
import { firstBatches, openWritingThreads } from "./write-side-by-side.ts";
import type { WritingThreads } from "./write-side-by-side.ts";
import type { CohortIdentity } from "./cohort-fingerprint.ts";
import { isDone, readManifest, recordFiles } from "../manifest/manifest.ts";
import type { Progress, RunContext, RunSummary } from "../context.ts";
import { warnOfNobody } from "./cohort-warnings.ts";
import { hearCodelists } from "./told-codelists.ts";
import { hearVocabulary } from "./told-vocabulary.ts";
import type { VocabularyHeard } from "./told-vocabulary.ts";

export interface CohortsToWrite {
  readonly study: CheckedStudy;
  readonly backend: Backend;
  /** In the order in which they are made; null = without an index date in the name. */
  readonly indexDates: readonly (IsoDate | null)[];
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly suffix: string;
  readonly format: CohortFormat;
  readonly skipExisting: boolean;
  /** All that a file's content depends on, for one index date. */
  readonly identity: (indexDate: IsoDate | null) => CohortIdentity;
  /** Rows expected in each file, for progress; 0 = unknown. */
  readonly expectedRows: number;
  /** Hears of each cohort when its file is complete. */
  readonly onRead?: (cohort: Cohort) => void;
  /** Files written at once, where they can be. */
  readonly jobs: number;
}

/**
 * Writes what is missing and records each file as soon as it is complete: stopped anywhere and run
 * again, it ends with the same bytes. The folder exists. Problems: those of the backend and of
 * `writeCohort`, bad-manifest, interrupted.
 */
export async function writeCohorts(
  request: CohortsToWrite,
  context: RunContext,
): Promise<RunSummary> {
  const files = request.indexDates.map((indexDate) => fileFor(request, indexDate));
  const kept = request.skipExisting ? await filesDone(files, request) : [];
  for (const file of kept) context.reporter.report({ kind: "kept", file });
  const wanted = files.filter(({ name }) => !kept.includes(name));
  const { name: label } = request.study;
  const total = request.expectedRows * wanted.length;
  const progress = context.reporter.progress({ label, unit: "rows", total });
  const heard = hearCodelists();
  try {
    const vocabulary = hearVocabulary(label, context);
    const watch = { context, progress, hear: heard.hear, vocabulary };
    const rows = await writeAll(request, wanted, watch);
    const dates = wanted.map(({ indexDate }) => indexDate);
    warnOfNobody(request.study, dates, rows, context);
    heard.tell(label, context);
    const written = wanted.slice(0, rows.length).map(({ name }) => name);
    const cohorts = rows.map((patients, i) => {
      return { study: label, indexDate: dates[i] ?? null, patients };
    });
    return { written, kept, patients: rows, cohorts };
  } finally {
    progress.end();
  }
}

interface CohortFile extends CohortIdentity {
  readonly name: string;
  readonly indexDate: IsoDate | null;
}

function fileFor(request: CohortsToWrite, indexDate: IsoDate | null): CohortFile {
  const { name, suffix, format } = request;
  const fileName = cohortFileName(name, suffix, indexDate, format);
  return { name: fileName, indexDate, ...request.identity(indexDate) };
}

async function filesDone(
  files: readonly CohortFile[],
  { folder }: CohortsToWrite,
): Promise<readonly string[]> {
  const done: string[] = [];
  const manifest = readManifest(folder);
  for (const { name, fingerprint } of files) {
    if (await isDone(manifest, join(folder, name), fingerprint)) done.push(name);
  }
  return done;
}

interface Watch {
  readonly hear: HearCodelists;
  readonly vocabulary: VocabularyHeard;
  readonly context: RunContext;
  readonly progress: Progress;
}

/** Gives the rows of each file. */
async function writeAll(
  request: CohortsToWrite,
  wanted: readonly CohortFile[],
  watch: Watch,
): Promise<readonly number[]> {
  const written: number[] = [];
  const indexDates = wanted.map(({ indexDate }) => indexDate);
  const { backend } = request;
  if (indexDates.length === 0) {
    await backend.kept?.forget();
    return written;
  }
  const inOrder = writtenInOrder(request, { files: wanted.length, written }, watch);
  try {
    const together: FileToDraw[] = [];
    const { hear, vocabulary } = watch;
    const answering = backend.kept ?? backend;
    const cohorts = answering.cohorts(request.study, indexDates, hear, vocabulary.hear);
    let begun = 0;
    for await (const cohort of cohorts) {
      const file = wanted[begun++];
      if (file === undefined) break;
      const { drawn } = cohort;
      if (drawn !== undefined && paysThreads(cohort, wanted.length, request.jobs)) {
        together.push({ ...file, drawn });
      } else await inOrder.write(file, cohort);
    }
    if (together.length > 0) await drawTogether(request, { wanted, together, written }, watch);
    await inOrder.finish();
    await backend.kept?.forget();
  } catch (error) {
    await inOrder.close();
    // A database whose statement is ended says so in its own way.
    const stopped = watch.context.signal.aborted && error instanceof ProblemError;
    if (!stopped) throw error;
    fail("interrupted", { finished: written.length });
  } finally {
    await inOrder.close();
  }
  return written;
}

interface WrittenInOrder {
  /** Returns when all rows have been taken; the file may be complete later. */
  readonly write: (file: CohortFile, cohort: Cohort) => Promise<void>;
  readonly finish: () => Promise<void>;
  /** Files whose rows have all been taken are completed and recorded. */
  readonly close: () => Promise<void>;
}

/** Files recorded in the order of the index dates, whoever writes them. */
function writtenInOrder(
  request: CohortsToWrite,
  { files, written }: { readonly files: number; readonly written: number[] },
  watch: Watch,
): WrittenInOrder {
  const { folder, format, jobs } = request;
  const { context, progress } = watch;
  let threads: WritingThreads | null = null;
  let pieces: PieceWorkers | null = null;
  let recorded = Promise.resolve();
  const onRows = (rows: number): void => {
    progress.advance(rows);
  };
  const recordLater = (file: CohortFile, cohort: Cohort, result: Promise<WrittenCohort | null>) => {
    recorded = recorded.then(async () => {
      const made = await result;
      if (made === null) return;
      await record(folder, { file, written: made }, watch);
      written.push(made.rows);
      request.onRead?.(cohort);
    });
    // It is awaited in the end.
    recorded.catch(() => undefined);
  };
  return {
    write: async (file, cohort) => {
      const batches = stoppable(cohort.batches, context.signal, written.length);
      // Packing pays for rows that are copied to threads; encoding csv does not.
      const byPieces = jobs > 1 && areFew(files, jobs) && format === "csv.gz";
      const mayThread = jobs > 1 && !byPieces && (cohort.drawn === undefined || files === 1);
      const begun = mayThread && threads === null ? await firstBatches(batches, files) : null;
      if (mayThread && begun?.areAll !== true) {
        threads ??= openWritingThreads({ folder, format, jobs: Math.min(jobs, files), onRows });
        const { schema } = cohort;
        const { name } = file;
        const taken = await threads.take({ name, schema, batches: begun?.batches ?? batches });
        recordLater(file, cohort, taken.written);
      } else {
        if (byPieces) pieces ??= openPieceWorkers({ count: jobs });
        const rows = { ...cohort, batches: begun?.batches ?? batches };
        const work = pieces?.workFor(file.name);
        recordLater(file, cohort, writeOne(request, { file, cohort: rows, work }, watch));
        await recorded;
      }
    },
    finish: async () => {
      await recorded;
      await threads?.finish();
    },
    close: async () => {
      await recorded.catch(() => undefined);
      await Promise.all([threads?.close(), pieces?.close()]);
      [threads, pieces] = [null, null];
    },
  };
}

/** Files of which each is best written by all threads, and not by one of its own. */
function areFew(files: number, jobs: number): boolean {
  return files === 1 || 4 * files <= jobs;
}

interface OneFile {
  readonly file: CohortFile;
  readonly cohort: Cohort;
  readonly work: PieceWork | undefined;
}

async function writeOne(
  { folder, format }: CohortsToWrite,
  { file, cohort, work }: OneFile,
  { progress }: Watch,
): Promise<WrittenCohort> {
  let seen = 0;
  const onRows = (rows: number): void => {
    progress.advance(rows - seen);
    seen = rows;
  };
  const { schema, batches } = cohort;
  return writeCohort({ path: join(folder, file.name), format, schema, batches, work, onRows });
}

/** Files of other threads, recorded in the order of the index dates. */
async function drawTogether(
  { folder, format, jobs }: CohortsToWrite,
  work: {
    readonly wanted: readonly CohortFile[];
    readonly together: readonly FileToDraw[];
    readonly written: number[];
  },
  watch: Watch,
): Promise<void> {
  const { context, progress } = watch;
  await drawSideBySide(work.together, {
    ...{ folder, format, jobs, signal: context.signal },
    onRows: (rows) => {
      progress.advance(rows);
    },
    onWritten: async (place, written) => {
      const file = work.wanted[place];
      if (file === undefined) throw new Error("more files than were wanted");
      await record(folder, { file, written }, watch);
      work.written.push(written.rows);
    },
  });
}

async function record(
  folder: string,
  { file, written }: { readonly file: CohortFile; readonly written: WrittenCohort },
  { context: { reporter }, vocabulary }: Watch,
): Promise<void> {
  const { fingerprint, origin, name } = file;
  const { rows, bytes, sha256 } = written;
  const entry = { fingerprint, rows, bytes, sha256, origin, ...vocabulary.entry() };
  await recordFiles(folder, { [name]: entry });
  reporter.report({ kind: "written", file: name, rows, bytes });
}
