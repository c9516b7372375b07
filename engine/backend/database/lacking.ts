/** What a study asks for that a kind of database does not hold. */
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
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
    returning: lackedValue(column, uses, provider),
  }));
  if (asked.length === 0) return;
  const waysOut = [...new Set(uses.flatMap((use) => wayOutOf(provider, use)))];
  fail("database-lacks", { study: study.name, provider: provider.described, asked, waysOut });
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

/** What a column returns, where the function as such is known. */
function lackedValue(
  { name, args }: CheckedColumn,
  uses: readonly TableUse[],
  { provides }: Provider,
): string | null {
  const isKnown = uses.some((use) => provides[use.table] !== null && use.columns.includes(name));
  if (!isKnown) return null;
  const { returning } = args as { readonly returning?: unknown };
  return typeof returning === "string" ? returning : null;
}

function wayOutOf({ waysOut = {}, provides }: Provider, use: TableUse): readonly string[] {
  const { table, fields } = use;
  if (provides[table] === null) return [waysOut[table] ?? []].flat();
  const lacked = fields.filter((name) => isLacking({ provides }, { ...use, fields: [name] }));
  return lacked.flatMap((name) => waysOut[`${table}.${name}`] ?? []);
}

function isLacking({ provides }: Pick<Provider, "provides">, { table, fields }: TableUse): boolean {
  const provision = provides[table];
  if (provision === null) return true;
  return provision.some((selection) =>
    fields.some((name) => selection.fields[name]?.kind === "lacking"),
  );
}
