/**
 * The folder in which an action runs: code, the outputs of its needs, and nothing else, so that an
 * undeclared dependency fails here as it would in production.
 */
import { createHash } from "node:crypto";
import { constants, copyFileSync, linkSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { MANIFEST_FILE } from "../../base/file-names.ts";
import { withFileIn } from "../../files/enclosed-file.ts";
import type { OpenedFile } from "../../files/enclosed-file.ts";
import { enclose } from "../../files/enclosure.ts";
import type { Enclosure } from "../../files/enclosure.ts";
import { failForFile, systemCode } from "../../files/file-problem.ts";
import type { OwnedFolder } from "../../files/owned-folder.ts";
import { readManifest, recordFiles } from "../../commands/manifest/manifest.ts";
import type { Manifest } from "../../commands/manifest/manifest-text.ts";
import { stampOf } from "../state/file-stamp.ts";
import { makeFolder } from "../../files/make-folder.ts";

/** A file to bring in: where it lies, and its path in the working folder. */
export interface StagedFile {
  readonly from: string;
  readonly path: string;
}

export interface WorkingFolderRequest {
  /** The study's folder: all that is staged lies in it. */
  readonly study: string;
  /** Makes the folder that holds all, see `makeOwnedFolder`. */
  readonly make: () => OwnedFolder;
  /**
   * Hard links instead of copies, except of code: for the engine's own commands, which replace files
   * and never write into them.
   */
  readonly mayLink: boolean;
  readonly code: readonly StagedFile[];
  readonly inputs: readonly StagedFile[];
  /** What the action itself made before, if it may go on from there. */
  readonly own: readonly StagedFile[];
}

export interface WorkingFolder {
  /** Absolute, links resolved. */
  readonly root: string;
  /** A private folder beside it, for a program's home and temporary files. */
  readonly home: string;
  /** Paths of files staged. */
  readonly staged: ReadonlySet<string>;
  /** Stamp of each file of its needs staged, by path: a program may write to it. None for the engine's own commands, which replace files. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Stamp of each of the action's own files staged, by path. */
  readonly own: ReadonlyMap<string, string>;
  /** SHA-256 of the code as it was staged, by path: an author may go on editing meanwhile. */
  readonly code: ReadonlyMap<string, string>;
  readonly remove: () => void;
}

export function makeWorkingFolder(request: WorkingFolderRequest): WorkingFolder {
  const { path: base, remove } = request.make();
  const [root, home] = [join(base, "workspace"), join(base, "home")];
  try {
    for (const folder of [root, home]) mkdirSync(folder);
    const study = enclose(request.study);
    const code = stageCode(request.code, { study, root });
    const made = [...request.inputs, ...request.own];
    for (const file of made) stage(file, { study, root }, request.mayLink);
    const staged = new Set([...code.keys(), ...made.map(({ path }) => path)]);
    const stamps = (files: readonly StagedFile[]): ReadonlyMap<string, string> =>
      new Map(files.map(({ path }) => [path, stampOf(join(root, path))]));
    const inputs = stamps(request.mayLink ? [] : request.inputs);
    return { root, home, staged, inputs, own: stamps(request.own), code, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

interface Staging {
  /** What is staged lies in it, links followed; what does not is file-outside-workspace. */
  readonly study: Enclosure;
  /** Where it goes. */
  readonly root: string;
}

/** Each file is read once, for its copy and its hash; of 100,000 small files every call counts. */
function stageCode(
  files: readonly StagedFile[],
  { study, root }: Staging,
): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  const folders = new Set<string>();
  for (const { from, path } of files) {
    const [to, { bytes, mode }] = [join(root, path), codeFile(study, from)];
    const folder = dirname(to);
    try {
      if (!folders.has(folder)) makeFolder(folder);
      writeFileSync(to, bytes, { mode });
    } catch (error) {
      failForFile(error, to, "write");
    }
    folders.add(folder);
    hashes.set(path, createHash("sha256").update(bytes).digest("hex"));
  }
  return hashes;
}

function codeFile(
  study: Enclosure,
  from: string,
): { readonly bytes: Buffer; readonly mode: number } {
  return withFileIn(study, from, ({ descriptor, found }) => ({
    bytes: readFileSync(descriptor),
    mode: found.mode & 0o777,
  }));
}

function stage({ from, path }: StagedFile, { study, root }: Staging, mayLink: boolean): void {
  const to = join(root, path);
  try {
    makeFolder(dirname(to));
    // What was staged before gives way: an action's own unfinished file is newer than its last output.
    rmSync(to, { force: true });
    withFileIn(study, from, (opened) => {
      if (mayLink && linked(opened, to)) return;
      rmSync(to, { force: true });
      copyFileSync(opened.through, to, constants.COPYFILE_FICLONE);
    });
  } catch (error) {
    // Nobody else is at work in the new folder: what is missing or refused is what was to be read.
    const isTarget = ["ENOSPC", "EDQUOT", "EROFS"].includes(systemCode(error) ?? "");
    failForFile(error, isTarget ? to : from, isTarget ? "write" : "read");
  }
}

/**
 * False where the file system has no hard links, where the file lies on another one, or where another file
 * stands at its place by now.
 */
function linked({ real, found }: OpenedFile, to: string): boolean {
  try {
    linkSync(real, to);
    const now = lstatSync(to);
    return now.ino === found.ino && now.dev === found.dev;
  } catch {
    return false;
  }
}

export interface FoldersInside {
  /** Where patients' files lie: these get a manifest, an empty one if nothing is known. */
  readonly patients: readonly string[];
  /** Where the action's own earlier files lie, which need not be cohort or measure files. */
  readonly own: readonly string[];
  /** Whether to tell of cohorts that are not there what they were made from: a page says where its numbers come from. */
  readonly origins: boolean;
}

/**
 * Puts into the working folder what is known of cohort and measure files staged. A study may not
 * read files beside a manifest. The first source is the study, others are unfinished.
 */
export async function stageManifests(
  folder: WorkingFolder,
  { patients, own, origins }: FoldersInside,
  sources: readonly string[],
): Promise<void> {
  for (const inside of new Set([...patients, ...own])) {
    const names = [...folder.staged]
      .filter((path) => dirname(path) === inside)
      .map((path) => path.slice(path.lastIndexOf("/") + 1));
    for (const source of sources) {
      const known = Object.entries(knownIn(join(source, inside), source !== sources[0]));
      const entries = known.filter(
        ([name, { origin }]) => names.includes(name) || (origins && origin !== undefined),
      );
      if (entries.length === 0 && !patients.includes(inside)) continue;
      makeFolder(join(folder.root, inside));
      await recordFiles(join(folder.root, inside), Object.fromEntries(entries));
    }
  }
}

/** What is unfinished may be damaged, and then counts as not made: it must not stop the next run. */
function knownIn(folder: string, isUnfinished: boolean): Manifest {
  try {
    return readManifest(folder);
  } catch (error) {
    if (isUnfinished && error instanceof ProblemError) return {};
    throw error;
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
