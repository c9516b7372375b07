/** What a statement that stopped itself says: `Dialect.orStop` puts it into the error of the database. */
import { STOPPED } from "../../sql/render-value.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";

const DIVISION = `${STOPPED}division by zero: `;

/** Null for an error of any other origin. Problem: division-by-zero. */
export function problemOfStopped(message: string): Problem | null {
  const at = message.indexOf(DIVISION);
  if (at < 0) return null;
  const column = message.slice(at + DIVISION.length).split("\n")[0] ?? "";
  return problem("division-by-zero", { column });
}
