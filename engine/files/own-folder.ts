/**
 * Folders that are the engine's own, inside a study that somebody else may have written: a project can
 * bring a link of that name, and what goes through it would be read, emptied or overwritten elsewhere. So
 * every level below the study must be a real folder that belongs to us, before anything in it is touched.
 */
import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import type { Stats } from "node:fs";
import { dirname, join } from "node:path";
import { fail } from "./problems.ts";
import { pathBelow } from "./enclosure.ts";
import { failForFile, systemCode } from "./file-problem.ts";
import { readSmallFile } from "./small-file.ts";
import type { WrittenFile } from "./atomic-file.ts";
import { writeWholeFile } from "./whole-file.ts";
import { removeTree } from "./remove-tree.ts";

const OWNER_ONLY = 0o700;

/** Records of the engine's own are far smaller; nothing endless is read in place of one. */
const MOST_BYTES = 256 * 1024 * 1024;

export interface OwnFolders {
  /** Absolute: what lies above, and itself, is the person's own choice. */
  readonly root: string;
  /** Whether others may use them as far as the umask says; otherwise they are for their owner alone. */
  readonly shared: boolean;
}

/**
 * Makes a folder below the root, level by level. One that is there is brought to the rights that a new one
 * gets. Problems: file-is-a-link, folder-not-ours, and those of the file system.
 */
export function makeOwnFolder({ root, shared }: OwnFolders, path: string): void {
  for (const level of levelsBelow(root, path)) {
    const found = checkedFolder(root, level);
    try {
      if (found === null) mkdirSync(level, shared ? {} : { mode: OWNER_ONLY });
      else if (!shared && (found.mode & 0o077) !== 0) chmodSync(level, OWNER_ONLY);
    } catch (error) {
      // Two commands may make it at once.
      if (systemCode(error) === "EEXIST" && checkedFolder(root, level) !== null) continue;
      failForFile(error, level, "write");
    }
  }
}

/** Stops where a level of the path below the root is there and is not a folder of ours. */
export function refuseForeignFolder(root: string, path: string): void {
  for (const level of levelsBelow(root, path)) if (checkedFolder(root, level) === null) return;
}

/** The bytes of a file of ours; null where there is none. Problems: those of both functions above. */
export function readOwnFile(root: string, path: string): Buffer | null {
  refuseForeignFolder(root, dirname(path));
  return readSmallFile(path, { most: MOST_BYTES, follow: false });
}

/** Whole or not at all; in place of a link that stands there, and never through it. */
export async function writeOwnFile(
  root: string,
  path: string,
  bytes: Uint8Array,
): Promise<WrittenFile> {
  refuseForeignFolder(root, dirname(path));
  return writeWholeFile(path, bytes);
}

/** Removes a file or folder with all that is in it; of a link only the link, wherever in it one stands. */
export function removeOwn(root: string, path: string): void {
  refuseForeignFolder(root, dirname(path));
  try {
    removeTree(path);
  } catch (error) {
    failForFile(error, path, "write");
  }
}

/** Of `path` and the folders above it up to the root, the outermost first. Both are absolute. */
function levelsBelow(root: string, path: string): readonly string[] {
  const inside = pathBelow(root, path) ?? "";
  if (inside === "") return [];
  const parts = inside.split("/");
  return parts.map((_, at) => join(root, ...parts.slice(0, at + 1)));
}

/** Null where there is nothing. */
function checkedFolder(root: string, folder: string): Stats | null {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (found.isSymbolicLink()) return fail("file-is-a-link", { file: folder });
  if (!found.isDirectory()) return fail("folder-not-ours", { folder, found: "no folder" });
  const owners = [process.geteuid?.(), lstatSync(root).uid, 0];
  // Windows has no owners of this kind.
  if (owners[0] !== undefined && !owners.includes(found.uid)) {
    return fail("folder-not-ours", { folder, found: "a folder of another user's" });
  }
  return found;
}
