/** Warnings about cohorts: those without a patient, and columns that Stata calls otherwise. */
import type { IsoDate } from "../../base/dates.ts";
import { problem } from "../problems.ts";
import { byCodePoint } from "../../base/value-types.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { RunContext } from "../context.ts";
import { problem as tableProblem } from "../../table/problems.ts";
import { cohortSchema } from "../../backend/cohort-columns.ts";
import { renamedForStata } from "../../table/dta/stata-names.ts";
import type { RenamedColumn } from "../../table/dta/stata-names.ts";
import type { PlannedCohorts } from "./planned-cohorts.ts";
import type { LoadedStudy } from "../studies/load-study.ts";

/** Names their dates in one warning. `rows` are those of the cohort files that were written, in order. */
export function warnOfNobody(
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

/**
 * Tells, once for all files of the command, which columns its Stata files will call otherwise than the
 * studies do. Warning: stata-names.
 */
export function warnOfStataNames(
  requests: readonly Pick<PlannedCohorts, "format">[],
  loaded: readonly LoadedStudy[],
  { reporter }: RunContext,
): void {
  const isStata = requests.some(({ format }) => format === "dta" || format === "dta.gz");
  if (!isStata) return;
  const studies: string[] = [];
  const columns = new Map<string, RenamedColumn>();
  for (const { location, study } of loaded) {
    const renamed = renamedForStata(cohortSchema(study).map(({ name }) => name));
    if (renamed.length > 0) studies.push(location.name);
    for (const column of renamed) columns.set(`${column.name} ${column.stataName}`, column);
  }
  if (studies.length === 0) return;
  reporter.report({
    kind: "warning",
    problem: tableProblem("stata-names", { studies, columns: [...columns.values()] }),
  });
}
