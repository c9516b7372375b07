import { problem } from "../../table/problems.ts";
import { cohortSchema } from "../../backend/cohort-columns.ts";
import { renamedForStata } from "../../table/dta/stata-names.ts";
import type { RenamedColumn } from "../../table/dta/stata-names.ts";
import type { PlannedCohorts } from "./planned-cohorts.ts";
import type { LoadedStudy } from "../studies/load-study.ts";
import type { RunContext } from "../context.ts";

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
    problem: problem("stata-names", { studies, columns: [...columns.values()] }),
  });
}
