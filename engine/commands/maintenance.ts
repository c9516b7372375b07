/** The command `maintenance`: whether the database is being rebuilt, and what dead runs have left in it. */
import { databaseKind } from "../backend/database-kind.ts";
import { withRecords } from "../backend/connect.ts";
import type { Records } from "../backend/database/records.ts";
import { databaseOutside, neededDatabase, tempDatabaseOf } from "./database-outside.ts";
import { buildsIn, isInMaintenance, usualTriggers } from "../backend/database/maintenance.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext } from "./context.ts";

/** `db-maintenance`, or nothing; with `--clean` the tables that were dropped. Problems: usage, those of the database. */
export async function maintenance(
  request: RequestOf<"maintenance">,
  context: RunContext,
): Promise<readonly string[]> {
  const { environment, workspace } = context;
  const url = neededDatabase(request.databaseUrl, context);
  databaseKind(url, workspace);
  const outside = databaseOutside(context, tempDatabaseOf(request.tempDatabaseName, context));
  const opening = { workspace, outside };
  if (request.clean) return withRecords(url, opening, swept);
  const given = environment["TPP_MAINTENANCE_START_EVENT"];
  const triggers = given === undefined ? usualTriggers : given.split(",");
  const builds = await withRecords(url, opening, buildsIn);
  return isInMaintenance(builds, triggers) ? ["db-maintenance"] : [];
}

async function swept({ sweep }: Records): Promise<readonly string[]> {
  const names = (await sweep?.()) ?? [];
  return names.map((name) => `dropped ${name}`);
}
