/** Studies with the index dates at which a database would be asked, and the plan of each. */
import { tpp } from "../../schema/tpp/tpp-provider.ts";
import { calendarDayOf } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { parseIndexDates } from "../../definition/dates/parse-index-dates.ts";
import type { RequestOf } from "../../options/command-table.ts";
import { lowerStudy } from "../../plan/lower/lower-study.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import { planCohort } from "../../plan/passes/plan-cohort.ts";
import type { RunContext } from "../context.ts";
import { loadRequested } from "./load-study.ts";

export interface DatedStudy {
  readonly study: CheckedStudy;
  readonly indexDates: readonly IsoDate[];
  readonly today: IsoDate;
}

/** Problems: those of the range of index dates, and of the studies. */
export async function datedStudies(
  request: RequestOf<"explain"> | RequestOf<"dump_cohort_sql">,
  context: RunContext,
): Promise<readonly DatedStudy[]> {
  const today = calendarDayOf(context.now());
  const range = parseIndexDates(request.indexDateRange ?? "", today);
  const loaded = await loadRequested(request, context);
  return loaded.map(({ study }) => ({
    study,
    indexDates: range
      .map((indexDate) => indexDate ?? study.indexDate)
      .filter((indexDate) => indexDate !== null),
    today,
  }));
}

/** Without a database, products are known by the ids of the codelists alone. */
export function planAlone({ study, indexDates, today }: DatedStudy): CohortPlan {
  const lowered = lowerStudy({ study, today, previousProductIds: [], provider: tpp });
  return planCohort(lowered, indexDates);
}
