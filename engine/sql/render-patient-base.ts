/**
 * The patient base: everybody who may be in, beside all that is the same at the index dates of a batch.
 * Each cohort then joins only what changes.
 */
import type { CohortPlan, PlanColumn } from "../plan/model/cohort-plan.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { countsAt, joinOf, neededBy, numberAt, ownColumns, withinRange } from "./answer-tables.ts";
import type { AnswerTable, AtDate } from "./answer-tables.ts";
import { gather } from "./gather.ts";
import type { Prepared } from "./gather.ts";
import { plainQuery } from "./query.ts";
import { allowed, EVERYBODY, renderPatients } from "./render-base.ts";
import type { BaseContext } from "./render-base.ts";
import type { Database } from "./render-table.ts";
import type { WordTypes } from "./render-words.ts";

export const PATIENT_BASE = "patient_base";

/** Its column that numbers people by their ids, from 0 in each range of patients. */
export const ROW = "row_no";

/** Index dates in a row, by number, that share a patient base. */
export interface IndexDateBatch {
  readonly from: number;
  /** The number after the last. */
  readonly until: number;
}

/** A year of months: over longer batches fewer things stay the same. */
const DATES_TOGETHER = 12;

export function indexDateBatchOf(number: number, { indexDates }: CohortPlan): IndexDateBatch {
  const from = number - (number % DATES_TOGETHER);
  return { from, until: Math.min(from + DATES_TOGETHER, indexDates.length) };
}

function spansAll(alias: string, { from, until }: IndexDateBatch): Sql {
  return sql`(${word(alias)}.from_k <= ${from} AND ${word(alias)}.until_k >= ${until})`;
}

/** In the patient base: 1 where what spans the whole batch was found, otherwise missing. */
function markName(table: string): string {
  return `spans_${table}`;
}

/** What was found once, and rows that span the batch. */
export function patientBaseQuery(
  columns: readonly PlanColumn[],
  kept: {
    readonly includeOptedOut: boolean;
    /** Types that number words, by field or answer: those are kept as numbers. */
    readonly types: WordTypes;
    readonly batch: IndexDateBatch;
  },
  context: BaseContext,
): Prepared {
  const { database, bounds } = context;
  const { fields, tables: found } = neededBy(columns, context.plan, context.placeOf);
  const join = steadyJoin(kept.batch, database);
  const { before, tables } = gather(found.flatMap(steadyAnswers), {
    from: sql`${database.dialect.keptTable(EVERYBODY)} p`,
    key: [sql`p.patient_id`],
    keyed: "patient",
    join,
    bounds,
  });
  const where = kept.includeOptedOut ? sql`` : sql` WHERE p.patient_id IN (${allowed(database)})`;
  const shownAs = (alias: string, name: string): Sql => {
    const type = kept.types.get(name);
    const of = sql`${word(alias)}.${database.dialect.quoteName(name)}`;
    if (type === undefined) return of;
    return sql`${type.of(of)} AS ${database.dialect.quoteName(name)}`;
  };
  const shown = [
    sql`p.patient_id`,
    sql`row_number() OVER (ORDER BY p.patient_id) - 1 AS ${word(ROW)}`,
    ...fields.map((name) => shownAs("p", name)),
    ...tables.flatMap((table) => table.answers.map((answer) => shownAs(table.name, answer))),
  ];
  const joins = joinSql(
    tables.map((table) => sql` ${join(table)}`),
    "",
  );
  const everybody = sql`SELECT p.patient_id FROM (${renderPatients([], context)}) p${where}`;
  return {
    before:
      before.length === 0 ? [] : [{ name: EVERYBODY, query: plainQuery(everybody) }, ...before],
    query: plainQuery(
      sql`SELECT ${joinSql(shown, ", ")} FROM (${renderPatients(fields, context)}) p${joins}${where}`,
    ),
  };
}

/** The part of a table that stays the same over a batch. */
function steadyAnswers(table: AnswerTable): readonly AnswerTable[] {
  switch (table.keyed) {
    case "date":
      return [];
    case "patient":
      return [table];
    case "span":
      return [{ ...table, answers: [...table.answers, markName(table.name)] }];
  }
}

function steadyJoin(
  batch: IndexDateBatch,
  { dialect, range }: Database,
): (table: AnswerTable) => Sql {
  const join = joinOf(dialect);
  return ({ name, keyed, answers }) => {
    const columns = answers.map((answer) =>
      keyed === "span" && answer === markName(name)
        ? sql`1 AS ${word(answer)}`
        : sql`x.${word(answer)}`,
    );
    const spans = keyed === "span" ? [spansAll("x", batch)] : [];
    return join(name, columns, [...withinRange("x", range), ...spans]);
  };
}

/** The same as `baseFromTables` at one index date, from the patient base, with the number of each. */
export function baseFromPatientBase(
  columns: readonly PlanColumn[],
  moment: AtDate,
  context: BaseContext,
): Prepared {
  const { range, dialect } = context.database;
  const { fields, tables } = neededBy(columns, context.plan, context.placeOf);
  const batch = indexDateBatchOf(moment.number, context.plan);
  const people = dialect.keptTable(PATIENT_BASE);
  const join = (table: AnswerTable): Sql => {
    const changing = table.keyed === "span" ? [sql`NOT ${spansAll("x", batch)}`] : [];
    const tests = [...withinRange("x", range), ...countsAt(table.keyed, "x", numberAt(moment))];
    return joinOf(dialect)(table.name, ownColumns(table), [...tests, ...changing]);
  };
  const within = withinRange("p", range).map((test) => sql` WHERE ${test}`);
  const gathered = gather(
    tables.filter(({ keyed }) => keyed !== "patient"),
    {
      from: sql`(SELECT p.patient_id FROM ${people} p${joinSql(within, "")}) p`,
      key: [sql`p.patient_id`],
      keyed: "patient",
      join,
      bounds: context.bounds,
    },
  );
  const holderOf = new Map(
    gathered.tables.flatMap(({ name, answers }) =>
      answers.map((answer) => [answer, name] as const),
    ),
  );
  const shown = [
    sql`p.patient_id`,
    sql`p.${word(ROW)}`,
    ...fields.map((name) => sql`p.${dialect.quoteName(name)}`),
    ...tables.flatMap((table) =>
      table.answers.map((answer) => answerAt(table, answer, holderOf.get(answer) ?? "p")),
    ),
  ];
  const from = joinSql([sql`${people} p`, ...gathered.tables.map(join)], " ");
  return {
    before: gathered.before,
    query: plainQuery(sql`SELECT ${joinSql(shown, ", ")} FROM ${from}${joinSql(within, "")}`),
  };
}

function answerAt({ name, keyed }: AnswerTable, answer: string, holder: string): Sql {
  const held = sql`${word(holder)}.${word(answer)}`;
  switch (keyed) {
    case "patient":
    case "date":
      return held;
    case "span":
      return sql`CASE WHEN p.${word(markName(name))} = 1 THEN p.${word(answer)} ELSE ${held} END AS ${word(answer)}`;
  }
}
