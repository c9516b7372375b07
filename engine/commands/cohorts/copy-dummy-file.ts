/** Supplied dummy data: checked once, then the cohort file of every index date. */
import { join, resolve } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { cohortFileName } from "../../base/file-names.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import { cohortSchema } from "../../backend/cohort-columns.ts";
import { suppliedBatches } from "../../backend/supplied-file/supplied-cohort.ts";
import type { PatientsOrder } from "../../backend/supplied-file/supplied-cohort.ts";
import { fileProblem, validateDummyFile } from "../../backend/supplied-file/validate-dummy-file.ts";
import { copyWrittenFile } from "../../files/copy-written-file.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { CohortBatch } from "../../table/cohort-schema.ts";
import { writeCohort } from "../../table/write-table.ts";
import type { WrittenCohort } from "../../table/write-table.ts";
import { cohortIdentities } from "./cohort-fingerprint.ts";
import type { CohortIdentity } from "./cohort-fingerprint.ts";
import type { StudyRun } from "./planned-cohorts.ts";
import { isDone, readManifest, recordFiles } from "../manifest/manifest.ts";
import type { RunContext, RunSummary } from "../context.ts";
import { warnOfNobody } from "./cohort-warnings.ts";
import { withAttrition } from "./write-attrition.ts";
import { paysPieces, writeSuppliedPieces } from "./write-supplied-pieces.ts";

/**
 * Writes the file's cohort as one that was made here, so that it can be measured: what R or pandas write for flags
 * and for nothing becomes 0 and 1 and the empty value. Problems: every one that the check of the file finds,
 * together.
 */
export async function copyDummyFile(
  run: StudyRun & { readonly path: string },
  context: RunContext,
): Promise<RunSummary> {
  const { cohorts, study, indexDates, today } = run;
  const { workspace, engineVersion } = context;
  const { format, outputName, suffix, attrition } = cohorts;
  const path = resolve(workspace, run.path);
  const supplied = { path, named: run.path, study: study.study, format, jobs: run.jobs };
  const hash = await hashOf(supplied);
  // An earlier file of attrition is forgotten before a cohort is written: for one that cannot be, it stays.
  const order = attrition === null ? "unknown" : await checkedOrder(supplied);
  const folder = resolve(workspace, cohorts.outputDir);
  const identity = await cohortIdentities({
    engineVersion,
    definition: study.definition.study,
    study: study.study,
    parameters: cohorts.params,
    data: "dummy file",
    dataVersion: `file ${hash}`,
    format,
    today,
    workspace,
  });
  const copy: Copy = { supplied, order, folder, skipExisting: cohorts.skipExisting, made: null };
  const files = indexDates.map((indexDate) => {
    const name = cohortFileName(outputName, suffix, indexDate, format);
    return { name, indexDate, ...identity(indexDate) };
  });
  const asked = { run, identity, backend: null };
  return withAttrition(asked, () => copyAll(files, { copy, study }, context), context);
}

async function copyAll(
  files: readonly (CopiedFile & { readonly indexDate: IsoDate | null })[],
  { copy, study }: { readonly copy: Copy; readonly study: StudyRun["study"] },
  context: RunContext,
): Promise<RunSummary> {
  const summary = { written: [] as string[], kept: [] as string[], patients: [] as number[] };
  const dates: (IsoDate | null)[] = [];
  for (const file of files) {
    const rows = await copyOne(copy, file, context);
    (rows === null ? summary.kept : summary.written).push(file.name);
    if (rows !== null) summary.patients.push(rows);
    dates.push(...(rows === null ? [] : [file.indexDate]));
  }
  warnOfNobody(study.study, dates, summary.patients, context);
  return summary;
}

interface Supplied {
  /** Absolute. */
  readonly path: string;
  /** As the author gave it, from the study's folder. */
  readonly named: string;
  readonly study: CheckedStudy;
  readonly format: CohortFormat;
  readonly jobs: number;
}

function hashOf(supplied: Supplied): Promise<string> {
  const { path, format } = supplied;
  return inAuthorsWords(supplied, async () => {
    const unusable = await fileProblem(path, format);
    if (unusable !== null) throw new ProblemError([unusable]);
    return fileSha256(path);
  });
}

/** Problems: every one that the check of the file finds. */
function checkedOrder(supplied: Supplied): Promise<PatientsOrder> {
  const { path, study, format } = supplied;
  return inAuthorsWords(supplied, async () => {
    const { problems, ascending } = await validateDummyFile(study, path, format);
    if (problems.length > 0) throw new ProblemError(problems);
    return ascending ? "ascending" : "any";
  });
}

async function inAuthorsWords<T>({ path, named }: Supplied, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError(
      error.problems.map((each) => ({
        ...each,
        message: each.message.replaceAll(path, named),
      })),
    );
  }
}

interface Copy {
  readonly supplied: Supplied;
  readonly order: PatientsOrder;
  readonly folder: string;
  readonly skipExisting: boolean;
  /** The first file that was written: those of other index dates have the same bytes. */
  made: { readonly path: string; readonly written: WrittenCohort } | null;
}

interface CopiedFile extends CohortIdentity {
  readonly name: string;
}

/** Its rows; null if the file was there already. */
async function copyOne(
  copy: Copy,
  { name, fingerprint, origin }: CopiedFile,
  { reporter }: RunContext,
): Promise<number | null> {
  const { folder } = copy;
  const path = join(folder, name);
  if (copy.skipExisting && (await isDone(readManifest(folder), path, fingerprint))) {
    reporter.report({ kind: "kept", file: name });
    return null;
  }
  const written = await writeOne(copy, path);
  copy.made ??= { path, written };
  const { rows, bytes, sha256 } = written;
  await recordFiles(folder, { [name]: { fingerprint, rows, bytes, sha256, origin } });
  reporter.report({ kind: "written", file: name, rows, bytes });
  return rows;
}

async function writeOne({ supplied, order, made }: Copy, path: string): Promise<WrittenCohort> {
  if (made !== null) return { rows: made.written.rows, ...(await copyWrittenFile(made, path)) };
  return order === "unknown" ? writeUnchecked(supplied, path) : writeFirst(supplied, path, order);
}

/** One reading of a file in which all is right and patients ascend; any other is checked, and read once more. */
async function writeUnchecked(supplied: Supplied, path: string): Promise<WrittenCohort> {
  const faults: unknown[] = [];
  const onFault = (error: unknown): void => {
    faults.push(error);
  };
  try {
    const pieces = { ...supplied, source: supplied.path, path };
    if (await paysPieces(pieces)) return await writeSuppliedPieces(pieces, onFault);
    return await write(supplied, path, hopefulBatches(supplied, onFault));
  } catch (error) {
    // What is wrong with the file given is told before what cannot be written of it.
    const order = await checkedOrder(supplied);
    if (faults.length === 0) throw error;
    return writeFirst(supplied, path, order);
  }
}

async function* hopefulBatches(
  { study, path }: Supplied,
  onFault: (error: unknown) => void,
): AsyncGenerator<CohortBatch> {
  try {
    yield* suppliedBatches(study, path, "unknown");
  } catch (error) {
    onFault(error);
    throw error;
  }
}

function writeFirst(
  supplied: Supplied,
  path: string,
  order: PatientsOrder,
): Promise<WrittenCohort> {
  return write(supplied, path, suppliedBatches(supplied.study, supplied.path, order));
}

function write(
  { study, format }: Supplied,
  path: string,
  batches: AsyncIterable<CohortBatch>,
): Promise<WrittenCohort> {
  return writeCohort({ path, format, schema: cohortSchema(study), batches });
}
