/** The command `maintenance`: whether the database is being rebuilt. */
import { fail } from "./problems.ts";
import { databaseKind } from "../backend/database-kind.ts";
import { withRecords } from "../backend/connect.ts";
import { buildsIn, isInMaintenance, usualTriggers } from "../backend/database/maintenance.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext } from "./context.ts";

/** `db-maintenance`, or nothing. Problems: no-database-url, those of the database. */
export async function maintenance(
  request: RequestOf<"maintenance">,
  { environment, workspace }: RunContext,
): Promise<readonly string[]> {
  const url = request.databaseUrl ?? environment["DATABASE_URL"] ?? "";
  if (url === "") {
    const wayOut = "Give --database-url duckdb:FILE, or set DATABASE_URL.";
    fail("usage", { sentence: "No database given", wayOut });
  }
  databaseKind(url, workspace);
  const given = environment["TPP_MAINTENANCE_START_EVENT"];
  const triggers = given === undefined ? usualTriggers : given.split(",");
  const builds = await withRecords(url, workspace, buildsIn);
  return isInMaintenance(builds, triggers) ? ["db-maintenance"] : [];
}
