import { problem } from "../base/problems.ts";
import { cohortSchema } from "../backend/cohort-columns.ts";
import { renamedForStata } from "../table/dta/stata-names.ts";
import type { CohortRequest } from "./cohort-request.ts";
import type { LoadedStudy } from "./load-study.ts";
import type { RunContext } from "./reporter.ts";

/**
 * Tells, once for all files of the command, which columns its Stata files will call otherwise than the
 * studies do. Warning: stata-names.
 */
export function warnOfStataNames(
  requests: readonly Pick<CohortRequest, "format">[],
  loaded: readonly LoadedStudy[],
  { reporter }: RunContext,
): void {
  const isStata = requests.some(({ format }) => format === "dta" || format === "dta.gz");
  if (!isStata) return;
  const studies: string[] = [];
  const stataNameOf = new Map<string, string>();
  for (const { location, study } of loaded) {
    const renamed = renamedForStata(cohortSchema(study).map(({ name }) => name));
    if (renamed.length > 0) studies.push(location.name);
    for (const { name, stataName } of renamed) stataNameOf.set(name, stataName);
  }
  if (studies.length === 0) return;
  const columns = [...stataNameOf].map(([name, stataName]) => ({ name, stataName }));
  reporter.tell({ kind: "warning", problem: problem("stata-names", { studies, columns }) });
}
