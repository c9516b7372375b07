/** A folder with a database of records, for tests of what is asked of it. */
import { join } from "node:path";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import type { PhysicalTables } from "../../engine/schema/physical-table.ts";
import type { Records } from "../naive/row.ts";
import { writeRecordsDatabase } from "./records-database.ts";

export const PATH = "records.duckdb";
/** Opted-out patients too. */
export const everybody = `duckdb:${PATH}?opensafely_include_t1oo=true`;

/** Gives `act` a folder with a database of these records. */
export async function inDatabase(
  records: Records,
  act: (workspace: string) => Promise<void>,
  tables?: PhysicalTables,
): Promise<void> {
  await inScratchFolder(async (workspace) => {
    await writeRecordsDatabase(join(workspace, PATH), records, tables);
    await act(workspace);
  });
}
