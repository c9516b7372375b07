/** Every file below a folder that is not the runner's own. */
import { realpathSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { MANIFEST_FILE } from "../../base/file-names.ts";
import { enclose, placeIn } from "../../files/enclosure.ts";
import { FOLDER_LOCK } from "../../files/folder-lock.ts";
import { isPartial } from "../../files/partial-files.ts";
import { walkFolder } from "../../files/walk-folder.ts";

/** Of repositories, package managers and interpreters, wherever they lie. */
const SKIPPED = new Set([
  ...[".git", ".hg", ".svn", "node_modules", "__pycache__", ".ipynb_checkpoints"],
  ...[".pytest_cache", ".mypy_cache", ".ruff_cache", ".Rproj.user"],
]);
const METADATA = "metadata";
/** In a worktree `.git` is a file. */
const OWN_NAMES = new Set([MANIFEST_FILE, FOLDER_LOCK, ".git"]);

export function isSkippedFolder(name: string, path: string): boolean {
  return SKIPPED.has(name) || path === METADATA;
}

export function isOwnName(name: string): boolean {
  return OWN_NAMES.has(name) || isPartial(name);
}

/** Folders that cannot be read, and names that are not UTF-8, are left out. */
export function filesBelow(folder: string): readonly string[] {
  const root = realpathSync(folder);
  const found: string[] = [];
  walkFolder(root, (entry, path) => {
    if (entry.isDirectory()) return !isSkippedFolder(entry.name, path);
    if (isCounted(entry, root, path)) found.push(path);
    return false;
  });
  return found;
}

function isCounted(entry: Dirent, root: string, path: string): boolean {
  if (isOwnName(entry.name)) return false;
  return entry.isFile() || (entry.isSymbolicLink() && linkTarget(root, path) !== null);
}

/** The path of the file inside the folder to which a link leads; null where it leads elsewhere. */
export function linkTarget(root: string, path: string): string | null {
  try {
    const place = placeIn(enclose(root), path);
    return place.kind === "inside" && statSync(place.real).isFile() ? place.path : null;
  } catch {
    return null;
  }
}
