/** Cohorts without a patient: mostly a date far from all records, or a population that nobody is in. */
import type { IsoDate } from "../../base/dates.ts";
import { problem } from "../problems.ts";
import { byCodePoint } from "../../base/value-types.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { RunContext } from "../context.ts";

/** Names their dates in one warning. `rows` are those of the cohort files that were written, in order. */
export function tellOfNobody(
  { name: study, indexDate: own }: Pick<CheckedStudy, "name" | "indexDate">,
  indexDates: readonly (IsoDate | null)[],
  rows: readonly number[],
  { reporter }: Pick<RunContext, "reporter">,
): void {
  const nobody = indexDates.filter((_, at) => rows[at] === 0);
  if (nobody.length === 0) return;
  const dates = nobody.map((date) => date ?? own ?? "no index date").sort(byCodePoint);
  reporter.report({ kind: "warning", problem: problem("no-patients", { study, dates }) });
}
