/** What a statement that stopped itself says: `Dialect.orStop` puts it into the error of the database. */
import { dividedByZero } from "../../sql/render-value.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";

/** Null for an error of any other origin. Problem: division-by-zero. */
export function problemOfStopped(message: string): Problem | null {
  const column = dividedByZero(message);
  return column === null ? null : problem("division-by-zero", { column });
}
