/** Plans of small studies, for tests of the passes. */
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { lowerStudy } from "../../engine/plan/lower/lower-study.ts";
import type { CohortPlan, Part } from "../../engine/plan/model/cohort-plan.ts";
import { planCohort } from "../../engine/plan/passes/plan-cohort.ts";
import { checked } from "../definition/study-of.ts";
import type { Call, Calls } from "../definition/study-of.ts";

export type ScanPart = Extract<Part, { kind: "scan" }>;

export const months = ["2020-01-01", "2020-02-01", "2020-03-01"];

export function planOf(
  columns: Calls,
  indexDates: readonly string[] = months,
  population?: Call,
): CohortPlan {
  const study = checked(columns, population);
  const lowered = lowerStudy({
    study,
    today: isoDateOf("2020-05-20"),
    previousProductIds: [],
    provider: tpp,
  });
  return planCohort(lowered, indexDates.map(isoDateOf));
}

export function scansOf({ parts }: CohortPlan): readonly ScanPart[] {
  return parts.filter((part) => part.kind === "scan");
}

/** The spread of the only scan of a study with this one column. */
export function spreadOf(call: Call, indexDates: readonly string[] = months): string {
  const [only, ...more] = scansOf(planOf({ asked: call }, indexDates));
  if (only === undefined || more.length > 0) throw new Error("not one scan");
  return only.spread;
}
