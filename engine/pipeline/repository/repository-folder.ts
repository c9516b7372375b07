/** Where the repository of a study is, and whose. */
import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { configValue, readConfig } from "./git-config.ts";
import type { ConfigValue } from "./git-config.ts";
import { readPlainFile } from "./plain-file.ts";

export type HashBytes = 20 | 32;

export interface RepositoryFolder {
  /** The folder that has `.git` in it, links followed. */
  readonly top: string;
  /** Names of the folders from there to the study. */
  readonly inside: readonly string[];
  /** Of this working tree: its HEAD and its index. */
  readonly git: string;
  /** Of all its working trees: branches, objects, settings. */
  readonly common: string;
  readonly config: readonly ConfigValue[];
  readonly hashBytes: HashBytes;
  /** Users to whom the top and the folder of git belong. */
  readonly owners: readonly number[];
}

const MOST_BYTES = 1024 * 1024;

/**
 * Null where no repository holds the folder. Only a `.git` counts: a folder that looks like a repository
 * itself is one that a project brought.
 */
export function repositoryFolder(folder: string): RepositoryFolder | null {
  const root = realpathSync(folder);
  const top = topOf(root);
  const found = top === null ? null : foldersOf(top);
  if (top === null || found === null) return null;
  const { git, common } = found;
  const config = readConfig(join(common, "config"));
  const format = configValue(config, "extensions", "objectformat");
  const names = relative(top, root).split(sep);
  return {
    ...{ top, git, common, config },
    inside: names.filter((name) => name !== ""),
    hashBytes: format?.toLowerCase() === "sha256" ? 32 : 20,
    owners: [...new Set([top, git, common].map((each) => lstatSync(each).uid))],
  };
}

function topOf(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(join(at, ".git"), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return null;
  }
}

interface Folders {
  readonly git: string;
  readonly common: string;
}

/** Of a worktree and of a submodule `.git` is a file that names the folder. */
function foldersOf(top: string): Folders | null {
  const path = join(top, ".git");
  if (lstatSync(path).isDirectory()) return { git: path, common: path };
  const named = /^gitdir: (.+?)\r?\n?$/.exec(textOf(path) ?? "")?.[1];
  if (named === undefined) return null;
  const git = resolve(top, named);
  if (lstatSync(git, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  return worktree(git, path) ?? submodule(git, top);
}

/**
 * A project can bring a `.git` that names somebody's other repository. A real one is named back: git writes
 * into the folder of a worktree where that is, and into the settings of a submodule's.
 */
function worktree(git: string, path: string): Folders | null {
  const common = resolve(git, "../..");
  const namesBack = sameFile(resolve(git, textOf(join(git, "gitdir"))?.trim() ?? ""), path);
  const shared = textOf(join(git, "commondir"))?.trim();
  if (!namesBack || shared === undefined || resolve(git, shared) !== common) return null;
  return { git, common };
}

function submodule(git: string, top: string): Folders | null {
  const tree = configValue(readConfig(join(git, "config")), "core", "worktree");
  return tree !== null && sameFile(resolve(git, tree), top) ? { git, common: git } : null;
}

function sameFile(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}

function textOf(file: string): string | null {
  return readPlainFile(file, MOST_BYTES)?.toString("utf8") ?? null;
}
