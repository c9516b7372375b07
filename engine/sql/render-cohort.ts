/** Columns of the study put together for patients, at one index date or at each. */
import type { CohortPlan, PlanColumn } from "../plan/model/cohort-plan.ts";
import { columnsIn } from "../plan/model/walk.ts";
import { sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { Moment } from "./answer-tables.ts";
import type { KeptTable } from "./gather.ts";
import { baseFromTables } from "./render-base.ts";
import type { BaseContext } from "./render-base.ts";
import { baseFromPatientBase } from "./render-patient-base.ts";
import { answerName } from "./render-summaries.ts";
import { renderValue } from "./render-value.ts";
import { renderInWords } from "./render-words.ts";
import type { WordTypes } from "./render-words.ts";
import type { Scope } from "./scope.ts";
import { inSteps } from "./steps.ts";

export interface CohortContext extends BaseContext {
  readonly scope: Scope;
  readonly columns: PlacedColumns;
}

/** Columns of a plan by name, with what each is called inside queries. */
export type PlacedColumns = ReadonlyMap<
  string,
  { readonly column: PlanColumn; readonly place: number; readonly called: Sql }
>;

/** Authors' names differ by letter case only, if they like. */
export function placedColumns({ columns }: CohortPlan): PlacedColumns {
  return new Map(
    columns.map((column, place) => [column.name, { column, place, called: word(`c${place + 1}`) }]),
  );
}

export function columnName({ columns }: Pick<CohortContext, "columns">, name: string): Sql {
  return placed(columns, name).called;
}

function placed(columns: PlacedColumns, name: string) {
  const known = columns.get(name);
  if (known === undefined) throw new Error(`no column ${name}`);
  return known;
}

export interface Assembling {
  readonly moment: Moment;
  /** From the patient base, where one was made. */
  readonly fromPatientBase: boolean;
  /** Types that number the words of text columns, by column. */
  readonly wordTypes: WordTypes;
}

export interface Assembled {
  readonly before: readonly KeptTable[];
  /**
   * Common table expressions, the last named `cohort`: `patient_id`, `k` at each index date, and the wanted
   * columns and all that they read, by `columnName`.
   */
  readonly ctes: readonly Sql[];
}

export function assemble(
  wanted: readonly string[],
  { moment, fromPatientBase, wordTypes }: Assembling,
  context: CohortContext,
): Assembled {
  const columns = columnsBehind(wanted, context.columns);
  const steps = levels(columns);
  const scope = cohortScope(moment, context);
  const base =
    fromPatientBase && moment.kind === "date"
      ? baseFromPatientBase(columns, moment, context)
      : baseFromTables(columns, moment, context);
  const shown = (column: PlanColumn): Sql => {
    const words = wordTypes.get(column.name);
    const here = { ...scope, place: column.name };
    const value =
      words === undefined
        ? renderValue(column.value, here)
        : renderInWords(column.value, words, here);
    return sql`${value} AS ${columnName(context, column.name)}`;
  };
  const assembled = inSteps(
    base.query.select,
    steps.map((step) => step.map(shown)),
    context,
  );
  return { ...assembled, before: [...base.before, ...assembled.before] };
}

function cohortScope(moment: Moment, context: CohortContext): Scope {
  const indexDate = indexDateAt(moment, context.plan);
  return {
    ...context.scope,
    patientId: sql`b.patient_id`,
    patient: (name) => sql`b.${word(name)}`,
    summary: (id, take) => sql`b.${word(answerName(id, take))}`,
    column: (name) => sql`b.${columnName(context, name)}`,
    indexDate,
  };
}

function indexDateAt(moment: Moment, { indexDates: days }: CohortPlan): Scope["indexDate"] {
  switch (moment.kind) {
    case "date":
      return moment.told === undefined
        ? { days: days.slice(moment.number, moment.number + 1), number: null }
        : { days, number: moment.told };
    case "each":
      return { days, number: sql`b.k` };
    case "any":
      return { days, number: null };
  }
}

/** The wanted columns and all that they read, each after those. */
export function columnsBehind(
  wanted: readonly string[],
  columns: PlacedColumns,
): readonly PlanColumn[] {
  const needed = new Map<string, number>();
  const waiting = [...wanted];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (needed.has(name)) continue;
    const { column, place } = placed(columns, name);
    needed.set(name, place);
    waiting.push(...columnsIn([column.value]));
  }
  return [...needed].sort(([, a], [, b]) => a - b).map(([name]) => placed(columns, name).column);
}

/** Columns that read no others, then those that read only these, and so on. */
function levels(columns: readonly PlanColumn[]): readonly (readonly PlanColumn[])[] {
  const levelOf = new Map<string, number>();
  const steps: PlanColumn[][] = [];
  for (const column of columns) {
    const below = columnsIn([column.value]).map((name) => levelOf.get(name) ?? 0);
    const level = below.reduce((highest, each) => Math.max(highest, each + 1), 0);
    levelOf.set(column.name, level);
    (steps[level] ??= []).push(column);
  }
  return steps;
}
