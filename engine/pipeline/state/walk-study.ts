/** A study's files as git would list them: those that it tracks, and those that it does not ignore. */
import { readdirSync, realpathSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { verdictOf } from "../repository/ignore-rules.ts";
import type { IgnoreRule } from "../repository/ignore-rules.ts";
import { rulesIn } from "../repository/study-repository.ts";
import type { StudyRepository } from "../repository/study-repository.ts";
import { isOwnName, isSkippedFolder, linkTarget } from "./files-below.ts";

export interface WalkedStudy {
  readonly root: string;
  /** Paths from the folder. */
  readonly files: readonly string[];
  /** Links to files inside, by path: where they lead. */
  readonly links: ReadonlyMap<string, string>;
  /** Folders that could not be read, and names that no text can hold. */
  readonly problems: readonly Problem[];
}

/** Rules of a file, and the names of the path that lead to where they hold. */
interface Rules {
  readonly rules: readonly IgnoreRule[];
  /** Names to put before a path of the study; then names to take away from it. */
  readonly before: readonly string[];
  readonly depth: number;
}

interface Walking {
  readonly root: string;
  readonly tracked: ReadonlySet<string>;
  readonly trackedFolders: ReadonlySet<string>;
  readonly files: string[];
  readonly links: Map<string, string>;
  readonly problems: Problem[];
}

/** A `.gitignore` counts without a repository too. Problems: code-folder-unreadable, code-name-not-text. */
export function walkStudy(folder: string, repository: StudyRepository | null): WalkedStudy {
  const root = realpathSync(folder);
  const tracked = repository?.tracked ?? new Set<string>();
  const above = (repository?.above ?? []).map(({ rules, inside }) => ({
    ...{ rules, before: inside, depth: 0 },
  }));
  const links = new Map<string, string>();
  const walking = { root, tracked, links, files: [], problems: [] };
  const trackedFolders = foldersOf(tracked);
  visit([], above, { ...walking, trackedFolders });
  return walking;
}

function foldersOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

/** `above` null: everything here is ignored, but for what is tracked. */
function visit(names: readonly string[], above: readonly Rules[] | null, walking: Walking): void {
  const entries = entriesOf(names, walking);
  if (isEnvironment(entries)) return;
  const rules = above === null ? null : withRulesOf(names, entries, { above, walking });
  for (const entry of entries) {
    const inside = [...names, entry.name];
    const path = inside.join("/");
    const isFolder = entry.isDirectory();
    const isIgnored = rules === null || isLeftOut(rules, inside, isFolder);
    if (isFolder) {
      if (isSkippedFolder(entry.name, path)) continue;
      if (!isIgnored) visit(inside, rules, walking);
      else if (walking.trackedFolders.has(path)) visit(inside, null, walking);
    } else if (!isIgnored || walking.tracked.has(path)) take(entry, path, walking);
  }
}

function take(entry: Dirent, path: string, { root, files, links, problems }: Walking): void {
  if (isOwnName(entry.name)) return;
  if (entry.name.includes("\uFFFD") && !hasName(root, path, entry.name)) {
    problems.push(problem("code-name-not-text", { file: path }));
  } else if (entry.isFile()) files.push(path);
  else if (entry.isSymbolicLink()) {
    const target = linkTarget(root, path);
    if (target !== null) links.set(path, target);
  }
}

/** False where the name on the disk has other bytes than the text that Node made of it. */
function hasName(root: string, path: string, name: string): boolean {
  const folder = join(root, path.slice(0, -name.length));
  return readdirSync(folder, { encoding: "buffer" }).some((each) => each.equals(Buffer.from(name)));
}

/** Of Python and conda. */
function isEnvironment(entries: readonly Dirent[]): boolean {
  return entries.some(({ name }) => name === "pyvenv.cfg" || name === "conda-meta");
}

function entriesOf(names: readonly string[], { root, problems }: Walking): readonly Dirent[] {
  try {
    return readdirSync(join(root, ...names), { withFileTypes: true });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown";
    problems.push(problem("code-folder-unreadable", { folder: names.join("/"), reason }));
    return [];
  }
}

function withRulesOf(
  names: readonly string[],
  entries: readonly Dirent[],
  { above, walking }: { readonly above: readonly Rules[]; readonly walking: Walking },
): readonly Rules[] {
  if (!entries.some(({ name }) => name === ".gitignore")) return above;
  const rules = rulesIn(join(walking.root, ...names, ".gitignore"));
  return [...above, { rules, before: [], depth: names.length }];
}

/** The nearest file of rules that says anything decides. */
function isLeftOut(all: readonly Rules[], path: readonly string[], isFolder: boolean): boolean {
  for (let i = all.length - 1; i >= 0; i--) {
    const { rules, before, depth } = all[i] ?? { rules: [], before: [], depth: 0 };
    const verdict = verdictOf(rules, [...before, ...path.slice(depth)], isFolder);
    if (verdict !== null) return verdict;
  }
  return false;
}
