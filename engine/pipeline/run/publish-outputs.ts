/** Putting checked outputs in their place, and taking away what an action does not make any more. */
import { chmodSync, closeSync, copyFileSync, fsyncSync, lstatSync, openSync } from "node:fs";
import { renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fail } from "../../files/problems.ts";
import { recordFiles } from "../../commands/manifest/manifest.ts";
import type { ManifestEntry } from "../../commands/manifest/manifest-text.ts";
import { failForFile } from "../../files/file-problem.ts";
import { flushFolder } from "../../files/atomic-file.ts";
import { withFileIn } from "../../files/enclosed-file.ts";
import { enclose, makeFolderIn } from "../../files/enclosure.ts";
import type { Enclosure } from "../../files/enclosure.ts";
import { withFolderLocks } from "../../files/folder-lock.ts";
import { removeOwn } from "../../files/own-folder.ts";
import { partialPathFor } from "../../files/partial-files.ts";
import { isBuiltIn } from "../project/project.ts";
import type { Action } from "../project/project.ts";
import type { MadeOutput } from "../state/action-state.ts";
import { isSameButForLinks, stampOf } from "../state/file-stamp.ts";
import { placeOf } from "../state/plan.ts";
import type { RecordedOutput } from "../record/run-record.ts";
import type { ActionRun } from "./action-run.ts";
import { manifestIn } from "./working-folder.ts";

/** A container knows nothing of this machine's umask, and programs may set what they like: no set-user-ID. */
const OWNER_ONLY = 0o700;
const ANYBODY = 0o777;
const OWNER_READS = 0o600;

/**
 * Each file whole under its name or not at all. Problems: file-outside-workspace; folder-locked, before
 * anything is placed, where a cohort command started by hand is at work in the same folder.
 */
export async function publishOutputs(
  run: ActionRun,
  root: string,
  outputs: readonly RecordedOutput[],
): Promise<readonly MadeOutput[]> {
  const { now, planned, context } = run;
  const { action } = planned;
  for (const output of outputs) {
    makeFolder(dirname(placeOf(output, action, now)), now.folder, output.path);
  }
  const recorded = isBuiltIn(action) ? outputs.filter(({ withheld }) => withheld === null) : [];
  const folders = [...new Set(recorded.map(({ path }) => join(now.folder, dirname(path))))].sort();
  const use = { doing: `run ${action.name}`, since: context.now().toISOString() };
  return withFolderLocks(folders, use, () => placeAll(run, root, outputs));
}

async function placeAll(
  run: ActionRun,
  root: string,
  outputs: readonly RecordedOutput[],
): Promise<readonly MadeOutput[]> {
  const { now, planned, paths } = run;
  const { action } = planned;
  const working = enclose(root);
  const folders = new Set<string>();
  for (const apart of [paths.withheld, paths.rewritten]) {
    removeOwn(now.folder, join(apart, action.fileName));
  }
  const placed = outputs.map((output) => {
    const to = placeOf(output, action, now);
    // What was kept apart the last time went with its folder.
    makeFolder(dirname(to), now.folder, output.path);
    moveFile(working, output.path, to);
    if (output.withheld !== null) rmSync(join(now.folder, output.path), { force: true });
    chmodSync(to, (statSync(to).mode & (run.context.shared ? ANYBODY : OWNER_ONLY)) | OWNER_READS);
    folders.add(dirname(to));
    return { ...output, stamp: stampOf(to) };
  });
  removeObsolete(run, outputs);
  await recordCohorts(action, { root, folder: now.folder, outputs });
  for (const folder of folders) await flushFolder(folder);
  return placed;
}

/** Below the study's folder, links followed: none may lead an output elsewhere. */
function makeFolder(folder: string, study: string, path: string): void {
  if (!makeFolderIn(enclose(study), folder)) fail("file-outside-workspace", { path });
}

/** A file of another disk is copied beside its place first. Problems: those of the file system, with the place. */
export function moveFile(working: Enclosure, path: string, to: string): void {
  if (lstatSync(to, { throwIfNoEntry: false })?.isDirectory() === true) {
    fail("file-is-a-folder", { file: to, doing: "write" });
  }
  const from = join(working.root, path);
  try {
    const isFile = lstatSync(from).isFile();
    if (!isFile || !renamed(from, to)) copyWhole(working, path, to);
    if (lstatSync(to).isFile()) return;
    // It was exchanged for a link meanwhile, which must not be followed.
    rmSync(to, { force: true });
    fail("file-outside-workspace", { path });
  } catch (error) {
    failForFile(error, to, "write");
  }
}

/** Of a link what it leads to in the working folder. */
function copyWhole(working: Enclosure, path: string, to: string): void {
  const partial = partialPathFor(to);
  try {
    withFileIn(working, path, ({ through }) => {
      copyFileSync(through, partial);
    });
    flush(partial);
    renameSync(partial, to);
  } finally {
    rmSync(partial, { force: true });
  }
}

function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EXDEV") return false;
    throw error;
  }
}

function flush(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What the action made the last time and not now, if nobody altered it since. */
function removeObsolete(
  { now, planned, log }: ActionRun,
  outputs: readonly RecordedOutput[],
): void {
  const made = new Set(outputs.map(({ path }) => path));
  const state = now.stateOf(planned.action.name);
  if (state === null) return;
  for (const old of state.outputs.filter(({ path }) => !made.has(path))) {
    const place = placeOf(old, state, now);
    if (old.withheld !== null || old.rewrites !== null) continue;
    if (!isSameButForLinks(stampOf(place), old.stamp)) continue;
    rmSync(place, { force: true });
    log.note(`Removed ${old.path}, which it does not make any more`);
  }
}

interface Recording {
  readonly root: string;
  readonly folder: string;
  readonly outputs: readonly RecordedOutput[];
}

/** What a cohort command knows of its files moves with them, so that --skip-existing can trust them. */
async function recordCohorts(action: Action, { root, folder, outputs }: Recording): Promise<void> {
  if (!isBuiltIn(action)) return;
  const placed = outputs.filter(({ withheld }) => withheld === null);
  for (const inside of new Set(placed.map(({ path }) => dirname(path)))) {
    const known = manifestIn(root, inside);
    const names = placed
      .filter(({ path }) => dirname(path) === inside)
      .map((o) => basename(o.path));
    const entries = names.flatMap((name): (readonly [string, ManifestEntry])[] => {
      const entry = known[name];
      return entry === undefined ? [] : [[name, entry]];
    });
    if (entries.length > 0) await recordFiles(join(folder, inside), Object.fromEntries(entries));
  }
}
