/** A plan as the statements that answer it. */
import type { CohortPlan, Part } from "../plan/model/cohort-plan.ts";
import { wordSources } from "../plan/words.ts";
import { areLongIds } from "../schema/provision.ts";
import type { Provider } from "../schema/provision.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { placesOfSummaries } from "./answer-tables.ts";
import type { Moment } from "./answer-tables.ts";
import { BOUNDS } from "./gather.ts";
import type { Bounds, Prepared } from "./gather.ts";
import { allowed, renderPatients } from "./render-base.ts";
import { PATIENT_BASE, patientBaseQuery, ROW, indexDateBatchOf } from "./render-patient-base.ts";
import { assemble, columnName, columnsBehind, placedColumns } from "./render-cohort.ts";
import type { CohortContext } from "./render-cohort.ts";
import { answerName } from "./render-summaries.ts";
import { renderScan } from "./render-scan.ts";
import { sourceName } from "./render-words.ts";
import { resultColumn } from "./result-rows.ts";
import type { WordType, WordTypes } from "./render-words.ts";

import type { PatientRange } from "./render-table.ts";
import { scopeOf } from "./scope.ts";

export interface Speaking {
  readonly dialect: Dialect;
  readonly provider: Provider;
  /** Whether patients who opted out are in as well. */
  readonly includeOptedOut: boolean;
  /** `BOUNDS` where absent; no result depends on them. */
  readonly bounds?: Bounds;
}

export interface PartStatement extends Prepared {
  readonly part: Part;
}

/** The query of each part, for the patients of the range, in order. */
export function partStatements(
  plan: CohortPlan,
  speaking: Speaking,
  range: PatientRange,
): readonly PartStatement[] {
  const context = contextFor(plan, speaking, range);
  return plan.parts.map((part) => ({ part, ...renderPart(part, context) }));
}

function renderPart(part: Part, context: CohortContext): Prepared {
  if (part.kind === "dates") return renderDates(part, context);
  const dateColumn = (name: string): Sql => sql`d.${columnName(context, name)}`;
  return { before: [], query: renderScan(part, { ...context, dateColumn }) };
}

/** Patients without any of the dates match nothing that depends on them. */
function renderDates(part: Extract<Part, { kind: "dates" }>, context: CohortContext): Prepared {
  const moment: Moment = part.keyed === "date" ? { kind: "each" } : onlyMoment(context.plan);
  const assembling = { moment, fromPatientBase: false, wordTypes: new Map<string, WordType>() };
  const { before, ctes } = assemble(part.columns, assembling, context);
  const names = part.columns.map((name) => columnName(context, name));
  const { dayOf } = context.database.dialect;
  const shown = names.map((name) => sql`${dayOf(sql`c.${name}`)} AS ${name}`);
  const key = part.keyed === "date" ? [sql`c.k`] : [];
  const some = joinSql(
    names.map((name) => sql`c.${name} IS NOT NULL`),
    " OR ",
  );
  const selected = joinSql([sql`c.patient_id`, ...key, ...shown], ", ");
  return {
    before,
    query: { ctes, select: sql`SELECT ${selected} FROM cohort c WHERE ${some}` },
  };
}

/** Every index date together, for a person to read: `index_date` and `patient_id`, then the visible columns, in this order. */
export function cohortsStatement(plan: CohortPlan, speaking: Speaking): Prepared {
  const context = contextFor(plan, speaking, null);
  const { shown, dayOfNumber, quoteName } = speaking.dialect;
  const { before, ctes } = assemble(
    [...plan.output, plan.population],
    { moment: { kind: "each" }, fromPatientBase: false, wordTypes: new Map() },
    context,
  );
  const selected = [
    sql`${shown("date", dayOfNumber(plan.indexDates, sql`c.k`))} AS index_date`,
    sql`${sentId(speaking, sql`c.patient_id`, shown)} AS patient_id`,
    ...sentColumns(context, { sent: shown, nameOf: quoteName }, new Map()),
  ];
  const isIn = [sql`c.${columnName(context, plan.population)} = 1`];
  if (!speaking.includeOptedOut) isIn.push(sql`c.patient_id IN (${allowed(context.database)})`);
  const select = sql`SELECT ${joinSql(selected, ", ")}\nFROM cohort c\nWHERE ${joinSql(isIn, " AND ")}\nORDER BY c.k, c.patient_id`;
  return { before, query: { ctes, select } };
}

/** Columns that do not move are the same at every index date. */
function onlyMoment({ indexDates }: CohortPlan): Moment {
  return indexDates.length === 0 ? { kind: "any" } : { kind: "date", number: 0 };
}

export interface CohortAt {
  /** Of the index date. */
  readonly number: number;
  readonly range: PatientRange;
  /** Types that number the words of text columns, by column: those come as numbers. */
  readonly wordTypes: WordTypes;
  /** For a person to read: by id and in order, dates as dates. `told` is as in `AtDate`. */
  readonly shown?: { readonly told?: Sql };
  /** To be kept and read later, by `resultRows`. */
  readonly isKept?: true;
}

/**
 * The cohort at an index date: `patient_id`, then the visible columns, ascending by patient. From the table
 * of people it is their number in the place of their id, and in no order: sorting each cohort would take
 * longer than all the rest of it, and who reads can put rows in their place by number.
 */
export function cohortStatement(plan: CohortPlan, speaking: Speaking, at: CohortAt): Prepared {
  const context = contextFor(plan, speaking, at.range);
  const { dialect } = speaking;
  const moment: Moment =
    plan.indexDates.length === 0
      ? { kind: "any" }
      : { kind: "date", number: at.number, ...at.shown };
  const fromPatientBase = hasPatientBase(plan);
  const { before, ctes } = assemble(
    [...plan.output, plan.population],
    { moment, fromPatientBase, wordTypes: at.wordTypes },
    context,
  );
  const tests = [sql`c.${columnName(context, plan.population)} = 1`];
  if (!fromPatientBase && !speaking.includeOptedOut) {
    tests.push(sql`c.patient_id IN (${allowed(context.database)})`);
  }
  const isKept = at.isKept === true;
  const isNumbered = fromPatientBase && at.shown === undefined && !isKept;
  const order = isNumbered || isKept ? sql`` : sql`\nORDER BY c.patient_id`;
  const sent = at.shown === undefined ? dialect.sent : dialect.shown;
  const id = isNumbered
    ? sql`${dialect.sentNumber(sql`c.${word(ROW)}`)} AS ${word(ROW)}`
    : sql`${sentId(speaking, sql`c.patient_id`, sent)} AS patient_id`;
  const nameOf = isKept ? resultColumn : dialect.quoteName;
  const selected = joinSql([id, ...sentColumns(context, { sent, nameOf }, at.wordTypes)], ", ");
  const where = joinSql(tests, " AND ");
  return {
    before,
    query: { ctes, select: sql`SELECT ${selected}\nFROM cohort c\nWHERE ${where}${order}` },
  };
}

/**
 * How many of the patients who may be seen meet so many conditions of the population in a row at an index
 * date: `passed` and `n`, a row for each number that occurs. Of a plan that tells `passedConditions`.
 */
export function attritionStatement(plan: CohortPlan, speaking: Speaking, at: CohortAt): Prepared {
  const context = contextFor(plan, speaking, at.range);
  const { number, wordTypes } = at;
  const moment: Moment = plan.indexDates.length === 0 ? { kind: "any" } : { kind: "date", number };
  const name = plan.passedConditions ?? plan.population;
  const fromPatientBase = hasPatientBase(plan);
  const { before, ctes } = assemble([name], { moment, fromPatientBase, wordTypes }, context);
  const passed = sql`c.${columnName(context, name)}`;
  const isOpen = fromPatientBase || speaking.includeOptedOut;
  const where = isOpen ? sql`` : sql`\nWHERE c.patient_id IN (${allowed(context.database)})`;
  return {
    before,
    query: {
      ctes,
      select: sql`SELECT ${passed} AS passed, count(*) AS n\nFROM cohort c${where}\nGROUP BY ${passed}`,
    },
  };
}

/** The number of all patients who are asked about, opted out or not: `n`. */
export function everybodyStatement(plan: CohortPlan, speaking: Speaking): Sql {
  const everybody = renderPatients([], contextFor(plan, speaking, null));
  return sql`SELECT count(*) AS n FROM (${everybody}) p`;
}

/** The number of rows of patients, and of different patients in them: `n` and `different`. */
export function everybodyIdsStatement(plan: CohortPlan, speaking: Speaking): Sql {
  const everybody = renderPatients([], contextFor(plan, speaking, null));
  return sql`SELECT count(*) AS n, count(DISTINCT p.patient_id) AS different FROM (${everybody}) p`;
}

function sentColumns(
  context: CohortContext,
  as: {
    readonly sent: Dialect["sent"];
    readonly nameOf: (name: string, place: number) => Sql;
  },
  wordTypes: WordTypes,
): readonly Sql[] {
  return context.plan.output.map((name, place) => {
    const of = sql`c.${columnName(context, name)}`;
    const type = context.columns.get(name)?.column.type ?? "str";
    const sent = wordTypes.get(name)?.number(of) ?? as.sent(type, of);
    return sql`${sent} AS ${as.nameOf(name, place)}`;
  });
}

/** Whether cohorts are read from a patient base, made once: where there are several. */
export function hasPatientBase({ indexDates }: CohortPlan): boolean {
  return indexDates.length > 1;
}

/** The query of the patient base for the batch of an index date and the patients of the range. */
export function patientBaseStatement(plan: CohortPlan, speaking: Speaking, at: CohortAt): Prepared {
  const context = contextFor(plan, speaking, at.range);
  const columns = columnsBehind([...plan.output, plan.population], context.columns);
  const types = new Map<string, WordType>();
  for (const column of columns) {
    const type = at.wordTypes.get(column.name);
    if (type === undefined) continue;
    for (const source of wordSources(column, context.columns) ?? []) {
      const name = sourceName(source, answerName);
      if (name !== null && !types.has(name)) types.set(name, type);
    }
  }
  const { includeOptedOut } = speaking;
  const batch = indexDateBatchOf(at.number, plan);
  return patientBaseQuery(columns, { includeOptedOut, types, batch }, context);
}

/** Ids of people by their number, from 0, in order. */
export function patientBaseIds(speaking: Speaking, range: PatientRange): Sql {
  const { dialect } = speaking;
  const within =
    range === null ? sql`` : sql` WHERE p.patient_id BETWEEN ${range[0]} AND ${range[1]}`;
  return sql`SELECT ${sentId(speaking, sql`p.patient_id`, dialect.sent)} AS patient_id FROM ${dialect.keptTable(PATIENT_BASE)} p${within} ORDER BY p.patient_id`;
}

/** With every digit where some may have more than a number of 64 bits with a point holds. */
function sentId({ provider }: Speaking, id: Sql, sent: Dialect["sent"]): Sql {
  return areLongIds(provider) ? id : sent("int", id);
}

/** What rendering is told of a plan and of the patients of the range. */
export function contextFor(
  plan: CohortPlan,
  { dialect, provider, bounds = BOUNDS }: Speaking,
  range: PatientRange,
): CohortContext {
  const codelists = new Map(plan.codelists.map((codelist) => [codelist.name, codelist]));
  const codelist = (name: string) => {
    const known = codelists.get(name);
    if (known === undefined) throw new Error(`no codelist ${name}`);
    return known;
  };
  const scope = scopeOf({
    dialect,
    codelist,
    indexDate: { days: plan.indexDates, number: null },
  });
  return {
    plan,
    database: { provider, dialect, range },
    scope,
    bounds,
    placeOf: placesOfSummaries(plan),
    columns: placedColumns(plan),
  };
}
