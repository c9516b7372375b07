/** Opens health records in DuckDB: a database file, or a folder with a file or folder for each table. */
import { realpathSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, resolve } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { makeTemporaryFolder } from "../../files/owned-folder.ts";
import { checkProvider } from "../../schema/check-provider.ts";
import type { FoundTables } from "../../schema/check-provider.ts";
import { physicalNeeds } from "../../schema/physical-needs.ts";
import type { TableUse } from "../../schema/physical-needs.ts";
import { tpp } from "../../schema/tpp/tpp-provider.ts";
import { checkNumbers } from "../database/check-numbers.ts";
import { openDatabaseFile } from "./database-file.ts";
import type { DuckDbUrl } from "./duckdb-url.ts";
import { openFolder } from "./records-folder.ts";
import type { RecordSource } from "./source-table.ts";

export interface Records {
  readonly db: DuckDb;
  readonly tables: FoundTables;
  /**
   * Afterwards the tables and columns that these uses need can be asked for under their names. Problems, all
   * of them: what `checkProvider` finds, files that cannot be read; and then values that are not as declared.
   */
  readonly ready: (uses: readonly TableUse[]) => Promise<void>;
  version(): Promise<string>;
  readonly warnings: readonly Problem[];
  close(): void;
}

const MEMORY = "3GiB";

/**
 * The records can only be read, and statements reach no other files than those below the folder of the records
 * and the folders that the URL allows; what is made on the way is temporary, in memory up to the limit and
 * then in a private folder. Problems: database-not-found, database-not-readable, database-folder-empty,
 * record-file-kind, no-temporary-folder.
 */
export async function openRecords(url: DuckDbUrl, workspace: string): Promise<Records> {
  const path = resolve(workspace, url.path);
  const isFolder = isFolderOfRecords(path);
  const real = realpathSync(path);
  const reach = [
    isFolder ? real : dirname(real),
    ...url.allowed.map((each) => allowedFolder(resolve(workspace, each))),
  ];
  const spill = makeTemporaryFolder(tmpdir());
  let opened: DuckDb | null = null;
  try {
    const db = await openDuckDb({
      temporaryFolder: spill.path,
      memoryLimit: url.memoryLimit ?? MEMORY,
      reach,
      settings: { preserve_insertion_order: "false" },
      ...(url.threads === null ? {} : { threads: url.threads }),
    });
    opened = db;
    const source = await (isFolder
      ? openFolder(db, { folder: real, reach })
      : openDatabaseFile(db, real));
    const close = (): void => {
      db.close();
      spill.remove();
    };
    return recordsOf(db, source, close);
  } catch (error) {
    opened?.close();
    spill.remove();
    throw error;
  }
}

function isFolderOfRecords(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return fail("database-not-found", {});
  if (!stat.isDirectory() && !stat.isFile()) fail("database-not-a-file", {});
  return stat.isDirectory();
}

/** Problem: database-allowed-folder. */
function allowedFolder(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true ? realpathSync(path) : fail("database-allowed-folder", {});
}

function recordsOf(db: DuckDb, source: RecordSource, close: () => void): Records {
  const found: FoundTables = new Map(
    source.tables.map(({ name, columns }) => [name.toLowerCase(), columns]),
  );
  const checked = new Set<string>();
  return {
    db,
    tables: found,
    version: source.version,
    warnings: source.warnings,
    ready: async (uses) => {
      const needs = physicalNeeds(tpp, uses);
      const needed = source.tables.flatMap((table) => {
        const need = needs.get(table.name);
        return need === undefined ? [] : [{ table, columns: [...need.parts.keys()] }];
      });
      const broken = needed.flatMap(({ table }) => table.problems);
      stopAt([...checkProvider(tpp, found, uses), ...broken]);
      const wrong: Problem[] = [];
      for (const { table, columns } of needed) wrong.push(...(await table.make(columns)));
      stopAt(wrong);
      stopAt(await checkNumbers(db, needed, checked));
    },
    close,
  };
}

function stopAt(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemError(problems);
}
