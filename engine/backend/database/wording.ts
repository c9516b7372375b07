/** How the texts of a plan's columns come from the database, and go. */
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import type { Wording } from "./column-store.ts";
import type { NumberedWords } from "./number-words.ts";
import { shownRiskGroups } from "./risk-group.ts";

export function wordingOf(
  { columns }: CohortPlan,
  { lists }: NumberedWords,
): (name: string) => Wording {
  const tidied = new Set(columns.filter((each) => each.tidied !== null).map((each) => each.name));
  return (name) => ({
    numbered: lists.get(name) ?? null,
    tidy: tidied.has(name) ? shownRiskGroups : null,
  });
}
