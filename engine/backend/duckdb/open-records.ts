/** Opens health records in DuckDB: a database file, or a folder with a file or folder for each table. */
import { realpathSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, resolve } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { fail } from "./problems.ts";
import type { Problem } from "../../base/problems.ts";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { makeTemporaryFolder } from "../../files/owned-folder.ts";
import { checkProvider } from "../../schema/check-provider.ts";
import type { FoundTables } from "../../schema/check-provider.ts";
import type { OmopDeclared } from "../../schema/omop/declared.ts";
import { physicalNeeds } from "../../schema/physical-needs.ts";
import { duckdb } from "../../sql/dialects/duckdb.ts";
import { chosenProvider } from "../database/chosen-provider.ts";
import { readLayout } from "../database/layout-said.ts";
import { optOuts } from "../database/opt-out-option.ts";
import { PATIENTS_AT_ONCE } from "../database/records.ts";
import type { Records } from "../database/records.ts";
import { checkNumbers } from "./check-numbers.ts";
import { openDatabaseFile } from "./database-file.ts";
import { failForDatabase } from "./database-problem.ts";
import { duckDbSession, expectedRows } from "./duckdb-session.ts";
import { parseDuckDbUrl } from "./duckdb-url.ts";
import { textNumbering } from "./number-texts.ts";
import { openFolder } from "./records-folder.ts";
import type { RecordSource } from "./source-table.ts";

const MEMORY = "3GiB";

/**
 * The records can only be read, and statements reach no other files than those below the folder of the records
 * and the folders that the URL allows; what is made on the way is temporary, in memory up to the limit and
 * then in a private folder. Problems: database-not-found, database-not-readable, database-folder-empty,
 * record-file-kind, no-temporary-folder.
 */
export async function openDuckDbRecords(text: string, workspace: string): Promise<Records> {
  const url = parseDuckDbUrl(text);
  const path = resolve(workspace, url.path);
  const isFolder = isFolderOfRecords(path);
  const real = realpathSync(path);
  const reach = [
    isFolder ? real : dirname(real),
    ...url.allowed.map((each) => allowedFolder(resolve(workspace, each))),
  ];
  const layout = await readLayout(url, workspace);
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
    const kindOfTables = (names: Iterable<string>) => chosenProvider(layout, names);
    const source = await (isFolder
      ? openFolder(db, { folder: real, reach }, kindOfTables)
      : openDatabaseFile(db, real, kindOfTables));
    const session = duckDbSession(db, () => {
      db.close();
      spill.remove();
    });
    const { patientsAtOnce } = url;
    const provided = providedBy(db, source, url.layout.declared);
    const { warnings, ...who } = optOuts(provided.provider, url);
    return {
      session,
      dialect: duckdb,
      patientsAtOnce: patientsAtOnce ?? PATIENTS_AT_ONCE,
      ...provided,
      ...who,
      warnings: [...layout.warnings, ...source.warnings, ...warnings],
      fail: failForDatabase,
      numbering: textNumbering(db),
      expectedRows: (query) => expectedRows(db, query),
    };
  } catch (error) {
    opened?.close();
    spill.remove();
    throw error;
  }
}

export function isFolderOfRecords(path: string): boolean {
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

type Provided = Pick<Records, "provider" | "tables" | "version" | "ready">;

function providedBy(db: DuckDb, source: RecordSource, declared: OmopDeclared): Provided {
  const { version } = source;
  const tables: FoundTables = new Map(
    source.tables.map(({ name, columns }) => [name.toLowerCase(), columns]),
  );
  const provider = source.kind.providing(tables, source.names, declared);
  const known = new Set<string>();
  const ready: Records["ready"] = async (uses) => {
    const needs = physicalNeeds(provider, uses);
    const needed = source.tables.flatMap((table) => {
      const need = needs.get(table.name);
      return need === undefined ? [] : [{ table, columns: [...need.parts.keys()] }];
    });
    const broken = needed.flatMap(({ table }) => table.problems);
    stopAt([...checkProvider(provider, tables, uses), ...broken]);
    const wrong: Problem[] = [];
    for (const { table, columns } of needed) wrong.push(...(await table.make(columns)));
    stopAt(wrong);
    stopAt(await checkNumbers(db, needed, { known, tables: provider.tables }));
  };
  return { provider, tables, version, ready };
}

function stopAt(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemError(problems);
}
