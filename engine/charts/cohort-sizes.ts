/** How many patients a cohort has, as a page says it that researchers may see. */
import { shownCount } from "../profile/treatment.ts";

export function shownSize(patients: number): number {
  return shownCount(patients, "midpoint6");
}
