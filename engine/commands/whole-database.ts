/**
 * A database file that gets its name only when it is complete. DuckDB writes
 * several files beside each other, so they have a folder of their own until then.
 */
import { existsSync, lstatSync } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "../files/make-folder.ts";
import { foldLog, logOf } from "../backend/duckdb/fold-log.ts";
import { fail as failOfFiles } from "../files/problems.ts";
import { fail } from "./problems.ts";
import { flushFolder } from "../files/atomic-file.ts";
import { failForFile } from "../files/file-problem.ts";
import { partialPathFor } from "../files/partial-files.ts";
import { sweepPartials } from "../files/sweep-partials.ts";

export interface DatabasePlace {
  /** Where to write the database; it does not exist. */
  readonly file: string;
  readonly temporaryFolder: string;
  /** Flushes the closed database and gives it its name, in place of any other; gives its bytes. */
  commit(): Promise<number>;
  /** Removes all that is left, after a commit or without one. */
  clear(): Promise<void>;
}

/** Problems: database-exists, file-is-a-folder. */
export function refuseExistingDatabase(path: string, told: string): void {
  if (isFolder(path)) failOfFiles("file-is-a-folder", { file: told, doing: "write" });
  if (existsSync(path) || existsSync(logOf(path))) fail("database-exists", { file: told });
}

/** Makes the folders, and clears what killed runs left there. Problems: those of the file system. */
export async function databasePlace(path: string): Promise<DatabasePlace> {
  if (isFolder(path)) failOfFiles("file-is-a-folder", { file: path, doing: "write" });
  const folder = partialPathFor(path);
  try {
    makeFolder(dirname(path));
    await sweepPartials(dirname(path));
    await mkdir(folder);
  } catch (error) {
    failForFile(error, path, "write");
  }
  const file = join(folder, "records.duckdb");
  return {
    file,
    temporaryFolder: join(folder, "spilled"),
    commit: () => commit(file, path),
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

async function commit(file: string, path: string): Promise<number> {
  try {
    const { size } = await stat(file);
    const handle = await open(file, "r+");
    await handle.sync();
    await handle.close();
    // The log of a database that was there before must not be read into this one, nor be lost before it is replaced.
    if (!(await foldLog(path))) fail("database-in-use", { file: path });
    await rename(file, path);
    await flushFolder(dirname(path));
    return size;
  } catch (error) {
    return failForFile(error, path, "write");
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
