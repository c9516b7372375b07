/**
 * The folder in which an action runs: code, the outputs of its needs, and nothing else, so that an
 * undeclared dependency fails here as it would in production. spec/pipeline.md 2.4.
 */
import { constants, copyFileSync, linkSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { MANIFEST_FILE } from "../../base/file-names.ts";
import { readManifest, recordFiles } from "../../run/manifest.ts";
import type { Manifest } from "../../run/manifest.ts";
import { stampOf } from "../state/file-stamp.ts";

/** A file to bring in: where it lies, and its path in the working folder. */
export interface BroughtFile {
  readonly from: string;
  readonly path: string;
}

export interface WorkingFolderRequest {
  /** The folder below which the working folder is made. */
  readonly below: string;
  /**
   * Hard links instead of copies, except of code: for the engine's own commands, which replace files
   * and never write into them.
   */
  readonly mayLink: boolean;
  readonly code: readonly BroughtFile[];
  readonly inputs: readonly BroughtFile[];
  /** What the action itself made before, if it may go on from there. */
  readonly own: readonly BroughtFile[];
}

export interface WorkingFolder {
  /** Absolute, links resolved. */
  readonly root: string;
  /** A private folder beside it, for a program's home and temporary files. */
  readonly home: string;
  /** Stamp of each file brought in, by path. */
  readonly brought: ReadonlyMap<string, string>;
  readonly own: ReadonlySet<string>;
  readonly remove: () => void;
}

export function makeWorkingFolder(request: WorkingFolderRequest): WorkingFolder {
  const base = realpathSync(mkdtempSync(join(request.below, "cohortline-")));
  const [root, home] = [join(base, "workspace"), join(base, "home")];
  for (const folder of [root, home]) mkdirSync(folder);
  const remove = (): void => {
    rmSync(base, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const brought = new Map<string, string>();
    for (const file of request.code) bring(file, root, false);
    const made = [...request.inputs, ...request.own];
    for (const file of made) bring(file, root, request.mayLink);
    for (const { path } of [...request.code, ...made]) {
      brought.set(path, stampOf(join(root, path)));
    }
    return { root, home, brought, own: new Set(request.own.map(({ path }) => path)), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function bring({ from, path }: BroughtFile, root: string, mayLink: boolean): void {
  const to = join(root, path);
  mkdirSync(dirname(to), { recursive: true });
  const real = realpathSync(from);
  // What was brought before gives way: an action's own unfinished file is newer than its last output.
  rmSync(to, { force: true });
  if (mayLink && linked(real, to)) return;
  copyFileSync(real, to, constants.COPYFILE_FICLONE);
}

/** False where the file system has no hard links, or the file lies on another one. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts into the working folder what is known of cohort and measure files brought in, and an empty
 * manifest where patients' files of other making lie: a study may not read files beside one.
 */
export async function bringManifests(
  folder: WorkingFolder,
  insides: readonly string[],
  sources: readonly string[],
): Promise<void> {
  for (const inside of insides) {
    const names = [...folder.brought.keys()]
      .filter((path) => dirname(path) === inside)
      .map((path) => path.slice(path.lastIndexOf("/") + 1));
    mkdirSync(join(folder.root, inside), { recursive: true });
    for (const source of sources) {
      const known = Object.entries(readManifest(join(source, inside)));
      const entries = known.filter(([name]) => names.includes(name));
      await recordFiles(join(folder.root, inside), Object.fromEntries(entries));
    }
  }
}

/** What a command recorded of files in a part of its working folder. */
export function manifestIn(root: string, inside: string): Manifest {
  return readManifest(join(root, inside));
}

/** The bytes of a folder's manifest, for keeping it beside unfinished files; null without one. */
export function manifestBytes(root: string, inside: string): Buffer | null {
  try {
    return readFileSync(join(root, inside, MANIFEST_FILE));
  } catch {
    return null;
  }
}
