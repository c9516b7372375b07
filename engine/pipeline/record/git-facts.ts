/**
 * Which code was run, as its repository knows it. git itself is never started: it runs what a repository
 * tells it to run (monitors, hooks, filters), and a study may bring its repository.
 */
import { join } from "node:path";
import { byCodePoint } from "../../base/value-types.ts";
import { committedFiles } from "../repository/committed-file.ts";
import { configList, configValue, readConfig } from "../repository/git-config.ts";
import type { ConfigValue } from "../repository/git-config.ts";
import { readHead } from "../repository/read-head.ts";
import { repositoryFolder } from "../repository/repository-folder.ts";
import type { RepositoryFolder } from "../repository/repository-folder.ts";
import { uncommittedFiles } from "../repository/uncommitted-files.ts";

export interface GitFacts {
  /** Null outside a repository, or where no branch is checked out. */
  readonly branch: string | null;
  readonly commit: string | null;
  /** Null outside a repository, or where it is not known. */
  readonly clean: boolean | null;
  /** Code that production would not see as it is here: changed, or never added. At most 20 names. */
  readonly uncommitted: readonly string[];
}

export interface CommittedCode {
  readonly git: GitFacts;
  /** The name that commits would carry, or null. */
  readonly user: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const NO_REPOSITORY: GitFacts = { branch: null, commit: null, clean: null, uncommitted: [] };
const MOST_NAMED = 20;

/** A repository of another user is not asked, unless the person's own settings of git call it safe. */
export function committedCode(
  folder: string,
  environment: Environment,
  code: readonly string[],
): CommittedCode {
  const own = personalConfig(environment);
  const repository = trustedRepository(folder, own);
  const settings = [...own, ...(repository?.config ?? [])];
  const name = configValue(settings, "user", "name")?.trim() ?? "";
  return { git: factsOf(repository, code), user: name === "" ? null : name };
}

/** Gives a file as a commit holds it, by its path from the study; null where the repository is not asked, or has none. */
export function filesOfCommit(
  folder: string,
  environment: Environment,
  commit: string,
): (path: string) => Buffer | null {
  const repository = trustedRepository(folder, personalConfig(environment));
  return repository === null ? () => null : committedFiles(repository, commit);
}

function trustedRepository(folder: string, own: readonly ConfigValue[]): RepositoryFolder | null {
  const found = repositoryFolder(folder);
  return found !== null && isTrusted(found, own) ? found : null;
}

function factsOf(repository: RepositoryFolder | null, code: readonly string[]): GitFacts {
  if (repository === null) return NO_REPOSITORY;
  const { branch, commit } = readHead(repository);
  const { files, isKnown } = uncommittedFiles(repository, commit, code);
  const uncommitted = [...files].sort(byCodePoint).slice(0, MOST_NAMED);
  const isClean = files.length === 0;
  return { branch, commit, clean: isClean && !isKnown ? null : isClean, uncommitted };
}

/** The later ones win. Files that these include are not followed. */
function personalConfig(environment: Environment): readonly ConfigValue[] {
  const home = environment["HOME"];
  const named = environment["GIT_CONFIG_GLOBAL"];
  const settings = environment["XDG_CONFIG_HOME"] ?? (home && join(home, ".config"));
  const homely = [settings && join(settings, "git", "config"), home && join(home, ".gitconfig")];
  const system = environment["GIT_CONFIG_NOSYSTEM"] === undefined ? ["/etc/gitconfig"] : [];
  const files = [...system, ...(named === undefined ? homely : [named])];
  return files.flatMap((file) => (file === undefined || file === "" ? [] : readConfig(file)));
}

/** Windows has no owners of this kind. */
function isTrusted({ owners, top }: RepositoryFolder, own: readonly ConfigValue[]): boolean {
  const user = process.geteuid?.();
  if (user === undefined || owners.every((owner) => owner === user)) return true;
  const safe = configList(own, "safe", "directory");
  return safe.slice(safe.lastIndexOf("") + 1).some((each) => isInside(top, each));
}

function isInside(top: string, safe: string): boolean {
  return safe === "*" || safe === top || (safe.endsWith("/*") && top.startsWith(safe.slice(0, -1)));
}
