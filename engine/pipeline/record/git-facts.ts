/** Which code was run, as git knows it. */
import { execFileSync } from "node:child_process";

export interface GitFacts {
  /** Null outside a repository, or where no branch is checked out. */
  readonly branch: string | null;
  readonly commit: string | null;
  /** Null outside a repository. */
  readonly clean: boolean | null;
  /** Code that production would not see as it is here: changed, or never added. At most 20 names. */
  readonly uncommitted: readonly string[];
}

const NO_REPOSITORY: GitFacts = { branch: null, commit: null, clean: null, uncommitted: [] };
const MOST_NAMED = 20;

/** `isCode` tells the study's own files from outputs, which need not be committed. */
export function gitFacts(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  isCode: (path: string) => boolean,
): GitFacts {
  const git = (...words: readonly string[]): string | null => said(folder, environment, words);
  const status = git(
    "status",
    "--porcelain=v1",
    "--untracked-files=all",
    "--no-renames",
    "-z",
    ".",
  );
  if (status === null) return NO_REPOSITORY;
  const prefix = git("rev-parse", "--show-prefix")?.trim() ?? "";
  const uncommitted = pathsOf(status, prefix).filter(isCode).sort();
  return {
    branch: git("symbolic-ref", "--quiet", "--short", "HEAD")?.trim() ?? null,
    commit: git("rev-parse", "--verify", "--quiet", "HEAD")?.trim() ?? null,
    clean: uncommitted.length === 0,
    uncommitted: uncommitted.slice(0, MOST_NAMED),
  };
}

/** Behind two letters and a blank, from the root of the repository. */
function pathsOf(status: string, prefix: string): string[] {
  const lines = status.split("\0").filter((line) => line !== "");
  return lines.map((line) => line.slice(3 + prefix.length));
}

/** Null where git is not installed, or says no. */
function said(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  words: readonly string[],
): string | null {
  try {
    return execFileSync("git", ["-c", "core.quotePath=false", ...words], {
      cwd: folder,
      env: environment,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    return null;
  }
}

/** The name that commits would carry, or null. */
export function gitUser(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const name = said(folder, environment, ["config", "user.name"])?.trim() ?? "";
  return name === "" ? null : name;
}
