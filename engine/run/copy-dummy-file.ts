/** Supplied dummy data: checked once, then the cohort file of every index date. spec/dummy.md 12. */
import { createReadStream } from "node:fs";
import { join, resolve } from "node:path";
import { cohortFileName } from "../base/file-names.ts";
import { ProblemError } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import { validateDummyFile } from "../backend/dummy-file/validate-dummy-file.ts";
import { openAtomicFile } from "../files/atomic-file.ts";
import { fileSha256 } from "../files/file-sha256.ts";
import { cohortFingerprint } from "./cohort-fingerprint.ts";
import type { StudyRun } from "./generate-cohort.ts";
import { isDone, readManifest, recordFiles } from "./manifest.ts";
import type { RunContext, RunSummary } from "./reporter.ts";
import { prepareFolder } from "./prepare-folder.ts";

/** Copies byte for byte. Problems: every one that the check of the file finds, together. */
export async function copyDummyFile(
  run: StudyRun & { readonly path: string },
  context: RunContext,
): Promise<RunSummary> {
  const { request, study, indexDates, today } = run;
  const { workspace, engineVersion } = context;
  const { format, outputName, suffix } = request;
  const source = resolve(workspace, run.path);
  const { rows, problems } = await validateDummyFile(study.study, source, format);
  if (problems.length > 0) throw new ProblemError(problems.map(inAuthorsWords(source, run.path)));
  const folder = resolve(workspace, request.outputDir);
  await prepareFolder(folder);
  const fingerprint = await cohortFingerprint({
    engineVersion,
    definition: study.definition.study,
    study: study.study,
    dataVersion: `file ${await fileSha256(source)}`,
    format,
    today,
    workspace,
  });
  const copy = { source, folder, rows, skipExisting: request.skipExisting };
  const summary: { written: string[]; kept: string[] } = { written: [], kept: [] };
  for (const indexDate of indexDates) {
    const name = cohortFileName(outputName, suffix, indexDate, format);
    const made = await copyOne({ ...copy, name, fingerprint: fingerprint(indexDate) }, context);
    (made ? summary.written : summary.kept).push(name);
  }
  return summary;
}

/** The author gave the path from the study's folder. */
function inAuthorsWords(absolute: string, path: string): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, message: problem.message.replaceAll(absolute, path) });
}

interface Copy {
  readonly source: string;
  readonly folder: string;
  readonly name: string;
  readonly rows: number;
  readonly fingerprint: string;
  readonly skipExisting: boolean;
}

/** False if the file was there already. */
async function copyOne(copy: Copy, { reporter }: RunContext): Promise<boolean> {
  const { source, folder, name, rows, fingerprint } = copy;
  const path = join(folder, name);
  if (copy.skipExisting && (await isDone(readManifest(folder), path, fingerprint))) {
    reporter.tell({ kind: "kept", file: name });
    return false;
  }
  const file = await openAtomicFile(path);
  try {
    for await (const bytes of createReadStream(source)) await file.write(bytes as Uint8Array);
    const { bytes, sha256 } = await file.commit();
    await recordFiles(folder, { [name]: { fingerprint, rows, bytes, sha256 } });
    reporter.tell({ kind: "written", file: name, rows, bytes });
  } finally {
    await file.abandon();
  }
  return true;
}
