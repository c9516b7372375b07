/** What git knows of a study's folder: read from its files, and only to tell code from other files. */
import { join } from "node:path";
import { ignoreRules } from "./ignore-rules.ts";
import type { IgnoreRule } from "./ignore-rules.ts";
import { readPlainFile } from "./plain-file.ts";
import { isFile, readIndex } from "./read-index.ts";
import type { GitIndex } from "./read-index.ts";
import { repositoryFolder } from "./repository-folder.ts";
import type { RepositoryFolder } from "./repository-folder.ts";

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
const MOST_RULES_BYTES = 1024 * 1024;

/** Null where no repository holds the folder. */
export function studyRepository(folder: string): StudyRepository | null {
  const repository = repositoryFolder(folder);
  if (repository === null) return null;
  return { tracked: trackedIn(repository), above: rulesAbove(repository) };
}

/** Null where there is none, or where it cannot be read. */
export function indexOf({ git, hashBytes }: RepositoryFolder): GitIndex | null {
  const bytes = readPlainFile(join(git, "index"), MOST_INDEX_BYTES);
  return bytes === null ? null : readIndex(bytes, hashBytes);
}

function trackedIn(repository: RepositoryFolder): ReadonlySet<string> {
  const start = repository.inside.map((name) => `${name}/`).join("");
  const files = (indexOf(repository)?.entries ?? []).filter(isFile);
  const mine = files.filter(({ path }) => path.startsWith(start));
  return new Set(mine.map(({ path }) => path.slice(start.length)));
}

function rulesAbove({ top, common, inside }: RepositoryFolder): readonly RulesAbove[] {
  const own = { rules: rulesIn(join(common, "info", "exclude")), inside };
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
