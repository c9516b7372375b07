/**
 * The bytes of an output that a page may show: found by the run's record and the hash, and held to that hash after
 * they were read, so that what is sent is what the run let out, whatever lies at its place by now.
 */
import { outputsOf } from "../pipeline/record/compare-runs.ts";
import type { RecordedOutput, RunRecord } from "../pipeline/record/run-record.ts";
import { fileWithHash } from "../files/file-with-hash.ts";
import { fail } from "./problems.ts";
import { runOf } from "./served-study.ts";
import type { ServedStudy } from "./served-study.ts";
import { shownOutputs } from "./shown-outputs.ts";

export interface ShownOutput {
  readonly run: RunRecord;
  readonly output: RecordedOutput;
  readonly bytes: Buffer;
}

/** The level check lets nothing larger out. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Problems: unknown-run, run-of-others, output-unknown, output-sensitive, output-kept-back, output-changed, and none
 * that says anything of what is in a file.
 */
export function shownOutput(study: ServedStudy, id: string, sha256: string): ShownOutput {
  const { run, isOurs } = runOf(study, id);
  if (!isOurs) return fail("run-of-others", { number: run.number });
  const outputs = outputsOf(run).filter((output) => output.sha256 === sha256);
  const shown = shownOutputs(study, run);
  const output = outputs.find(({ path }) => shown.has(path));
  if (output === undefined) return refuse(run, outputs);
  const bytes = bytesOf(study.context.folder, output);
  if (bytes === null) {
    return fail("output-changed", { file: output.path, action: actionOf(run, output.path) });
  }
  return { run, output, bytes };
}

function refuse({ number }: RunRecord, [output]: readonly RecordedOutput[]): never {
  if (output === undefined) return fail("output-unknown", { number });
  const { path: file, withheld, level } = output;
  if (withheld === null || level === "highly_sensitive") return fail("output-sensitive", { file });
  return fail("output-kept-back", { file, reason: withheld });
}

/** Whether what lies at its place has the bytes of then. */
export function isAsMade(study: ServedStudy, output: RecordedOutput): boolean {
  return bytesOf(study.context.folder, output) !== null;
}

function bytesOf(folder: string, { path, sha256 }: RecordedOutput): Buffer | null {
  return fileWithHash(folder, { path, sha256, most: MOST_BYTES });
}

export function actionOf({ jobs, kept }: RunRecord, path: string): string {
  const made = [...jobs, ...kept].find(({ outputs }) => outputs.some((each) => each.path === path));
  return made?.action ?? "run_all";
}
