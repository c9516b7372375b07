/** A folder with a file for each table of records, which gets its name only when all of them are complete. */
import { existsSync, readdirSync } from "node:fs";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "../files/make-folder.ts";
import { flushFolder } from "../files/atomic-file.ts";
import { failForFile } from "../files/file-problem.ts";
import { partialPathFor } from "../files/partial-files.ts";
import { sweepPartials } from "../files/sweep-partials.ts";
import { fail } from "./problems.ts";
import type { DatabasePlace } from "./whole-database.ts";

export interface RecordsFolderPlace extends DatabasePlace {
  /** Where to write the files of the tables; it is there and empty. */
  readonly tables: string;
}

/**
 * What stands in the way of a folder of that name. One with a file that is none of ours is never replaced. Problems:
 * database-exists, records-folder-foreign.
 */
export function refuseExistingFolder(
  path: string,
  told: string,
  { force, isOurs }: { readonly force: boolean; readonly isOurs: (name: string) => boolean },
): void {
  if (!existsSync(path)) return;
  if (!force) fail("database-exists", { file: told });
  const foreign = namesIn(path, told).find((name) => !isOurs(name));
  if (foreign !== undefined) fail("records-folder-foreign", { folder: told, name: foreign });
}

/** A file of that name is as foreign as one within. */
function namesIn(path: string, told: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).map((entry) =>
      entry.isFile() ? entry.name : `${entry.name}/`,
    );
  } catch {
    return [told];
  }
}

/** Makes the folders, and clears what killed runs left there. Problems: those of the file system. */
export async function recordsFolderPlace(path: string): Promise<RecordsFolderPlace> {
  const folder = partialPathFor(path);
  const tables = join(folder, "tables");
  try {
    makeFolder(dirname(path));
    await sweepPartials(dirname(path));
    makeFolder(tables);
  } catch (error) {
    failForFile(error, path, "write");
  }
  return {
    file: join(folder, "records.duckdb"),
    tables,
    temporaryFolder: join(folder, "spilled"),
    commit: () => commit({ tables, before: join(folder, "before") }, path),
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

async function commit(
  { tables, before }: { readonly tables: string; readonly before: string },
  path: string,
): Promise<number> {
  try {
    let bytes = 0;
    for (const name of await readdir(tables)) {
      const file = join(tables, name);
      const handle = await open(file, "r+");
      await handle.sync();
      await handle.close();
      bytes += (await stat(file)).size;
    }
    await flushFolder(tables);
    await replace(path, { by: tables, before });
    await flushFolder(dirname(path));
    return bytes;
  } catch (error) {
    return failForFile(error, path, "write");
  }
}

/** Where it cannot be replaced, what was there stays. */
async function replace(
  path: string,
  { by, before }: { readonly by: string; readonly before: string },
): Promise<void> {
  const isThere = existsSync(path);
  if (isThere) await rename(path, before);
  try {
    await rename(by, path);
  } catch (error) {
    if (isThere) await rename(before, path);
    throw error;
  }
}
