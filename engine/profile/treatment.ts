/** How counts of patients are shown: rounded so that no small number can be known, or as they are. */
import { roundedCount } from "../measures/publishable.ts";

/** `midpoint6`: 0 stays, 1 to 6 is 3, 7 to 12 is 9 and so on. `exact` is highly sensitive. */
export type Treatment = "midpoint6" | "exact";

/** What so few patients have at every date is never shown under a name of its own. */
export const RARE = 6;

export function shownCount(count: number, treatment: Treatment): number {
  return treatment === "exact" ? count : roundedCount(count, "midpoint6");
}
