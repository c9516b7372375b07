/** A scan of the plan, and what is known while it is said in SQL. */
import type { CohortPlan, Part } from "../plan/model/cohort-plan.ts";
import type { Sql } from "../text/sql.ts";
import type { RowsContext } from "./render-rows.ts";

export type ScanPart = Extract<Part, { kind: "scan" }>;

export interface ScanContext extends RowsContext {
  readonly plan: CohortPlan;
  /** What a column is called in the part that holds the dates of this scan. */
  readonly dateColumn: (name: string) => Sql;
}
