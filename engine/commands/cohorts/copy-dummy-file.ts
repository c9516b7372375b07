/** Supplied dummy data: checked once, then the cohort file of every index date. */
import { join, resolve } from "node:path";
import type { IsoDate } from "../../base/dates.ts";
import { cohortFileName } from "../../base/file-names.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { cohortSchema } from "../../backend/cohort-columns.ts";
import { suppliedBatches } from "../../backend/supplied-file/supplied-cohort.ts";
import { validateDummyFile } from "../../backend/supplied-file/validate-dummy-file.ts";
import { copyWrittenFile } from "../../files/copy-written-file.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
import type { CohortBatch, CohortSchema } from "../../table/cohort-schema.ts";
import { writeCohort } from "../../table/write-table.ts";
import type { WrittenCohort } from "../../table/write-table.ts";
import { cohortIdentities } from "./cohort-fingerprint.ts";
import type { CohortIdentity } from "./cohort-fingerprint.ts";
import type { StudyRun } from "./planned-cohorts.ts";
import { isDone, readManifest, recordFiles } from "../manifest/manifest.ts";
import type { RunContext, RunSummary } from "../context.ts";
import { warnOfNobody } from "./cohort-warnings.ts";
import { withAttrition } from "./write-attrition.ts";

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
  const { format, outputName, suffix } = cohorts;
  const source = resolve(workspace, run.path);
  const { problems, ascending } = await validateDummyFile(study.study, source, format);
  if (problems.length > 0) throw new ProblemError(problems.map(inAuthorsWords(source, run.path)));
  const folder = resolve(workspace, cohorts.outputDir);
  const identity = await cohortIdentities({
    engineVersion,
    definition: study.definition.study,
    study: study.study,
    parameters: cohorts.params,
    data: "dummy file",
    dataVersion: `file ${await fileSha256(source)}`,
    format,
    today,
    workspace,
  });
  const batches = () => suppliedBatches(study.study, source, ascending);
  const cohort = { schema: cohortSchema(study.study), format, batches };
  const copy: Copy = { ...cohort, folder, skipExisting: cohorts.skipExisting, made: null };
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

/** The author gave the path from the study's folder. */
function inAuthorsWords(absolute: string, path: string): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, message: problem.message.replaceAll(absolute, path) });
}

interface Copy {
  readonly schema: CohortSchema;
  readonly format: CohortFormat;
  readonly batches: () => AsyncIterable<CohortBatch>;
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

async function writeOne(
  { schema, format, batches, made }: Copy,
  path: string,
): Promise<WrittenCohort> {
  if (made === null) return writeCohort({ path, format, schema, batches: batches() });
  return { rows: made.written.rows, ...(await copyWrittenFile(made, path)) };
}
