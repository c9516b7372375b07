/** What git knows of a study's folder: read from its files, and only to tell code from other files. */
import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { ignoreRules } from "./ignore-rules.ts";
import type { IgnoreRule } from "./ignore-rules.ts";
import { readPlainFile } from "./plain-file.ts";
import { trackedPaths } from "./read-index.ts";

export interface StudyRepository {
  /** Paths from the study's folder. */
  readonly tracked: ReadonlySet<string>;
  /** Rules from above the study, the farthest first, with the study's path from where they hold. */
  readonly above: readonly RulesAbove[];
}

export interface RulesAbove {
  readonly rules: readonly IgnoreRule[];
  readonly inside: readonly string[];
}

const MOST_INDEX_BYTES = 512 * 1024 * 1024;
export const MOST_RULES_BYTES = 1024 * 1024;

/** Null where no repository holds the folder. */
export function studyRepository(folder: string): StudyRepository | null {
  const root = realpathSync(folder);
  const top = topOf(root);
  if (top === null) return null;
  const git = gitFolder(join(top, ".git"));
  if (git === null) return null;
  const inside = relative(top, root)
    .split(sep)
    .filter((name) => name !== "");
  return { tracked: trackedIn(git, inside), above: rulesAbove(top, git, inside) };
}

function topOf(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(join(at, ".git"), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return null;
  }
}

/** Of a worktree or a submodule `.git` is a file that names the folder. */
function gitFolder(path: string): string | null {
  if (lstatSync(path).isDirectory()) return path;
  const text = readPlainFile(path, MOST_RULES_BYTES)?.toString("utf8") ?? "";
  const named = /^gitdir: (.+?)\r?\n?$/.exec(text)?.[1];
  return named === undefined ? null : resolve(dirname(path), named);
}

function trackedIn(git: string, inside: readonly string[]): ReadonlySet<string> {
  const index = readPlainFile(join(git, "index"), MOST_INDEX_BYTES);
  const hashBytes = usesSha256(git) ? 32 : 20;
  const all = index === null ? null : trackedPaths(index, hashBytes);
  const start = inside.map((name) => `${name}/`).join("");
  const mine = (all ?? []).filter((path) => path.startsWith(start));
  return new Set(mine.map((path) => path.slice(start.length)));
}

function commonFolder(git: string): string {
  const named = readPlainFile(join(git, "commondir"), MOST_RULES_BYTES)?.toString("utf8").trim();
  return named === undefined ? git : resolve(git, named);
}

function usesSha256(git: string): boolean {
  const config = readPlainFile(join(commonFolder(git), "config"), MOST_RULES_BYTES);
  return /^\s*objectformat\s*=\s*sha256\s*$/im.test(config?.toString("utf8") ?? "");
}

function rulesAbove(top: string, git: string, inside: readonly string[]): readonly RulesAbove[] {
  const own = { rules: rulesIn(join(commonFolder(git), "info", "exclude")), inside };
  const folders = inside.map((_, i) => ({
    rules: rulesIn(join(top, ...inside.slice(0, i), ".gitignore")),
    inside: inside.slice(i),
  }));
  return [own, ...folders].filter(({ rules }) => rules.length > 0);
}

export function rulesIn(file: string): readonly IgnoreRule[] {
  const bytes = readPlainFile(file, MOST_RULES_BYTES);
  return bytes === null ? [] : ignoreRules(bytes.toString("utf8"));
}
