/** What a database may know of the command that asks it. */
import type { Outside } from "../backend/database/records.ts";
import type { RunContext } from "./context.ts";
import { fail } from "./problems.ts";

/** The database beside the records that an option names, or the environment; null where nobody does. */
export function tempDatabaseOf(
  given: string | undefined,
  { environment }: Pick<RunContext, "environment">,
): string | null {
  const name = given ?? environment["TEMP_DATABASE_NAME"] ?? "";
  return name === "" ? null : name;
}

/** The URL that is given, or that the environment says. Problem: usage. */
export function neededDatabase(
  given: string | undefined,
  { environment }: Pick<RunContext, "environment">,
): string {
  const url = given ?? environment["DATABASE_URL"] ?? "";
  if (url !== "") return url;
  const wayOut = "Give --database-url duckdb:FILE, or set DATABASE_URL.";
  return fail("usage", { sentence: "No database given", wayOut });
}

export function databaseOutside(
  { environment, reporter }: Pick<RunContext, "environment" | "reporter">,
  tempDatabase = tempDatabaseOf(undefined, { environment }),
): Outside {
  return {
    environment,
    tempDatabase,
    note: (text) => {
      reporter.report({ kind: "message", text });
    },
  };
}
