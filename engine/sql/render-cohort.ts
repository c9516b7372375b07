/** Columns of the study put together for patients, at one index date or at each. */
import type { CohortPlan, Part, PlanColumn } from "../plan/model/cohort-plan.ts";
import { keyOf } from "../plan/passes/choose-spread.ts";
import { columnsIn, everything } from "../plan/model/walk.ts";
import type { Sql } from "./dialects/dialect.ts";
import { answerName } from "./render-summaries.ts";
import { renderTable } from "./render-table.ts";
import type { Database } from "./render-table.ts";
import { renderValue } from "./render-value.ts";
import type { Scope } from "./scope.ts";

export interface CohortContext {
  readonly plan: CohortPlan;
  readonly database: Database;
  readonly scope: Scope;
}

/** At one index date by its number, at each (a column `k`), or where none matters. */
export type Moment =
  | { readonly kind: "date"; readonly number: number }
  | { readonly kind: "each" }
  | { readonly kind: "any" };

/** What a column of the study is called inside queries: authors' names differ by letter case only, if they like. */
export function columnName(plan: CohortPlan, name: string): Sql {
  return `c${plan.columns.findIndex((column) => column.name === name) + 1}`;
}

/**
 * Common table expressions, the last named `cohort`: `patient_id`, `k` at each index date, and the wanted
 * columns and all that they read, by `columnName`.
 */
export function assemble(
  wanted: readonly string[],
  moment: Moment,
  context: CohortContext,
): readonly Sql[] {
  const { plan } = context;
  const columns = closure(wanted, plan);
  const steps = levels(columns);
  const scope = cohortScope(moment, context);
  const ctes = [`step_0 AS (${renderBase(columns, moment, context)})`];
  for (const [i, step] of steps.entries()) {
    const shown = step.map((column) => {
      const value = renderValue(column.value, { ...scope, place: column.name });
      return `${value} AS ${columnName(plan, column.name)}`;
    });
    ctes.push(`step_${i + 1} AS (SELECT b.*, ${shown.join(", ")} FROM step_${i} b)`);
  }
  return [...ctes, `cohort AS (SELECT * FROM step_${steps.length})`];
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

function closure(wanted: readonly string[], plan: CohortPlan): readonly PlanColumn[] {
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

/** Every patient beside what the parts found. */
function renderBase(columns: readonly PlanColumn[], moment: Moment, context: CohortContext): Sql {
  const nodes = columns.flatMap(({ value }) => [...everything(value)]);
  const fields = nodes.flatMap((node) => (node.kind === "patient" ? [node.name] : []));
  const answers = nodes.flatMap((node) =>
    node.kind === "summary" ? [{ id: node.id, name: answerName(node.id, node.take) }] : [],
  );
  const ids = new Set(answers.map(({ id }) => id));
  const parts = context.plan.parts.filter(
    (part) => part.kind === "scan" && part.summaries.some(({ id }) => ids.has(id)),
  );
  const patients = renderPatients([...new Set(fields)], context);
  const shown = [...new Set(["p.*", ...numberColumn(moment), ...answers.map(({ name }) => name)])];
  const joins = parts.map((part) => renderJoin(part, moment, context));
  return `SELECT ${shown.join(", ")} FROM (${patients}) p ${[...numbers(moment, context), ...joins].join(" ")}`;
}

function renderPatients(fields: readonly string[], { plan, database }: CohortContext): Sql {
  const patients = renderTable("patients", ["patient_id", ...fields], database);
  if (plan.peopleFile === null) return patients;
  const { range } = database;
  const within = range === null ? "" : ` WHERE f.patient_id BETWEEN ${range[0]} AND ${range[1]}`;
  const ids = `SELECT q.patient_id FROM (${patients}) q UNION SELECT f.patient_id FROM ${plan.peopleFile} f${within}`;
  const shown = fields.map((name) => `, t.${database.dialect.quoteName(name)}`).join("");
  return `SELECT u.patient_id${shown} FROM (${ids}) u LEFT JOIN (${patients}) t ON t.patient_id = u.patient_id`;
}

function numberColumn(moment: Moment): readonly Sql[] {
  return moment.kind === "each" ? ["i.k"] : [];
}

function numbers(moment: Moment, { plan, database }: CohortContext): readonly Sql[] {
  if (moment.kind !== "each") return [];
  const rows = plan.indexDates.map((_, k) => [String(k)]);
  return [`CROSS JOIN (SELECT * FROM ${database.dialect.rowsOf(rows, ["k"])}) i`];
}

function renderJoin(part: Part, moment: Moment, { database }: CohortContext): Sql {
  const { name } = part;
  const key = part.kind === "scan" ? keyOf(part.spread) : part.keyed;
  const on = [`${name}.patient_id = p.patient_id`];
  const tests: Sql[] = [];
  if (database.range !== null) {
    tests.push(`x.patient_id BETWEEN ${database.range[0]} AND ${database.range[1]}`);
  }
  const at = moment.kind === "date" ? String(moment.number) : "i.k";
  const alias = moment.kind === "date" ? "x" : name;
  const when =
    key === "date"
      ? [`${alias}.k = ${at}`]
      : key === "span"
        ? [`${alias}.from_k <= ${at}`, `${alias}.until_k > ${at}`]
        : [];
  (moment.kind === "date" ? tests : on).push(...when);
  const where = tests.length === 0 ? "" : ` WHERE ${tests.join(" AND ")}`;
  return `LEFT JOIN (SELECT x.* FROM ${name} x${where}) ${name} ON ${on.join(" AND ")}`;
}
