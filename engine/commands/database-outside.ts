/** What a database may know of the command that asks it. */
import type { Outside } from "../backend/database/records.ts";
import type { RunContext } from "./context.ts";

export function databaseOutside({
  environment,
  reporter,
}: Pick<RunContext, "environment" | "reporter">): Outside {
  return {
    environment,
    note: (text) => {
      reporter.report({ kind: "message", text });
    },
  };
}
