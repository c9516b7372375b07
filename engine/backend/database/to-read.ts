/** What cohorts are read from, when the parts of their plan are made. */
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import type { TableUse } from "../../schema/physical-needs.ts";
import type { PatientRange } from "../../sql/render-table.ts";
import type { Speaking } from "../../sql/statements.ts";
import type { NumberedWords } from "./number-words.ts";

export interface ToRead {
  readonly plan: CohortPlan;
  readonly speaking: Speaking;
  readonly ranges: readonly PatientRange[];
  readonly words: NumberedWords;
  /** What all of it reads. */
  readonly uses: readonly TableUse[];
}
