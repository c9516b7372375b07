/** Columns of the study put together for patients, at one index date or at each. */
import type { CohortPlan, PlanColumn } from "../plan/model/cohort-plan.ts";
import { columnsIn } from "../plan/model/walk.ts";
import type { Sql } from "./dialects/dialect.ts";
import { baseFromPeople, baseFromTables } from "./render-base.ts";
import type { Moment } from "./render-base.ts";
import { answerName } from "./render-summaries.ts";
import type { Database } from "./render-table.ts";
import { renderValue } from "./render-value.ts";
import { renderInWords } from "./render-words.ts";
import type { Scope } from "./scope.ts";

export interface CohortContext {
  readonly plan: CohortPlan;
  readonly database: Database;
  readonly scope: Scope;
}

/** What a column of the study is called inside queries: authors' names differ by letter case only, if they like. */
export function columnName(plan: CohortPlan, name: string): Sql {
  return `c${plan.columns.findIndex((column) => column.name === name) + 1}`;
}

export interface Assembling {
  readonly moment: Moment;
  /** From the table of people, where one was made. */
  readonly fromPeople: boolean;
  /** Types that number the words of text columns, by column. */
  readonly wordTypes: ReadonlyMap<string, string>;
}

/**
 * Common table expressions, the last named `cohort`: `patient_id`, `k` at each index date, and the wanted
 * columns and all that they read, by `columnName`.
 */
export function assemble(
  wanted: readonly string[],
  { moment, fromPeople, wordTypes }: Assembling,
  context: CohortContext,
): readonly Sql[] {
  const { plan } = context;
  const columns = columnsBehind(wanted, plan);
  const steps = levels(columns);
  const scope = cohortScope(moment, context);
  const base =
    fromPeople && moment.kind === "date"
      ? baseFromPeople(columns, moment.number, context)
      : baseFromTables(columns, moment, context);
  const { named } = context.database.dialect;
  const ctes = [named("step_0", base)];
  for (const [i, step] of steps.entries()) {
    const shown = step.map((column) => {
      const words = wordTypes.get(column.name);
      const here = { ...scope, place: column.name };
      const value =
        words === undefined
          ? renderValue(column.value, here)
          : renderInWords(column.value, words, here);
      return `${value} AS ${columnName(plan, column.name)}`;
    });
    ctes.push(named(`step_${i + 1}`, `SELECT b.*, ${shown.join(", ")} FROM step_${i} b`));
  }
  return [...ctes, named("cohort", `SELECT * FROM step_${steps.length}`)];
}

function cohortScope(moment: Moment, { plan, scope }: CohortContext): Scope {
  const days = plan.indexDates;
  const indexDate =
    moment.kind === "date"
      ? { days: days.slice(moment.number, moment.number + 1), number: null }
      : { days, number: moment.kind === "each" ? "b.k" : null };
  return {
    ...scope,
    patientId: "b.patient_id",
    patient: (name) => `b.${name}`,
    summary: (id, take) => `b.${answerName(id, take)}`,
    column: (name) => `b.${columnName(plan, name)}`,
    indexDate,
  };
}

/** The wanted columns and all that they read, each after those. */
export function columnsBehind(wanted: readonly string[], plan: CohortPlan): readonly PlanColumn[] {
  const needed = new Set(wanted);
  for (const column of [...plan.columns].reverse()) {
    if (needed.has(column.name)) for (const name of columnsIn([column.value])) needed.add(name);
  }
  return plan.columns.filter(({ name }) => needed.has(name));
}

/** Columns that read no others, then those that read only these, and so on. */
function levels(columns: readonly PlanColumn[]): readonly (readonly PlanColumn[])[] {
  const levelOf = new Map<string, number>();
  const steps: PlanColumn[][] = [];
  for (const column of columns) {
    const below = columnsIn([column.value]).map((name) => levelOf.get(name) ?? 0);
    const level = below.length === 0 ? 0 : Math.max(...below) + 1;
    levelOf.set(column.name, level);
    (steps[level] ??= []).push(column);
  }
  return steps;
}
