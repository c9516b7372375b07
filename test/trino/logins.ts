/** The one person whom the server of `server.sh` knows, and where what they need lies. */
import { existsSync } from "node:fs";
import { join } from "node:path";

export const LOGIN = { user: "client of tests", password: "p@ss:word" } as const;

/** Null where the server is another, which knows nobody of ours. */
export function loginsFolder(): string | null {
  const folder = join(process.env["TRINO_DATA"] ?? "/tmp/cohortline-trino", "logins");
  return existsSync(join(folder, "token")) ? folder : null;
}
