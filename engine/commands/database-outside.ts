/** What a database may know of the command that asks it. */
import type { Outside } from "../backend/database/records.ts";
import type { RunContext } from "./context.ts";

/** `tempDatabase` is where a person wants results to be kept. */
export function databaseOutside(
  { environment, reporter }: Pick<RunContext, "environment" | "reporter">,
  tempDatabase: string | null = null,
): Outside {
  return {
    environment,
    tempDatabase,
    note: (text) => {
      reporter.report({ kind: "message", text });
    },
  };
}
