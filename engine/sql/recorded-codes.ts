/** Which codes of codelists are recorded at all, whoever they are recorded for. */
import type { CodelistQuestion, DayRange } from "../plan/codelist-questions.ts";
import type { CohortPlan } from "../plan/model/cohort-plan.ts";
import { joinSql, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { allowed } from "./render-base.ts";
import { renderTable } from "./render-table.ts";
import { renderTest } from "./render-value.ts";
import type { Scope } from "./scope.ts";
import { contextFor } from "./statements.ts";
import type { Speaking } from "./statements.ts";

export type RecordedCodesStatement =
  /** Rows of `n`, the number of a codelist, and a `code` of it that is recorded. */
  | { readonly kind: "codes"; readonly query: Sql }
  /** One row: `found` is 1 where some code is. */
  | { readonly kind: "any"; readonly codelist: string; readonly query: Sql };

/** A code is looked for in so many fields one by one; in more, and within texts, only whether there is any. */
const FIELDS_TO_COUNT = 2;

/** One statement for all codelists that are compared with a field, and one for each that is looked for otherwise. */
export function recordedCodesStatements(
  plan: CohortPlan,
  speaking: Speaking,
  questions: readonly CodelistQuestion[],
): readonly RecordedCodesStatement[] {
  const { scope, database } = contextFor(plan, speaking, null);
  const asking = { scope, database, includeOptedOut: speaking.includeOptedOut };
  const possible = questions.filter(({ days }) => days === null || days.ranges.length > 0);
  const byPlace = grouped(possible, ({ codelist, table }) => [codelist, table]);
  const counted: CodelistQuestion[] = [];
  const any: RecordedCodesStatement[] = [];
  for (const together of byPlace) {
    const isCounted =
      together.length <= FIELDS_TO_COUNT && together.every(({ how }) => how === "equal");
    if (isCounted) counted.push(...together);
    else any.push(anyStatement(together, asking));
  }
  const byField = grouped(counted, ({ codelist, table, field, days }) => {
    return [table, field, days?.field ?? null, scope.codelist(codelist).folded];
  });
  return [...byField.map((together) => codesStatement(together, asking)), ...any];
}

interface Asking {
  readonly scope: Scope;
  readonly database: Parameters<typeof renderTable>[2];
  readonly includeOptedOut: boolean;
}

function grouped<T>(all: readonly T[], key: (one: T) => unknown): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const name = JSON.stringify(key(one));
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(one);
  }
  return [...groups.values()];
}

function codesStatement(
  questions: readonly CodelistQuestion[],
  asking: Asking,
): RecordedCodesStatement {
  const { scope } = asking;
  const { dialect } = scope;
  const [first] = questions;
  if (first === undefined) throw new Error("codes of no codelist");
  const { codelist, field } = first;
  const raw = sql`t.${dialect.quoteName(field)}`;
  const value = scope.codelist(codelist).folded ? dialect.fold(raw) : raw;
  const lists = questions.map((question) => scope.codelist(question.codelist));
  const joins = [
    sql`${rowsAsked(questions, asking)} t`,
    sql`JOIN (${dialect.codelists.several(lists)}) u ON u.code = ${value}`,
    ...rangesJoin(questions, asking),
  ];
  const query = sql`SELECT u.n, u.code FROM ${joinSql(joins, " ")}${whereAsked(questions, asking)} GROUP BY u.n, u.code`;
  return { kind: "codes", query };
}

function anyStatement(
  questions: readonly CodelistQuestion[],
  asking: Asking,
): RecordedCodesStatement {
  const { dialect } = asking.scope;
  const scope: Scope = { ...asking.scope, field: (name) => sql`t.${dialect.quoteName(name)}` };
  const tests = questions.map(({ codelist, field, how, days }) => {
    const of = { kind: "field", name: field } as const;
    const test = renderTest({ kind: "in-codelist", of, codelist, how }, scope);
    const within = days === null ? [] : [withinAny(dayOf(days.field, scope), days.ranges, scope)];
    return sql`(${joinSql([...within, test], " AND ")})`;
  });
  const rows = rowsAsked(questions, asking);
  const wanted = [...tellsOptOuts(asking), sql`(${joinSql(tests, " OR ")})`];
  const some = sql`SELECT 1 AS one FROM ${rows} t WHERE ${joinSql(wanted, " AND ")}`;
  const query = sql`SELECT CASE WHEN EXISTS (${some}) THEN 1 ELSE 0 END AS found`;
  return { kind: "any", codelist: questions[0]?.codelist ?? "", query };
}

function dayOf(field: string, { dialect }: Scope): Sql {
  return dialect.dayOf(sql`t.${dialect.quoteName(field)}`);
}

function rowsAsked(questions: readonly CodelistQuestion[], { database }: Asking): Sql {
  const [first] = questions;
  if (first === undefined) throw new Error("rows of no table");
  const names = questions.flatMap(({ field, days }) => [field, ...(days ? [days.field] : [])]);
  const fields = [...new Set(["patient_id", ...names])];
  return sql`(${renderTable(first.table, fields, database)})`;
}

/** Codelists differ in their periods: each row meets those of the lists that its code is in, and no others. */
function rangesJoin(questions: readonly CodelistQuestion[], { scope }: Asking): readonly Sql[] {
  const { dialect } = scope;
  const field = questions[0]?.days?.field;
  if (field === undefined || sharedRange(questions) !== null) return [];
  const rows = questions.flatMap(({ codelist, days }) => {
    const n = sql`${scope.codelist(codelist).number}`;
    return (days?.ranges ?? []).map(([first, last]) => [n, dialect.day(first), dialect.day(last)]);
  });
  const table = dialect.rowsOf(rows, ["n", "from_day", "to_day"]);
  const day = dayOf(field, scope);
  return [
    sql`JOIN (SELECT * FROM ${table}) w ON w.n = u.n AND ${day} >= w.from_day AND ${day} <= w.to_day`,
  ];
}

/** What holds of every row that is asked about. */
function whereAsked(questions: readonly CodelistQuestion[], asking: Asking): Sql {
  const { scope } = asking;
  const field = questions[0]?.days?.field;
  const shared = sharedRange(questions);
  const within =
    field === undefined || shared === null ? [] : [withinAny(dayOf(field, scope), [shared], scope)];
  const tests = [...within, ...tellsOptOuts(asking)];
  return tests.length === 0 ? sql`` : sql` WHERE ${joinSql(tests, " AND ")}`;
}

/** The records of patients who opted out are not asked, not even for a code. */
function tellsOptOuts({ database, includeOptedOut }: Asking): readonly Sql[] {
  return includeOptedOut ? [] : [sql`t.patient_id IN (${allowed(database)})`];
}

/** The one range of all questions; null where they differ or have several. */
function sharedRange(questions: readonly CodelistQuestion[]): DayRange | null {
  const [first] = questions[0]?.days?.ranges ?? [];
  const isShared = questions.every(({ days }) => {
    return days?.ranges.length === 1 && days.ranges[0]?.join() === first?.join();
  });
  return isShared ? (first ?? null) : null;
}

function withinAny(day: Sql, ranges: readonly DayRange[], { dialect }: Scope): Sql {
  const tests = ranges.map(
    ([first, last]) => sql`(${day} >= ${dialect.day(first)} AND ${day} <= ${dialect.day(last)})`,
  );
  return sql`(${joinSql(tests, " OR ")})`;
}
