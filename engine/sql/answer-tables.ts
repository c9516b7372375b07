/** The tables that hold what columns read of the rows of patients, and how they are joined to patients. */
import type { CohortPlan, Keyed, Part, PlanColumn } from "../plan/model/cohort-plan.ts";
import { keyOf } from "../plan/passes/choose-spread.ts";
import { everything } from "../plan/model/walk.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { answerName } from "./render-summaries.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { Database, PatientRange } from "./render-table.ts";

/** Has `patient_id`, what it is keyed by besides, and a column for each answer. */
export interface AnswerTable {
  readonly name: string;
  readonly keyed: Keyed;
  readonly answers: readonly string[];
}

/** At one index date by its number, at each (a column `k`), or where none matters. */
export type Moment = AtDate | { readonly kind: "each" } | { readonly kind: "any" };

export interface AtDate {
  readonly kind: "date";
  readonly number: number;
  /** SQL that tells the number, where one query serves several dates. */
  readonly told?: Sql;
}

export function numberAt({ number, told }: AtDate): Sql {
  return told ?? sql`${number}`;
}

/** Fields of patients and answers of parts that some columns read. */
export interface Needed {
  readonly fields: readonly string[];
  readonly tables: readonly AnswerTable[];
}

/** By the id of a summary, the place in the plan of the part that makes it. */
export type PlaceOf = ReadonlyMap<string, number>;

export function placesOfSummaries({ parts }: CohortPlan): PlaceOf {
  return new Map(
    parts.flatMap((part, place) =>
      part.kind === "scan" ? part.summaries.map(({ id }) => [id, place] as const) : [],
    ),
  );
}

/** Tables stand in the order of the parts. */
export function neededBy(
  columns: readonly PlanColumn[],
  { parts }: CohortPlan,
  placeOf: PlaceOf,
): Needed {
  const fields = new Set<string>();
  const answers = new Map<number, Set<string>>();
  for (const { value } of columns) {
    for (const node of everything(value)) {
      if (node.kind === "patient") fields.add(node.name);
      const place = node.kind === "summary" ? placeOf.get(node.id) : undefined;
      if (node.kind !== "summary" || place === undefined) continue;
      const known = answers.get(place) ?? new Set();
      answers.set(place, known.add(answerName(node.id, node.take)));
    }
  }
  const tables = [...answers]
    .sort(([a], [b]) => a - b)
    .flatMap(([place, names]) => {
      const part = parts[place];
      return part === undefined ? [] : [answerTable(part, [...names])];
    });
  return { fields: [...fields], tables };
}

function answerTable(part: Part, answers: readonly string[]): AnswerTable {
  const keyed = part.kind === "scan" ? keyOf(part.spread) : part.keyed;
  return { name: part.name, keyed, answers };
}

/** A join to the patients `p`; at each index date to its number `i.k` as well. */
export function joinAt(table: AnswerTable, moment: Moment, { dialect, range }: Database): Sql {
  const { name, keyed } = table;
  const join = joinOf(dialect);
  const within = withinRange("x", range);
  if (moment.kind !== "each") {
    const at = moment.kind === "date" ? countsAt(keyed, "x", numberAt(moment)) : [];
    return join(name, ownColumns(table), [...within, ...at]);
  }
  const keys =
    keyed === "date" ? [sql`x.k`] : keyed === "span" ? [sql`x.from_k`, sql`x.until_k`] : [];
  const on = countsAt(keyed, name, sql`i.k`).map((test) => sql` AND ${test}`);
  return sql`${join(name, [...keys, ...ownColumns(table)], within)}${joinSql(on, "")}`;
}

export function withinRange(alias: string, range: PatientRange): readonly Sql[] {
  return range === null ? [] : [sql`${word(alias)}.patient_id BETWEEN ${range[0]} AND ${range[1]}`];
}

/** Tests that a row of the table counts at an index date. */
export function countsAt(key: Keyed, alias: string, number: Sql): readonly Sql[] {
  if (key === "date") return [sql`${word(alias)}.k = ${number}`];
  return key === "span"
    ? [sql`${word(alias)}.from_k <= ${number}`, sql`${word(alias)}.until_k > ${number}`]
    : [];
}

export function ownColumns({ answers }: AnswerTable): readonly Sql[] {
  return answers.map((answer) => sql`x.${word(answer)}`);
}

/** Joins a kept table with columns of it; it is `x` in them and in the tests. */
export function joinOf({ keptTable }: Dialect) {
  return (name: string, columns: readonly Sql[], tests: readonly Sql[]): Sql => {
    const alias = word(name);
    const shown = joinSql([sql`x.patient_id`, ...columns], ", ");
    const where = tests.length === 0 ? sql`` : sql` WHERE ${joinSql(tests, " AND ")}`;
    return sql`LEFT JOIN (SELECT ${shown} FROM ${keptTable(name)} x${where}) ${alias} ON ${alias}.patient_id = p.patient_id`;
  };
}
