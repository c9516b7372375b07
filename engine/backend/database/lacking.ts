/** What a study asks for that a kind of database does not hold. */
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import { tableUses } from "../../plan/table-uses.ts";
import type { TableUse } from "../../schema/physical-needs.ts";
import type { Provider } from "../../schema/provision.ts";
import { fail } from "../problems.ts";

/** Before anything is asked of the database. Problem: database-lacks. */
export function refuseLacking(provider: Provider, study: CheckedStudy, plan: CohortPlan): void {
  const uses = tableUses(plan).filter((use) => isLacking(provider, use));
  const names = new Set(uses.flatMap(({ columns }) => columns));
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

function isLacking({ provides }: Provider, { table, fields }: TableUse): boolean {
  const provision = provides[table];
  if (provision === null) return true;
  return provision.some((selection) =>
    fields.some((name) => selection.fields[name]?.kind === "lacking"),
  );
}
