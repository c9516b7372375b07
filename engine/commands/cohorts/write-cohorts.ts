/** One study's cohort files, at each index date, from whichever backend answers. */
import { join } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { cohortFileName } from "../../base/file-names.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import type { Backend, Cohort } from "../../backend/backend.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { stoppable } from "./stoppable.ts";
import { writeCohort } from "../../table/write-table.ts";
import type { CohortIdentity } from "./cohort-fingerprint.ts";
import { isDone, readManifest, recordFiles } from "../manifest/manifest.ts";
import type { Progress, RunContext, RunSummary } from "../context.ts";
import { warnOfNobody } from "./cohort-warnings.ts";

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
  try {
    const rows = await writeAll(request, wanted, { context, progress });
    const dates = wanted.map(({ indexDate }) => indexDate);
    warnOfNobody(request.study, dates, rows, context);
    const written = wanted.slice(0, rows.length).map(({ name }) => name);
    return { written, kept, patients: rows };
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
  if (indexDates.length === 0) return written;
  try {
    for await (const cohort of request.backend.cohorts(request.study, indexDates)) {
      const file = wanted[written.length];
      if (file === undefined) break;
      written.push(await writeOne(request, { file, cohort, finished: written.length }, watch));
      request.onRead?.(cohort);
    }
  } catch (error) {
    // A database whose statement is ended says so in its own way.
    const stopped = watch.context.signal.aborted && error instanceof ProblemError;
    if (!stopped) throw error;
    fail("interrupted", { finished: written.length });
  }
  return written;
}

async function writeOne(
  { folder, format }: CohortsToWrite,
  one: { readonly file: CohortFile; readonly cohort: Cohort; readonly finished: number },
  { context, progress }: Watch,
): Promise<number> {
  const { file, cohort, finished } = one;
  const batches = stoppable(cohort.batches, context.signal, finished);
  let seen = 0;
  const onRows = (rows: number): void => {
    progress.advance(rows - seen);
    seen = rows;
  };
  const path = join(folder, file.name);
  const { schema } = cohort;
  const { rows, bytes, sha256 } = await writeCohort({ path, format, schema, batches, onRows });
  const { fingerprint, origin } = file;
  await recordFiles(folder, { [file.name]: { fingerprint, rows, bytes, sha256, origin } });
  context.reporter.report({ kind: "written", file: file.name, rows, bytes });
  return rows;
}
