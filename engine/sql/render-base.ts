/** Patients beside what the parts found for them: what the columns of a cohort are worked out from. */
import type { CohortPlan, Keyed, Part, PlanColumn } from "../plan/model/cohort-plan.ts";
import { keyOf } from "../plan/passes/choose-spread.ts";
import { everything } from "../plan/model/walk.ts";
import type { Sql } from "./dialects/dialect.ts";
import { answerName } from "./render-summaries.ts";
import { renderTable } from "./render-table.ts";
import type { Database } from "./render-table.ts";

export interface BaseContext {
  readonly plan: CohortPlan;
  readonly database: Database;
}

/** At one index date by its number, at each (a column `k`), or where none matters. */
export type Moment =
  | { readonly kind: "date"; readonly number: number }
  | { readonly kind: "each" }
  | { readonly kind: "any" };

/** Fields of patients and answers of parts that some columns read. */
interface Needed {
  readonly fields: readonly string[];
  readonly parts: readonly { readonly part: Part; readonly answers: readonly string[] }[];
}

function neededBy(columns: readonly PlanColumn[], { parts }: CohortPlan): Needed {
  const nodes = columns.flatMap(({ value }) => [...everything(value)]);
  const fields = nodes.flatMap((node) => (node.kind === "patient" ? [node.name] : []));
  const read = nodes.flatMap((node) => (node.kind === "summary" ? [node] : []));
  const used = parts.map((part) => {
    const ids = part.kind === "scan" ? part.summaries.map(({ id }) => id) : [];
    const answers = read
      .filter(({ id }) => ids.includes(id))
      .map(({ id, take }) => answerName(id, take));
    return { part, answers: [...new Set(answers)] };
  });
  return {
    fields: [...new Set(fields)],
    parts: used.filter(({ answers }) => answers.length > 0),
  };
}

function keyOfPart(part: Part): Keyed {
  return part.kind === "scan" ? keyOf(part.spread) : part.keyed;
}

/** From the tables of the database: `patient_id`, `k` at each index date, fields and answers. */
export function baseFromTables(
  columns: readonly PlanColumn[],
  moment: Moment,
  context: BaseContext,
): Sql {
  const { fields, parts } = neededBy(columns, context.plan);
  const shown = [
    "p.*",
    ...(moment.kind === "each" ? ["i.k"] : []),
    ...parts.flatMap(({ answers }) => answers),
  ];
  const joins = parts.map(({ part, answers }) => joinPart(part, answers, moment, context.database));
  const from = [`(${renderPatients(fields, context)}) p`, ...numbers(moment, context), ...joins];
  return `SELECT ${shown.join(", ")} FROM ${from.join(" ")}`;
}

function renderPatients(fields: readonly string[], { plan, database }: BaseContext): Sql {
  const patients = renderTable("patients", ["patient_id", ...fields], database);
  if (plan.peopleFile === null) return patients;
  const { range } = database;
  const within = range === null ? "" : ` WHERE f.patient_id BETWEEN ${range[0]} AND ${range[1]}`;
  const ids = `SELECT q.patient_id FROM (${patients}) q UNION SELECT f.patient_id FROM ${plan.peopleFile} f${within}`;
  const shown = fields.map((name) => `, t.${database.dialect.quoteName(name)}`).join("");
  return `SELECT u.patient_id${shown} FROM (${ids}) u LEFT JOIN (${patients}) t ON t.patient_id = u.patient_id`;
}

function numbers(moment: Moment, { plan, database }: BaseContext): readonly Sql[] {
  if (moment.kind !== "each") return [];
  const rows = plan.indexDates.map((_, k) => [String(k)]);
  return [`CROSS JOIN (SELECT * FROM ${database.dialect.rowsOf(rows, ["k"])}) i`];
}

function joinPart(
  part: Part,
  answers: readonly string[],
  moment: Moment,
  { range }: Database,
): Sql {
  const { name } = part;
  const key = keyOfPart(part);
  const within = range === null ? [] : [`x.patient_id BETWEEN ${range[0]} AND ${range[1]}`];
  if (moment.kind !== "each") {
    const at = moment.kind === "date" ? countsAt(key, "x", String(moment.number)) : [];
    return leftJoin(name, ["patient_id", ...answers], [...within, ...at]);
  }
  const keys = key === "date" ? ["k"] : key === "span" ? ["from_k", "until_k"] : [];
  const on = countsAt(key, name, "i.k").map((test) => ` AND ${test}`);
  return `${leftJoin(name, ["patient_id", ...keys, ...answers], within)}${on.join("")}`;
}

function countsAt(key: Keyed, alias: string, number: Sql): readonly Sql[] {
  if (key === "date") return [`${alias}.k = ${number}`];
  return key === "span" ? [`${alias}.from_k <= ${number}`, `${alias}.until_k > ${number}`] : [];
}

function leftJoin(part: string, columns: readonly string[], tests: readonly Sql[]): Sql {
  const shown = columns.map((column) => `x.${column}`).join(", ");
  const where = tests.length === 0 ? "" : ` WHERE ${tests.join(" AND ")}`;
  return `LEFT JOIN (SELECT ${shown} FROM ${part} x${where}) ${part} ON ${part}.patient_id = p.patient_id`;
}

/** The table of `peopleQuery`. */
export const PEOPLE = "people";

/** Its column that numbers people by their ids, from 0 in each range of patients. */
export const ROW = "row_no";

/**
 * Everybody who may be in, beside all that is the same at the index dates of a stretch: what was found once,
 * and rows that span the stretch. Each cohort then joins only what changes.
 */
export function peopleQuery(
  columns: readonly PlanColumn[],
  kept: {
    readonly includeOptedOut: boolean;
    /** Types that number words, by field or answer: those are kept as numbers. */
    readonly types: ReadonlyMap<string, string>;
    readonly stretch: Stretch;
  },
  context: BaseContext,
): Sql {
  const { dialect } = context.database;
  const shownAs = (alias: string, name: string): Sql => {
    const type = kept.types.get(name);
    const of = `${alias}.${dialect.quoteName(name)}`;
    return type === undefined ? of : `${dialect.asWord(type, of)} AS ${dialect.quoteName(name)}`;
  };
  const { fields, parts } = neededBy(columns, context.plan);
  const steady = parts.filter(({ part }) => keyOfPart(part) !== "date");
  const within = context.database.range;
  const joins = steady.map(({ part, answers }) => {
    const spans = keyOfPart(part) === "span" ? [spansAll("x", kept.stretch)] : [];
    const range = within === null ? [] : [`x.patient_id BETWEEN ${within[0]} AND ${within[1]}`];
    return leftJoin(part.name, ["patient_id", ...answers], [...range, ...spans]);
  });
  const shown = [
    "p.patient_id",
    `row_number() OVER (ORDER BY p.patient_id) - 1 AS ${ROW}`,
    ...fields.map((name) => shownAs("p", name)),
    ...steady.flatMap(({ part, answers }) => [
      ...answers.map((answer) => shownAs(part.name, answer)),
      ...spanMark(part),
    ]),
  ];
  const where = kept.includeOptedOut ? "" : ` WHERE p.patient_id IN (${allowed(context.database)})`;
  return `SELECT ${shown.join(", ")} FROM (${renderPatients(fields, context)}) p ${joins.join(" ")}${where}`;
}

/** Ids of patients who did not opt out. */
export function allowed(database: Database): Sql {
  return renderTable("patients_not_opted_out", ["patient_id"], database);
}

/** Index dates in a row, by number, that share a table of people. */
export interface Stretch {
  readonly from: number;
  /** The number after the last. */
  readonly until: number;
}

/** A year of months: over longer stretches fewer things stay the same. */
const DATES_TOGETHER = 12;

export function stretchOf(number: number, { indexDates }: CohortPlan): Stretch {
  const from = number - (number % DATES_TOGETHER);
  return { from, until: Math.min(from + DATES_TOGETHER, indexDates.length) };
}

function spansAll(alias: string, { from, until }: Stretch): Sql {
  return `(${alias}.from_k <= ${from} AND ${alias}.until_k >= ${until})`;
}

function spanMark(part: Part): readonly Sql[] {
  if (keyOfPart(part) !== "span") return [];
  return [`CASE WHEN ${part.name}.patient_id IS NULL THEN 0 ELSE 1 END AS spans_${part.name}`];
}

/** The same as `baseFromTables` at one index date, from the table of people, with the number of each. */
export function baseFromPeople(
  columns: readonly PlanColumn[],
  number: number,
  context: BaseContext,
): Sql {
  const { fields, parts } = neededBy(columns, context.plan);
  const { quoteName } = context.database.dialect;
  const { range } = context.database;
  const within = range === null ? [] : [`x.patient_id BETWEEN ${range[0]} AND ${range[1]}`];
  const shown = parts.flatMap(({ part, answers }) =>
    answers.map((answer) => answerAt(part, answer)),
  );
  const joins = parts.flatMap(({ part, answers }) => {
    const key = keyOfPart(part);
    if (key === "patient") return [];
    const changing =
      key === "span" ? [`NOT ${spansAll("x", stretchOf(number, context.plan))}`] : [];
    const tests = [...within, ...countsAt(key, "x", String(number)), ...changing];
    return [leftJoin(part.name, ["patient_id", ...answers], tests)];
  });
  const names = [
    "p.patient_id",
    `p.${ROW}`,
    ...fields.map((name) => `p.${quoteName(name)}`),
    ...shown,
  ];
  const people = range === null ? "" : ` WHERE p.patient_id BETWEEN ${range[0]} AND ${range[1]}`;
  return `SELECT ${names.join(", ")} FROM ${PEOPLE} p ${joins.join(" ")}${people}`;
}

function answerAt(part: Part, answer: string): Sql {
  switch (keyOfPart(part)) {
    case "patient":
      return `p.${answer}`;
    case "date":
      return `${part.name}.${answer}`;
    case "span":
      return `CASE WHEN p.spans_${part.name} = 1 THEN p.${answer} ELSE ${part.name}.${answer} END AS ${answer}`;
  }
}
