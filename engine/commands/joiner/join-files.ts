/** Each left cohort with the columns of the right one, under its own name in the output folder. */
import { basename, join, resolve } from "node:path";
import { joinedSchema } from "../../table/join/joined-schema.ts";
import { mergeJoin } from "../../table/join/merge-join.ts";
import { NotInOrder, orderedBatches } from "../../table/join/ordered-batches.ts";
import { readWholeCohort } from "../../table/read-table.ts";
import { writeCohort } from "../../table/write-table.ts";
import type { WrittenCohort } from "../../table/write-table.ts";
import type { WholeCohort } from "../../table/whole-cohort.ts";
import { stoppable } from "../cohorts/stoppable.ts";
import type { RunContext, RunSummary } from "../context.ts";
import { fingerprintOf } from "../manifest/fingerprint.ts";
import { isDone, readManifest, recordFiles } from "../manifest/manifest.ts";
import type { ManifestEntry } from "../manifest/manifest-text.ts";
import { isText } from "./join-inputs.ts";
import type { JoinInput, JoinInputs } from "./join-inputs.ts";

export interface Joining extends JoinInputs {
  /** Absolute; it exists. */
  readonly folder: string;
  readonly skipExisting: boolean;
}

interface Pair {
  readonly left: JoinInput;
  readonly right: JoinInput;
  /** Files that are known not to be in the order of patients. */
  readonly unsorted: Set<string>;
}

/** Problems: those of reading and writing cohorts and of joining them, interrupted. */
export async function joinFiles(joining: Joining, context: RunContext): Promise<RunSummary> {
  const { lefts, right, folder, skipExisting } = joining;
  const written: string[] = [];
  const kept: string[] = [];
  const patients: number[] = [];
  const unsorted = new Set<string>();
  for (const left of lefts) {
    const name = basename(left.path);
    const pair = { left, right, unsorted };
    const fingerprint = fingerprintFor(pair, context);
    if (skipExisting && (await isDone(readManifest(folder), join(folder, name), fingerprint))) {
      kept.push(name);
      context.reporter.report({ kind: "kept", file: name });
      continue;
    }
    const { rows, bytes, sha256 } = await joinPair(
      pair,
      join(folder, name),
      written.length,
      context,
    );
    await record(folder, { name, entry: entryFor(pair, { fingerprint, rows, bytes, sha256 }) });
    written.push(name);
    patients.push(rows);
    context.reporter.report({ kind: "written", file: name, rows, bytes });
  }
  return { written, kept, patients };
}

function fingerprintFor({ left, right }: Pair, { engineVersion }: RunContext): string {
  return fingerprintOf({ engineVersion, joined: [left.sha256, right.sha256], format: left.format });
}

/** Files that others made have no origin, and count as made by others when they are joined. */
function entryFor(
  { left, right }: Pair,
  made: Pick<ManifestEntry, "fingerprint" | "rows" | "bytes" | "sha256">,
): ManifestEntry | null {
  if (left.origin === null) return null;
  const files = { ...left.origin.files, [right.path]: right.sha256 };
  return { ...made, patient_level: true, origin: { ...left.origin, files } };
}

async function record(
  folder: string,
  { name, entry }: { readonly name: string; readonly entry: ManifestEntry | null },
): Promise<void> {
  if (entry !== null) await recordFiles(folder, { [name]: entry });
  else if (Object.hasOwn(readManifest(folder), name)) await recordFiles(folder, {}, [name]);
}

/**
 * In one pass over both, as the engine's own files are in the order of patients. Those of other programs may not be:
 * what turns out not to be is sorted in memory, and the pass begins anew.
 */
async function joinPair(
  pair: Pair,
  path: string,
  finished: number,
  { workspace, signal }: RunContext,
): Promise<WrittenCohort> {
  const { unsorted } = pair;
  const as = isText(pair.left.format) ? "texts" : "types";
  const files = [pair.left, pair.right].map((input) => resolve(workspace, input.path));
  const [left, right] = await Promise.all(files.map((file) => readWholeCohort(file, as)));
  if (left === undefined || right === undefined) throw new Error("a join has two sides");
  const schema = joinedSchema(pair.left.path, { left: left.schema, right: right.schema });
  const source = (cohort: WholeCohort, { path: file }: JoinInput) =>
    orderedBatches({ file, cohort, sort: unsorted.has(file) });
  for (;;) {
    const joined = mergeJoin(source(left, pair.left), source(right, pair.right), right.schema);
    const batches = stoppable(joined, signal, finished);
    try {
      return await writeCohort({ path, format: pair.left.format, schema, batches });
    } catch (error) {
      if (!(error instanceof NotInOrder) || unsorted.has(error.file)) throw error;
      unsorted.add(error.file);
    }
  }
}
