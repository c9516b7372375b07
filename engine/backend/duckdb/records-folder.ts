/** A folder of records: a file or a folder of files for each table. */
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { fail } from "./problems.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { listRecordFiles } from "./record-files/list-record-files.ts";
import type { ListedTable } from "./record-files/list-record-files.ts";
import { csvTable } from "./csv-table.ts";
import type { RecordSource } from "./source-table.ts";
import { parquetTable } from "./parquet-table.ts";
import { declaredTable } from "./source-table.ts";
import type { KindOfTables, SourceTable } from "./source-table.ts";

export interface RecordFolder {
  readonly folder: string;
  /** Folders in which the files may lie, links resolved. */
  readonly reach: readonly string[];
}

/** Tables that no provider knows are passed over. Problem: database-folder-empty. */
export async function openFolder(
  db: DuckDb,
  { folder, reach }: RecordFolder,
  kindOfTables: KindOfTables,
): Promise<RecordSource> {
  const listed = listRecordFiles(folder, reach);
  if (listed.length === 0) fail("database-folder-empty", {});
  const names = listed.map(({ name }) => name);
  const kind = kindOfTables(names);
  const tables: SourceTable[] = [];
  for (const each of listed) {
    const declared = declaredTable(kind.tables, each.name);
    if (declared === null) continue;
    const open = each.format === "csv" ? csvTable : parquetTable;
    tables.push(await open(db, each, declared));
  }
  const version = () => Promise.resolve(versionOf(listRecordFiles(folder, reach)));
  return { kind, names, tables, version, warnings: [] };
}

/** Not the contents: those may be a terabyte. */
function versionOf(listed: readonly ListedTable[]): string {
  const hash = createHash("sha256");
  for (const { path, shown } of listed.flatMap(({ files }) => files))
    hash.update(stamp(path, shown));
  return `duckdb ${hash.digest("hex")}`;
}

/** A file's size and time; the name is the one that does not change with the folder's place. */
export function stamp(path: string, name: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? `${name} -\n` : `${name} ${stat.size} ${stat.mtimeMs}\n`;
}
