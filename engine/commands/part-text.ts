/** What making a part of a plan took, in a line. */
import type { PartMade } from "../backend/database/evaluation.ts";

export function partText({ part, columns, rows, milliseconds }: PartMade): string {
  const took = `${Math.round(milliseconds)} ms`;
  return `${part.name}: ${rows} ${rows === 1 ? "row" : "rows"}, ${took}, for ${columns.join(", ")}`;
}
