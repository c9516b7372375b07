/** Patients of a cohort counted in groups where they are: no row of a patient leaves the database. */
import type { DateFormat } from "../base/dates.ts";
import type { CohortPlan } from "../plan/model/cohort-plan.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { Moment } from "./answer-tables.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { KeptTable } from "./gather.ts";
import type { Query } from "./query.ts";
import { allowed } from "./render-base.ts";
import { assemble, columnName } from "./render-cohort.ts";
import type { CohortContext } from "./render-cohort.ts";
import type { WordTypes } from "./render-words.ts";
import { contextFor, hasPatientBase } from "./statements.ts";
import type { CohortAt, Speaking } from "./statements.ts";

/** Columns of a study, all among the output of its plan. */
export interface Grouping {
  /** Columns that patients are grouped by, and what is shown of those that hold days. */
  readonly keys: readonly GroupKey[];
  /** Ways of grouping: each some of the keys, by place. */
  readonly sets: readonly (readonly number[])[];
  /** Columns that are added up. */
  readonly numbers: readonly string[];
  /** Whole numbers too are added patient by patient, with compensation, as who reads them one after the other does. */
  readonly inOrder: boolean;
  /** Counts different patients too. */
  readonly countsIds: boolean;
}

export interface GroupKey {
  readonly name: string;
  readonly dateFormat: DateFormat | null;
}

/** Groups as something to select from, once what is kept `before` is there. */
export interface Groups {
  readonly before: readonly KeptTable[];
  readonly ctes: readonly Sql[];
  readonly from: Sql;
  /** Their columns, in order. */
  readonly columns: readonly GroupColumn[];
}

interface GroupColumn {
  readonly name: Sql;
  /** How several rows of one group become one; null for what they have in common. */
  readonly merged: "sum" | "max" | null;
}

/**
 * A row for each group of each way of grouping that occurs: which way it is (`groupingId`), how many patients, how many
 * different ones (where asked for), the keys, of which only those of its way count, and of each number the sum and the
 * largest size.
 */
export function groupsOf(
  plan: CohortPlan,
  speaking: Speaking,
  { at, grouping }: { readonly at: CohortAt; readonly grouping: Grouping },
): Groups {
  const { number, range, wordTypes } = at;
  const context = contextFor(plan, speaking, range);
  const moment: Moment = plan.indexDates.length === 0 ? { kind: "any" } : { kind: "date", number };
  const fromPatientBase = hasPatientBase(plan);
  const wanted = [...grouping.keys.map(({ name }) => name), ...grouping.numbers, plan.population];
  const { before, ctes } = assemble(wanted, { moment, fromPatientBase, wordTypes }, context);
  const tests = [sql`c.${columnName(context, plan.population)} = 1`];
  if (!fromPatientBase && !speaking.includeOptedOut) {
    tests.push(sql`c.patient_id IN (${allowed(context.database)})`);
  }
  const rows = sql`SELECT ${joinSql(rowColumns(grouping, wordTypes, context), ", ")}\nFROM cohort c\nWHERE ${joinSql(tests, " AND ")}`;
  const columns = groupColumns(grouping, context);
  const shown = joinSql(
    columns.map(({ name, of }) => sql`${of} AS ${name}`),
    ", ",
  );
  const sets = grouping.sets.map((set) => sql`(${joinSql(set.map(keyName), ", ")})`);
  const counted = sql`SELECT ${shown}\nFROM (${rows}) g\nGROUP BY GROUPING SETS (${joinSql(sets, ", ")})`;
  const { named } = context.database.dialect;
  return { before, ctes: [...ctes, named("counted", counted)], from: sql`counted`, columns };
}

export function everyGroup({ ctes, from, columns }: Groups): Query {
  return { ctes, select: sql`SELECT ${namesOf(columns)} FROM ${from} q` };
}

/** Groups of several ranges of patients, kept in a table one after the other: each once. */
export function mergedGroups(
  kept: Sql,
  columns: Groups["columns"],
  { sent }: Pick<Dialect, "sent">,
): Groups {
  const shared = columns.filter(({ merged }) => merged === null).map(({ name }) => name);
  const shown = columns.map(({ name, merged }) => {
    if (merged === null) return name;
    // Only whole numbers are added up in parts.
    const of = sql`${word(merged)}(q.${name})`;
    return sql`${merged === "sum" ? sent("int", of) : of} AS ${name}`;
  });
  const once = sql`SELECT ${joinSql(shown, ", ")} FROM ${kept} q GROUP BY ${joinSql(shared, ", ")}`;
  return { before: [], ctes: [], from: sql`(${once})`, columns };
}

/** Groups of those ways that have at most so many: of a way that has more, no row leaves the database. */
export function groupsWithin(most: number, { ctes, from, columns }: Groups): Query {
  const names = namesOf(columns);
  const sized = sql`SELECT ${names}, count(*) OVER (PARTITION BY q.r_1) AS n FROM ${from} q`;
  return { ctes, select: sql`SELECT ${names} FROM (${sized}) w WHERE w.n <= ${most}` };
}

/** How many groups each way of grouping has: `way` and `n`. */
export function groupCounts({ ctes, from }: Groups): Query {
  return { ctes, select: sql`SELECT q.r_1 AS way, count(*) AS n FROM ${from} q GROUP BY q.r_1` };
}

function namesOf(columns: readonly GroupColumn[]): Sql {
  return joinSql(
    columns.map(({ name }) => name),
    ", ",
  );
}

/** What the first column of the statement holds for one way of grouping: a bit for each key that is not in it. */
export function groupingId(set: readonly number[], keys: number): number {
  let id = 0;
  for (let key = 0; key < keys; key++) id = id * 2 + (set.includes(key) ? 0 : 1);
  return id;
}

/** So many keys' bits are exact in any number. */
export const KEYS_AT_ONCE = 32;

function keyName(place: number): Sql {
  return sql`g.${word(`key_${place + 1}`)}`;
}

function numberName(place: number): Sql {
  return sql`g.${word(`number_${place + 1}`)}`;
}

function rowColumns(
  { keys, numbers }: Grouping,
  wordTypes: WordTypes,
  context: CohortContext,
): readonly Sql[] {
  const { dialect } = context.database;
  return [
    sql`c.patient_id`,
    ...keys.map((key, place) => {
      const of = keyOf(key, wordTypes, context);
      return sql`${of} AS ${word(`key_${place + 1}`)}`;
    }),
    ...numbers.map((name, place) => {
      const of = sql`c.${columnName(context, name)}`;
      const as = { float: dialect.asNumber, bool: (flag: Sql) => flag, other: dialect.whole };
      const type = typeOf(name, context);
      return sql`${as[type === "float" || type === "bool" ? type : "other"](of)} AS ${word(`number_${place + 1}`)}`;
    }),
  ];
}

function keyOf({ name, dateFormat }: GroupKey, wordTypes: WordTypes, context: CohortContext): Sql {
  const { dialect } = context.database;
  const of = sql`c.${columnName(context, name)}`;
  // Days with the same label are one group.
  if (dateFormat !== null) {
    return dialect.sent("str", dialect.shownDate(dialect.dayOf(of), dateFormat));
  }
  const type = typeOf(name, context);
  // As a text -0 is not 0, as in a cohort file.
  return wordTypes.get(name)?.number(of) ?? dialect.sent(type === "float" ? "str" : type, of);
}

function typeOf(name: string, { columns }: CohortContext) {
  return columns.get(name)?.column.type ?? "str";
}

function groupColumns(
  grouping: Grouping,
  context: CohortContext,
): readonly (GroupColumn & { readonly of: Sql })[] {
  const { sent, groupingOf } = context.database.dialect;
  const { keys, numbers, countsIds } = grouping;
  const names = keys.map((_, place) => keyName(place));
  const way = names.length === 0 ? sql`0` : groupingOf(names);
  const counts = [sql`count(*)`, ...(countsIds ? [sql`count(DISTINCT g.patient_id)`] : [])];
  return [
    { of: sent("int", way), merged: null },
    ...counts.map((of) => ({ of: sent("int", of), merged: "sum" as const })),
    ...names.map((of) => ({ of, merged: null })),
    ...numbers.flatMap((name, place) => {
      const type = typeOf(name, context);
      const inOrder = grouping.inOrder || type === "float";
      return sumsOf(numberName(place), { inOrder, isFlag: type === "bool" }, context);
    }),
  ].map((column, place) => ({ ...column, name: word(`r_${place + 1}`) }));
}

/** Also the largest size, by which to tell whether the sum of whole numbers is exact in 64 bits; of flags it is known. */
function sumsOf(
  of: Sql,
  { inOrder, isFlag }: { readonly inOrder: boolean; readonly isFlag: boolean },
  { database: { dialect } }: CohortContext,
) {
  const { sent, sumInOrder, asNumber } = dialect;
  if (inOrder && sumInOrder === null) throw new Error("no sums in an order here");
  const sum =
    inOrder && sumInOrder !== null
      ? sent("float", sumInOrder(asNumber(of), sql`g.patient_id`))
      : sent("int", sql`sum(${of})`);
  const size = sent("float", isFlag ? sql`1` : sql`max(abs(${of}))`);
  return [
    { of: sum, merged: "sum" as const },
    { of: size, merged: "max" as const },
  ];
}
