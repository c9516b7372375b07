/** Patients beside what the parts found for them: what the columns of a cohort are worked out from. */
import type { CohortPlan, PlanColumn } from "../plan/model/cohort-plan.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { joinAt, neededBy, withinRange } from "./answer-tables.ts";
import type { Moment, PlaceOf } from "./answer-tables.ts";
import { gather } from "./gather.ts";
import type { Bounds, Prepared } from "./gather.ts";
import { plainQuery } from "./query.ts";
import { renderTable, repeatedPatients } from "./render-table.ts";
import type { Database } from "./render-table.ts";

export interface BaseContext {
  readonly plan: CohortPlan;
  readonly database: Database;
  readonly bounds: Bounds;
  readonly placeOf: PlaceOf;
}

/** Ids of patients, kept where tables are gathered for them. */
export const EVERYBODY = "everybody";

/** From the tables of the database: `patient_id`, `k` at each index date, fields and answers. */
export function baseFromTables(
  columns: readonly PlanColumn[],
  moment: Moment,
  context: BaseContext,
): Prepared {
  const { plan, database, bounds, placeOf } = context;
  const needed = neededBy(columns, plan, placeOf);
  const { fields } = needed;
  const isEach = moment.kind === "each";
  const join = (table: (typeof needed.tables)[number]): Sql => joinAt(table, moment, database);
  const dates = isEach ? [numbers(context)] : [];
  const { before, tables } = gather(needed.tables, {
    from: joinSql([sql`${database.dialect.keptTable(EVERYBODY)} p`, ...dates], " "),
    key: isEach ? [sql`p.patient_id`, sql`i.k`] : [sql`p.patient_id`],
    keyed: isEach ? "date" : "patient",
    join,
    bounds,
  });
  const answers = tables.flatMap((table) => table.answers.map(word));
  const shown = [sql`p.*`, ...(isEach ? [sql`i.k`] : []), ...answers];
  const from = [sql`(${renderPatients(fields, context)}) p`, ...dates, ...tables.map(join)];
  const everybody = { name: EVERYBODY, query: plainQuery(renderPatients([], context)) };
  return {
    before: before.length === 0 ? [] : [everybody, ...before],
    query: plainQuery(sql`SELECT ${joinSql(shown, ", ")} FROM ${joinSql(from, " ")}`),
  };
}

export function renderPatients(fields: readonly string[], { plan, database }: BaseContext): Sql {
  const patients = renderTable("patients", ["patient_id", ...fields], database);
  if (plan.populationFile === null) return patients;
  const { range } = database;
  const repeated = repeatedPatients(database);
  const tests = [
    ...withinRange("f", range),
    // A file does not bring back who is left out.
    ...(repeated === null ? [] : [sql`f.patient_id NOT IN (${repeated})`]),
  ];
  const within = tests.length === 0 ? sql`` : sql` WHERE ${joinSql(tests, " AND ")}`;
  const ids = sql`SELECT q.patient_id FROM (${patients}) q UNION SELECT f.patient_id FROM ${database.dialect.keptTable(plan.populationFile)} f${within}`;
  const shown = joinSql(
    fields.map((name) => sql`, t.${database.dialect.quoteName(name)}`),
    "",
  );
  return sql`SELECT u.patient_id${shown} FROM (${ids}) u LEFT JOIN (${patients}) t ON t.patient_id = u.patient_id`;
}

function numbers({ plan, database }: BaseContext): Sql {
  const rows = plan.indexDates.map((_, k) => [sql`${k}`]);
  return sql`CROSS JOIN (SELECT * FROM ${database.dialect.rowsOf(rows, ["k"])}) i`;
}

/** Ids of patients who did not opt out. */
export function allowed(database: Database): Sql {
  return renderTable("patients_not_opted_out", ["patient_id"], database);
}
