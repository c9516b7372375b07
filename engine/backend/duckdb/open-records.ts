/** Opens health records in DuckDB: a database file, or a folder with a file or folder for each table. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail } from "../../base/problems.ts";
import { byCodePoint } from "../../base/value-types.ts";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { FoundColumn, FoundTables } from "../../schema/check-provider.ts";
import { csvRelation } from "./csv-relation.ts";
import type { DuckDbUrl } from "./duckdb-url.ts";

export interface Records {
  readonly db: DuckDb;
  readonly tables: FoundTables;
  /** Changes when the records could: names, sizes and times of the files. */
  version(): string;
  close(): void;
}

const MEMORY = "3GiB";

/**
 * The records can only be read; what is made on the way is temporary, in memory up to the limit and then in
 * a private folder. Problems: database-not-found, database-not-readable, database-folder-empty.
 */
export async function openRecords(url: DuckDbUrl, path: string): Promise<Records> {
  const isFolder = statOf(path)?.isDirectory();
  if (isFolder === undefined) return fail("database-not-found", {});
  const temporaryFolder = mkdtempSync(join(tmpdir(), "cohortline-"));
  const removeFolder = (): void => {
    rmSync(temporaryFolder, { recursive: true, force: true });
  };
  let opened: DuckDb | null = null;
  try {
    const db = await openDuckDb({
      temporaryFolder,
      memoryLimit: url.memoryLimit ?? MEMORY,
      ...(url.threads === null ? {} : { threads: url.threads }),
    });
    opened = db;
    await db.run("SET preserve_insertion_order = false");
    await (isFolder ? openFolder(db, path) : openFile(db, path));
    const tables = await foundTables(db);
    const close = (): void => {
      db.close();
      removeFolder();
    };
    return { db, tables, version: () => versionOf(path), close };
  } catch (error) {
    opened?.close();
    removeFolder();
    throw error;
  }
}

function statOf(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}

async function openFile(db: DuckDb, path: string): Promise<void> {
  try {
    await db.run(`ATTACH ${quoted(path)} AS records (READ_ONLY)`);
    await db.run("USE records");
  } catch (error) {
    const locked = error instanceof Error && /lock/i.test(error.message);
    const reason = locked ? "another program writes to it" : "it is no DuckDB database";
    fail("database-not-readable", { reason });
  }
}

const extensions = [".parquet", ".csv", ".csv.gz"] as const;

/** Each table becomes a view over its files. */
async function openFolder(db: DuckDb, folder: string): Promise<void> {
  let count = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const table = entry.isDirectory()
      ? tableOfFolder(join(folder, entry.name), entry.name)
      : tableOfFile(folder, entry.name);
    if (table === null) continue;
    count++;
    try {
      await db.run(
        `CREATE VIEW "${table.name.replaceAll('"', '""')}" AS SELECT * FROM ${await relation(db, table)}`,
      );
    } catch {
      fail("database-not-readable", {
        reason: `the files of the table ${JSON.stringify(table.name)} cannot be read`,
      });
    }
  }
  if (count === 0) fail("database-folder-empty", {});
}

interface FileTable {
  readonly name: string;
  readonly extension: (typeof extensions)[number];
  /** SQL: a path, or a list of paths. */
  readonly files: string;
}

function relation(db: DuckDb, { name, extension, files }: FileTable): Promise<string> {
  return extension === ".parquet"
    ? Promise.resolve(`read_parquet(${files})`)
    : csvRelation(db, name, files);
}

function tableOfFile(folder: string, file: string): FileTable | null {
  const extension = extensions.find((each) => file.toLowerCase().endsWith(each));
  if (extension === undefined) return null;
  const name = file.slice(0, -extension.length);
  return { name, extension, files: quoted(join(folder, file)) };
}

function tableOfFolder(folder: string, name: string): FileTable | null {
  const all = readdirSync(folder);
  for (const extension of extensions) {
    const held = all.filter((file) => file.toLowerCase().endsWith(extension)).sort(byCodePoint);
    if (held.length === 0) continue;
    const files = `[${held.map((file) => quoted(join(folder, file))).join(", ")}]`;
    return { name, extension, files };
  }
  return null;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

async function foundTables(db: DuckDb): Promise<FoundTables> {
  const rows = await db.rows(
    "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = current_database() ORDER BY column_index",
  );
  const tables = new Map<string, FoundColumn[]>();
  for (const row of rows) {
    const [table, name, type] = [row["table_name"], row["column_name"], row["data_type"]].map(
      String,
    );
    const key = (table ?? "").toLowerCase();
    const columns = tables.get(key) ?? [];
    columns.push({ name: name ?? "", type: type ?? "", kind: kindOf(type ?? "") });
    tables.set(key, columns);
  }
  return tables;
}

function kindOf(type: string): PhysicalKind | null {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(type)) return "int";
  if (/^(FLOAT|DOUBLE|DECIMAL\b.*)$/.test(type)) return "real";
  if (type === "BOOLEAN") return "bit";
  if (/^(VARCHAR|ENUM\b.*)$/.test(type)) return "text";
  if (type === "DATE") return "date";
  return type.startsWith("TIMESTAMP") ? "datetime" : null;
}

/** Not the contents: those may be a terabyte. */
function versionOf(path: string): string {
  const hash = createHash("sha256");
  const add = (file: string, name: string): void => {
    const stat = statOf(file);
    if (stat === undefined) fail("database-changed", {});
    else if (stat.isDirectory()) {
      for (const entry of readdirSync(file).sort(byCodePoint)) {
        add(join(file, entry), `${name}/${entry}`);
      }
    } else hash.update(`${name} ${stat.size} ${stat.mtimeMs}\n`);
  };
  add(path, "");
  return `duckdb ${hash.digest("hex")}`;
}
