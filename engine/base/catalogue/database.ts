/** Problems of database URLs and connections. */
import { kind } from "./kind.ts";
import { quotedList } from "./wording.ts";

export const databaseProblems = {
  "unknown-database-kind": kind<{ readonly kind: string; readonly known: readonly string[] }>(
    1,
    ({ kind: scheme }) =>
      scheme === ""
        ? "The database URL does not begin with the kind of database"
        : `No backend for databases of kind ${JSON.stringify(scheme)}`,
    ({ known }) =>
      `Known kinds: ${quotedList(known)}. The URL begins with one of them and a colon.`,
  ),
  "database-kind-not-built": kind<{ readonly kind: string }>(
    1,
    ({ kind: scheme }) => `Databases of kind ${JSON.stringify(scheme)} are not built yet`,
    () => "Until then use dummy data: --expectations-population 1000.",
  ),
} as const;
