/** Which files of a study the commit that is checked out does not hold as they are. */
import { lstatSync } from "node:fs";
import { join } from "node:path";
import { objectsOf } from "./read-object.ts";
import { isFile, isSubmodule } from "./read-index.ts";
import type { IndexEntry } from "./read-index.ts";
import type { RepositoryFolder } from "./repository-folder.ts";
import { stagedFiles } from "./staged-files.ts";
import { indexOf } from "./study-repository.ts";
import { isAsAdded } from "./working-file.ts";

export interface Uncommitted {
  /** Of the paths that were asked for, in their order. */
  readonly files: readonly string[];
  /** Whether all was read that tells; otherwise there may be more. */
  readonly isKnown: boolean;
}

/** Files of submodules are left to those. */
export function uncommittedFiles(
  repository: RepositoryFolder,
  commit: string | null,
  paths: readonly string[],
): Uncommitted {
  if (commit === null) return { files: paths, isKnown: true };
  const index = indexOf(repository);
  if (index?.isWhole !== true) return { files: [], isKnown: false };
  const staged = stagedFiles(index, commit, objectsOf(repository));
  const written = lstatSync(join(repository.git, "index")).mtimeMs;
  const tracked = new Map(index.entries.map((entry) => [entry.path, entry]));
  const start = repository.inside.map((name) => `${name}/`).join("");
  const isCommitted = (path: string): boolean => {
    const full = start + path;
    const entry = tracked.get(full);
    if (entry === undefined) return isOfSubmodule(full, tracked);
    if (!isAdded(entry) || staged?.has(full) === true) return false;
    return isAsAdded(join(repository.top, full), entry, index, written);
  };
  return { files: paths.filter((path) => !isCommitted(path)), isKnown: staged !== null };
}

function isAdded(entry: IndexEntry): boolean {
  return isFile(entry) && entry.stage === 0 && !entry.isOnlyNamed;
}

function isOfSubmodule(path: string, tracked: ReadonlyMap<string, IndexEntry>): boolean {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
    const entry = tracked.get(path.slice(0, at));
    if (entry !== undefined) return isSubmodule(entry);
  }
  return false;
}
