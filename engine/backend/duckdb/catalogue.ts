/** All tables of a DuckDB file, or of a folder of files. */
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, resolve } from "node:path";
import { openDuckDb } from "../../duckdb/duckdb.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { makeTemporaryFolder } from "../../files/owned-folder.ts";
import type { CatalogueTable } from "../../schema/mapping/catalogue-table.ts";
import type { ReadCatalogue } from "../database/catalogue.ts";
import { headerOf } from "./csv-table.ts";
import { tablesOfFile } from "./database-file.ts";
import { parseDuckDbUrl } from "./duckdb-url.ts";
import { isFolderOfRecords } from "./open-records.ts";
import { columnsOf } from "./parquet-table.ts";
import { listRecordFiles } from "./record-files/list-record-files.ts";
import type { ListedTable } from "./record-files/list-record-files.ts";

/** Files that cannot be read are left out. Problems: those of `openDuckDbRecords`. */
export const duckDbCatalogue: ReadCatalogue = async (text, workspace) => {
  const path = resolve(workspace, parseDuckDbUrl(text).path);
  const isFolder = isFolderOfRecords(path);
  const real = realpathSync(path);
  const reach = [isFolder ? real : dirname(real)];
  const spill = makeTemporaryFolder(tmpdir());
  const db = await openDuckDb({ temporaryFolder: spill.path, reach });
  try {
    if (!isFolder) return await tablesOfFile(db, real);
    const tables: CatalogueTable[] = [];
    for (const listed of listRecordFiles(real, reach)) tables.push(...(await tableOf(db, listed)));
    return tables;
  } finally {
    db.close();
    spill.remove();
  }
};

/** By its first file: what others differ in is told when the table is read. */
async function tableOf(
  db: DuckDb,
  { name, format, files, problems }: ListedTable,
): Promise<readonly CatalogueTable[]> {
  const [first] = files;
  if (first === undefined || problems.length > 0) return [];
  if (format === "parquet") {
    const columns = await columnsOf(db, first);
    return columns === null ? [] : [{ name, columns }];
  }
  const { names } = await headerOf(first);
  const columns = (names ?? []).map((column) => ({ name: column, type: "text", kind: null }));
  return names === null ? [] : [{ name, columns }];
}
