/** Files that are never code, whether git tracks them or not: where patients are, and what is too large. */
import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { MANIFEST_FILE } from "../../base/file-names.ts";
import { pathBelow } from "../../files/enclosure.ts";
import { firstBytes, readPlainFile } from "../repository/plain-file.ts";

export const MOST_CODE_BYTES = 50 * 1024 * 1024;
const MOST_TOLD = `${MOST_CODE_BYTES / 1024 / 1024} MiB`;

/** What people write; other files of a folder of cohorts may be of patients. */
export const SOURCE_CODE =
  /\.(?:[cm]?[jt]s|py|ipynb|r|rmd|qmd|do|ado|sql|jl|sh|ya?ml|md|toml|ini|cfg)$|^\.gitignore$/i;

/** Why a file is no code, as "it …"; null where nothing is against it. */
export function neverCode(root: string, path: string, cohorts: CohortFolders): string | null {
  const { size } = lstatSync(join(root, path), { throwIfNoEntry: false }) ?? { size: 0 };
  if (size > MOST_CODE_BYTES) return `is larger than ${MOST_TOLD}`;
  if (isDatabase(join(root, path), size)) return "is a database";
  // An empty file (.gitkeep) has no patients, and without it an action would miss its folder.
  return size > 0 && cohorts(path) ? "lies in a folder of cohort files" : null;
}

const SMALLEST_PAGE = 512;

/** DuckDB and SQLite write whole pages, so that few other files need to be opened. */
function isDatabase(file: string, size: number): boolean {
  if (size < SMALLEST_PAGE || size % SMALLEST_PAGE !== 0) return false;
  const start = firstBytes(file, 16);
  return start.toString("latin1", 8, 12) === "DUCK" || start.toString("latin1") === SQLITE;
}

const SQLITE = "SQLite format 3\0";

/** Beside a database: what is not yet written into it, and its folder for what memory cannot hold. */
export function besideDatabase(databases: readonly string[]): (path: string) => boolean {
  const starts = databases.flatMap((path) =>
    [".wal", "-wal", "-shm", "-journal", ".tmp/"].map((end) => `${path}${end}`),
  );
  return (path) =>
    starts.some((start) => path === start || (start.endsWith("/") && path.startsWith(start)));
}

export type CohortFolders = (path: string) => boolean;

/** Folders whose manifest lists cohort files: all there but source code belongs to them. */
export function cohortFolders(root: string): CohortFolders {
  const known = new Map<string, ReadonlySet<string>>();
  return (path) => {
    const folder = dirname(path);
    const listed = known.get(folder) ?? listedCohorts(join(root, folder, MANIFEST_FILE));
    known.set(folder, listed);
    return listed.has(basename(path)) || (listed.size > 0 && !SOURCE_CODE.test(path));
  };
}

const MOST_MANIFEST_BYTES = 64 * 1024 * 1024;

function listedCohorts(manifest: string): ReadonlySet<string> {
  try {
    const text = readPlainFile(manifest, MOST_MANIFEST_BYTES)?.toString("utf8") ?? "{}";
    const { files = {} } = JSON.parse(text) as { files?: object };
    return new Set(Object.keys(files).filter((name) => !name.startsWith("measure_")));
  } catch {
    return new Set();
  }
}

/** Files and folders below the study that a database's URL names: its path, and what it may read. */
export function placesOfUrl(url: string, folder: string): readonly string[] {
  const [address = "", query = ""] = url
    .replace(/^[a-z][a-z0-9+.-]*:(?:\/\/(?=\/))?/i, "")
    .split(/\?(.*)/s);
  const named = [decoded(address), ...new URLSearchParams(query).getAll("allow")];
  return named
    .filter((path) => path !== "")
    .flatMap((path) => [resolve(folder, path), realPath(resolve(folder, path))])
    .map((path) => pathBelow(realPath(folder), path) ?? "")
    .filter((path) => path !== "");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
