/** What a study asks for that a kind of database does not hold. */
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { FunctionName } from "../../definition/function-table.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import { tableUses } from "../../plan/table-uses.ts";
import type { TableUse } from "../../schema/physical-needs.ts";
import type { Provider } from "../../schema/provision.ts";
import { fail } from "../problems.ts";

/** Before anything is asked of the database. Problems: mapping-refuses, database-lacks. */
export function refuseLacking(provider: Provider, study: CheckedStudy, plan: CohortPlan): void {
  refuseTurnedOff(provider, study);
  const uses = tableUses(plan).filter((use) => isLacking(provider, use));
  const names = new Set(uses.flatMap((use) => askingFor(use, study)));
  const columns = study.columns.filter(({ name }) => names.has(name));
  // A column that only reads another one of these is not what asks.
  const asking = columns.filter(({ reads }) => !reads.some((name) => names.has(name)));
  const asked = (asking.length > 0 ? asking : columns).map((column) => ({
    column: column.name,
    function: column.function,
  }));
  if (asked.length > 0)
    fail("database-lacks", { study: study.name, provider: provider.described, asked });
}

/** Problem: mapping-refuses. */
function refuseTurnedOff({ mapping }: Provider, study: CheckedStudy): void {
  const asked = study.columns.flatMap((column) => {
    const reason = mapping?.refuse.get(column.function);
    return reason === undefined ? [] : [{ column: column.name, function: column.function, reason }];
  });
  if (asked.length > 0) fail("mapping-refuses", { study: study.name, asked });
}

/** Of the columns that read an event, those that read its reference range are the ones that ask for it. */
function askingFor({ columns }: TableUse, study: CheckedStudy): readonly string[] {
  const ranged = study.columns.filter((column) => RANGE_FUNCTIONS.has(column.function));
  const asking = ranged.map(({ name }) => name).filter((name) => columns.includes(name));
  return asking.length > 0 ? asking : columns;
}

const RANGE_FUNCTIONS: ReadonlySet<string> = new Set<FunctionName>([
  "comparator_from",
  "reference_range_lower_bound_from",
  "reference_range_upper_bound_from",
]);

function isLacking({ provides }: Provider, { table, fields }: TableUse): boolean {
  const provision = provides[table];
  if (provision === null) return true;
  return provision.some((selection) =>
    fields.some((name) => selection.fields[name]?.kind === "lacking"),
  );
}
