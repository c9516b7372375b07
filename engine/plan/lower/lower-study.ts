/** A checked study as a plan for all its index dates. Nothing is shared or scheduled yet: see passes/. */
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import type { FunctionName } from "../../definition/function-table.ts";
import { emptyImd } from "../../base/value-types.ts";
import type { PlanCodelist, PlanColumn } from "../model/cohort-plan.ts";
import type { Summary, ValueFile } from "../model/rows.ts";
import { emptyValue } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { combiningFunctions } from "./lower-combining.ts";
import { datasetFunctions } from "./lower-datasets.ts";
import { demographicFunctions } from "./lower-demographics.ts";
import { eventFunctions } from "./lower-events.ts";
import { hospitalFunctions } from "./lower-hospitals.ts";
import { primaryCareFunctions } from "./lower-primary-care.ts";
import { recordedValueFunctions } from "./lower-recorded-values.ts";
import { Lowering } from "./lowering.ts";
import type { LowerColumn, Lowered, LoweringFacts } from "./lowering.ts";

/** Every function that a checked study can hold. */
type Lowerable = Exclude<FunctionName, "with_complete_history_between">;

const functions: { readonly [Name in Lowerable]: LowerColumn } = {
  ...demographicFunctions,
  ...eventFunctions,
  ...recordedValueFunctions,
  ...primaryCareFunctions,
  ...datasetFunctions,
  ...hospitalFunctions,
  ...combiningFunctions,
};

/** What a study asks, before it is decided how that is answered. */
export interface LoweredStudy {
  readonly study: CheckedStudy;
  readonly columns: readonly PlanColumn[];
  readonly summaries: readonly Summary[];
  readonly codelists: readonly PlanCodelist[];
  readonly files: readonly ValueFile[];
}

/** Columns that neither the file nor the population needs are left out. */
export function lowerStudy(facts: LoweringFacts): LoweredStudy {
  const { study } = facts;
  const needed = neededColumns(study);
  const to = new Lowering(facts, needed);
  const columns = needed.map((column): PlanColumn => {
    const lowered = lowerColumn(column, to);
    to.lowered.set(column.name, lowered);
    const { name, type, dateFormat, hidden } = column;
    const value = filled(column, lowered);
    return { name, type, dateFormat, hidden, value, tidied: lowered.tidied ?? null };
  });
  return {
    study,
    columns,
    summaries: [...to.summaries.values()],
    codelists: [...to.codelists.values()],
    files: [...to.files.values()],
  };
}

function lowerColumn(column: CheckedColumn, to: Lowering): Lowered {
  const lower = functions[column.function as Lowerable];
  const lowered = lower(column, to);
  return isImd(column) ? { ...lowered, emptyNumber: emptyImd } : lowered;
}

function isImd({ args }: CheckedColumn): boolean {
  return args["returning"] === "index_of_multiple_deprivation";
}

/** With the empty value of its type where nothing was recorded; a date stays missing. */
function filled({ type }: CheckedColumn, { value, emptyNumber }: Lowered): Value {
  if (type === "date") return value;
  return { kind: "coalesce", of: value, otherwise: emptyValue(type, emptyNumber) };
}

function neededColumns({ columns, output, population }: CheckedStudy): readonly CheckedColumn[] {
  const needed = new Set([...output, population]);
  // Columns stand after those they read, so that one walk from the end finds all.
  for (const column of [...columns].reverse()) {
    if (needed.has(column.name)) for (const name of column.reads) needed.add(name);
  }
  return columns.filter(({ name }) => needed.has(name));
}
