/** A DuckDB file with records: its tables and views, seen through views that pin the types. */
import { createHash } from "node:crypto";
import { constants } from "node:os";
import { fail, problem } from "./problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { DuckDbError } from "../../duckdb/duckdb-error.ts";
import { systemCode } from "../../files/file-problem.ts";
import type { FoundColumn } from "../../schema/check-provider.ts";
import type { CatalogueTable } from "../../schema/mapping/catalogue-table.ts";
import type { PhysicalTable } from "../../schema/physical-table.ts";
import { duckdb } from "../../sql/dialects/duckdb.ts";
import { databaseHeader, NEWEST_STORAGE } from "./database-header.ts";
import type { RecordSource } from "./source-table.ts";
import { stamp } from "./records-folder.ts";
import { declaredTable, kindOf, pinned } from "./source-table.ts";
import type { KindOfTables, SourceTable } from "./source-table.ts";
import { filesMatching, patternsOfViews } from "./view-files.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** Problems: database-not-readable; later database-view where a view cannot be read. */
export async function openDatabaseFile(
  db: DuckDb,
  path: string,
  kindOfTables: KindOfTables,
): Promise<RecordSource> {
  await attach(db, path);
  const there = await columnsByTable(db);
  const kind = kindOfTables(there.keys());
  const tables = [...there].flatMap(([name, { place, columns }]) => {
    const declared = declaredTable(kind.tables, name);
    return declared === null ? [] : [fileTable(db, { place, columns, declared })];
  });
  const patterns = await patternsOfViews(db);
  const known = patterns === null ? null : await filesMatching(db, patterns);
  return {
    kind,
    names: [...there.keys()],
    tables,
    version: async () => {
      const files = patterns === null ? null : await filesMatching(db, patterns);
      return files === null ? null : versionOf(path, files);
    },
    warnings: known === null ? [problem("database-version-unknown", {})] : [],
  };
}

/** With what waits beside the file to be written into it, and the files that its views read. */
function versionOf(path: string, files: readonly string[]): string {
  const hash = createHash("sha256").update(stamp(path, "database"));
  hash.update(stamp(`${path}.wal`, "wal"));
  for (const file of files) hash.update(stamp(file, file));
  return `duckdb ${hash.digest("hex")}`;
}

async function attach(db: DuckDb, path: string): Promise<void> {
  try {
    await db.run(sql`ATTACH ${duckdb.text(path)} AS records (READ_ONLY)`);
  } catch (error) {
    if (!(error instanceof DuckDbError)) throw error;
    fail("database-not-readable", { reason: reasonOf(error, path) });
  }
}

/** By what the system answered and what the file itself says: the words of DuckDB may change. */
function reasonOf({ errno }: DuckDbError, path: string): string {
  const { EAGAIN, EACCES, EPERM } = constants.errno;
  if (errno === EAGAIN) return "another program writes to it";
  if (errno === EACCES || errno === EPERM) return "you are not allowed to read it";
  try {
    const header = databaseHeader(path);
    if (header === null) return "it is no DuckDB database";
    const { storage, writtenBy } = header;
    if (storage <= NEWEST_STORAGE) return "it is damaged or cut short";
    const version = writtenBy === null ? "" : ` (${writtenBy})`;
    return `a newer DuckDB${version} wrote it; there, ATTACH 'copy.duckdb' (STORAGE_VERSION 'v1.2.0') makes one that can be read`;
  } catch (error) {
    return systemCode(error) === null ? "it cannot be read" : "you are not allowed to read it";
  }
}

/** Of the main schema by name alone, of others by schema and name. Problem: database-not-readable. */
export async function tablesOfFile(db: DuckDb, path: string): Promise<readonly CatalogueTable[]> {
  await attach(db, path);
  const there = await columnsByTable(db);
  const others = [...there].filter(([name]) => !name.startsWith("main."));
  return others.map(([name, { columns }]) => ({ name, columns }));
}

interface FoundTable {
  readonly place: Sql;
  readonly columns: FoundColumn[];
}

/** Those of the main schema by their names; all of them by schema and name as well. */
async function columnsByTable(db: DuckDb): Promise<ReadonlyMap<string, FoundTable>> {
  const rows = await db.rows(
    sql`SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = 'records' ORDER BY schema_name, table_name, column_index`,
  );
  const [plain, within] = [new Map<string, FoundTable>(), new Map<string, FoundTable>()];
  for (const row of rows) {
    const [schema, table, name, type] = [
      ...[row["schema_name"], row["table_name"], row["column_name"], row["data_type"]].map(String),
    ] as [string, string, string, string];
    const key = `${schema}.${table}`;
    const place = sql`records.${duckdb.quoteName(schema)}.${duckdb.quoteName(table)}`;
    const found = within.get(key) ?? { place, columns: [] };
    within.set(key, found);
    if (schema === "main") plain.set(table, found);
    found.columns.push({ name, type, kind: kindOf(type) });
  }
  return new Map([...plain, ...within]);
}

interface FileTable extends FoundTable {
  readonly declared: { readonly name: string; readonly columns: PhysicalTable };
}

function fileTable(db: DuckDb, { place, columns, declared }: FileTable): SourceTable {
  let isMade = false;
  return {
    name: declared.name,
    columns,
    isExact: false,
    problems: [],
    make: async () => {
      if (isMade) return [];
      const query = pinned(place, columns, declared.columns);
      const view = sql`memory.main.${duckdb.quoteName(declared.name)}`;
      try {
        await db.run(sql`CREATE OR REPLACE VIEW ${view} AS ${query}`);
      } catch (error) {
        return [viewProblem(error, declared.name)];
      }
      isMade = true;
      return [];
    },
  };
}

/** A table is there as it was found; a view can lead to what is gone, changed or out of reach. */
function viewProblem(error: unknown, table: string): Problem {
  if (!(error instanceof DuckDbError)) throw error;
  if (error.kind === "Permission") return problem("database-reach", { table });
  return problem("database-view", { table });
}
