/** How long a PostgreSQL is asked again that does not answer. */
import type { Patience } from "../database/retry.ts";
import type { PostgresqlUrl } from "./postgresql-url.ts";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

export function patienceOf(
  { attempts }: Pick<PostgresqlUrl, "attempts">,
  note: Patience["note"],
): Patience {
  return { server: "PostgreSQL", attempts, firstWait: FIRST_WAIT, longestWait: LONGEST_WAIT, note };
}
