/** Patients of a cohort counted in groups where they are: no row of a patient leaves the database. */
import type { DateFormat } from "../base/dates.ts";
import type { CohortPlan } from "../plan/model/cohort-plan.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { Moment } from "./answer-tables.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { Prepared } from "./gather.ts";
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

/**
 * A row for each group of each way of grouping that occurs: which way it is (`groupingId`), how many patients, how many
 * different ones (where asked for), the keys, of which only those of its way count, and of each number the sum and the
 * largest size.
 */
export function groupsStatement(
  plan: CohortPlan,
  speaking: Speaking,
  { at, grouping }: { readonly at: CohortAt; readonly grouping: Grouping },
): Prepared {
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
  const shown = joinSql(groupColumns(grouping, context), ", ");
  const sets = grouping.sets.map((set) => sql`(${joinSql(set.map(keyName), ", ")})`);
  return {
    before,
    query: {
      ctes,
      select: sql`SELECT ${shown}\nFROM (${rows}) g\nGROUP BY GROUPING SETS (${joinSql(sets, ", ")})`,
    },
  };
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
  return wordTypes.get(name)?.number(of) ?? dialect.sent(typeOf(name, context), of);
}

function typeOf(name: string, { columns }: CohortContext) {
  return columns.get(name)?.column.type ?? "str";
}

function groupColumns(grouping: Grouping, context: CohortContext): readonly Sql[] {
  const { dialect } = context.database;
  const { keys, numbers, countsIds } = grouping;
  const names = keys.map((_, place) => keyName(place));
  const way = names.length === 0 ? sql`0` : dialect.groupingOf(names);
  const counts = [sql`count(*)`, ...(countsIds ? [sql`count(DISTINCT g.patient_id)`] : [])];
  return [
    ...[way, ...counts].map((of) => dialect.sent("int", of)),
    ...names,
    ...numbers.flatMap((name, place) => {
      const type = typeOf(name, context);
      const inOrder = grouping.inOrder || type === "float";
      return sumsOf(numberName(place), { inOrder, isFlag: type === "bool" }, dialect);
    }),
  ].map((of, place) => sql`${of} AS ${word(`r_${place + 1}`)}`);
}

/** Also the largest size, by which to tell whether the sum of whole numbers is exact in 64 bits; of flags it is known. */
function sumsOf(
  of: Sql,
  { inOrder, isFlag }: { readonly inOrder: boolean; readonly isFlag: boolean },
  { sent, sumInOrder, asNumber }: Dialect,
): readonly Sql[] {
  if (inOrder && sumInOrder === null) throw new Error("no sums in an order here");
  const sum =
    inOrder && sumInOrder !== null
      ? sent("float", sumInOrder(asNumber(of), sql`g.patient_id`))
      : sent("int", sql`sum(${of})`);
  return [sum, sent("float", isFlag ? sql`1` : sql`max(abs(${of}))`)];
}
