/** Rows of the query model as queries. Each asks the one below it for the fields that it needs, and no more. */
import { unreachable } from "../base/problems.ts";
import type { FieldType } from "../schema/contract.ts";
import { contractTables } from "../schema/contract.ts";
import type { Aggregate, Rows } from "../plan/model/rows.ts";
import { fieldsIn, rowsWithin } from "../plan/model/walk.ts";
import { rowNumber } from "./chosen-rows.ts";
import type { AggregateCall, Dialect, OrderedBy } from "./dialects/dialect.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { renderTable } from "./render-table.ts";
import type { Database } from "./render-table.ts";
import { renderTest, renderValue } from "./render-value.ts";
import type { Scope } from "./scope.ts";

export interface RowsContext {
  readonly database: Database;
  /** Leaves are fields only; `field` is put in for each query. */
  readonly scope: Scope;
}

/** A query that gives `patient_id` and the fields. */
export function renderRows(rows: Rows, fields: readonly string[], context: RowsContext): Sql {
  switch (rows.kind) {
    case "table":
      return renderTable(rows.table, distinct("patient_id", ...fields), context.database);
    case "file":
      return sql`SELECT f.patient_id, f.value FROM ${context.database.dialect.keptTable(rows.file)} f${withinRange("f", context)}`;
    case "matching": {
      const scope = fieldsOf("r", context);
      const below = distinct(...fields, ...fieldsIn([rows.where]));
      return sql`SELECT r.* FROM (${renderRows(rows.from, below, context)}) r WHERE ${renderTest(rows.where, scope)}`;
    }
    case "looked-up":
      return renderLookup(rows, fields, context);
    case "per-day":
      return renderDays(rows, context);
    case "per-value": {
      const of = context.database.dialect.quoteName(rows.of);
      const from = renderRows(rows.from, [rows.of], context);
      return sql`SELECT r.patient_id, r.${of}, count(*) AS times FROM (${from}) r GROUP BY r.patient_id, r.${of}`;
    }
    case "without-days":
      return renderWithoutDays(rows, fields, context);
    case "episodes":
      return renderEpisodes(rows, fields, context);
    case "paired":
      return renderPairs(rows, context);
    default:
      return unreachable(rows);
  }
}

/** Each part of the patients brings its own lines of a file, so that none comes twice. */
function withinRange(alias: string, { database: { range } }: RowsContext): Sql {
  return range === null
    ? sql``
    : sql` WHERE ${word(alias)}.patient_id BETWEEN ${range[0]} AND ${range[1]}`;
}

function distinct(...names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

/** The scope in which fields are columns of an alias. */
export function fieldsOf(alias: string, { scope }: Pick<RowsContext, "scope">): Scope {
  return { ...scope, field: (name) => sql`${word(alias)}.${scope.dialect.quoteName(name)}` };
}

/** Over the rows of a group that pass a test; null = all rows. */
export function renderAggregate(aggregate: Aggregate, when: Sql | null, scope: Scope): Sql {
  const of = aggregate.kind === "rows" ? null : renderValue(aggregate.of, scope);
  return scope.dialect.aggregate(aggregateCall(aggregate.kind, scope.dialect), of, when);
}

function aggregateCall(kind: Aggregate["kind"], { decimalSum }: Dialect): AggregateCall {
  switch (kind) {
    case "rows":
    case "present":
      return (of) => sql`count(${of})`;
    case "sum":
      return (of) => sql`sum(${of})`;
    case "decimal-sum":
      return decimalSum;
    case "least":
      return (of) => sql`min(${of})`;
    case "greatest":
      return (of) => sql`max(${of})`;
    default:
      return unreachable(kind);
  }
}

function renderLookup(
  rows: Extract<Rows, { kind: "looked-up" }>,
  fields: readonly string[],
  context: RowsContext,
): Sql {
  const { dialect } = context.database;
  const { quoteName } = dialect;
  const [field, key] = rows.on;
  const added = new Set([...Object.keys(rows.take), rows.found]);
  const below = distinct(field, ...fields.filter((name) => !added.has(name)));
  const taken = Object.entries(rows.take).map(
    ([name, of]) => sql`l.${quoteName(of)} AS ${quoteName(name)}`,
  );
  const kept = below.map((name) => sql`r.${quoteName(name)}`);
  const found = sql`CASE WHEN l.${quoteName(key)} IS NULL THEN 0 ELSE 1 END AS ${quoteName(rows.found)}`;
  const parts = [
    sql`SELECT r.patient_id, ${joinSql([...kept, ...taken, found], ", ")}`,
    sql`FROM (${renderRows(rows.from, below, context)}) r`,
    sql`LEFT JOIN (${renderThings(rows, context)}) l ON l.${quoteName(key)} = r.${quoteName(field)}`,
  ];
  return joinSql(parts, " ");
}

/** One row for each key: the least by the order, missing first. */
function renderThings(rows: Extract<Rows, { kind: "looked-up" }>, context: RowsContext): Sql {
  const { dialect } = context.database;
  const { quoteName } = dialect;
  const [, key] = rows.on;
  const values = distinct(key, ...Object.values(rows.take), ...rows.order);
  const asked = distinct(...values, ...(rows.where === null ? [] : fieldsIn([rows.where])));
  const scope = fieldsOf("t", context);
  const order = rows.order.map((name) => ({
    of: sql`t.${quoteName(name)}`,
    descending: false,
    holds: "other" as const,
  }));
  const where = rows.where === null ? sql`` : sql` WHERE ${renderTest(rows.where, scope)}`;
  const from = sql`FROM (${renderTable(rows.table, asked, context.database)}) t${where}`;
  return leastThings({ key: sql`t.${quoteName(key)}`, values, order, from }, dialect);
}

interface Things {
  readonly key: Sql;
  readonly values: readonly string[];
  readonly order: readonly OrderedBy[];
  readonly from: Sql;
}

function leastThings({ key, values, order, from }: Things, dialect: Dialect): Sql {
  const { picks, quoteName, ordered } = dialect;
  const members = values.map((name) => [name, sql`t.${quoteName(name)}`] as const);
  if (picks.kind === "rows") {
    const picked = picks.pick(Object.fromEntries(members), order, null);
    const shown = values.map(
      (name) => sql`${picks.member(sql`p.picked`, name, values)} AS ${quoteName(name)}`,
    );
    return sql`SELECT ${joinSql(shown, ", ")} FROM (SELECT ${picked} AS picked ${from} GROUP BY ${key}) p`;
  }
  const by = order.map(({ of, descending }) => ordered(of, descending));
  const number = sql`${rowNumber([key], by)} AS thing_no`;
  const inner = joinSql([...members.map(([, of]) => of), number], ", ");
  const shown = joinSql(
    values.map((name) => sql`p.${quoteName(name)}`),
    ", ",
  );
  return sql`SELECT ${shown} FROM (SELECT ${inner} ${from}) p WHERE p.thing_no = 1`;
}

function renderDays(rows: Extract<Rows, { kind: "per-day" }>, context: RowsContext): Sql {
  const { dialect } = context.database;
  const scope = fieldsOf("r", context);
  const aggregates = Object.entries(rows.aggregates);
  const values = aggregates.flatMap(([, each]) => (each.kind === "rows" ? [] : [each.of]));
  const from = renderRows(rows.from, distinct(rows.date, ...fieldsIn(values)), context);
  const shown = aggregates.map(
    ([name, each]) => sql`${renderAggregate(each, null, scope)} AS ${dialect.quoteName(name)}`,
  );
  const day = dialect.dayOf(scope.field(rows.date));
  return sql`SELECT r.patient_id, ${day} AS day, ${joinSql(shown, ", ")} FROM (${from}) r GROUP BY r.patient_id, ${day}`;
}

function renderWithoutDays(
  rows: Extract<Rows, { kind: "without-days" }>,
  fields: readonly string[],
  context: RowsContext,
): Sql {
  const { dialect } = context.database;
  const from = renderRows(rows.from, distinct(rows.date, ...fields), context);
  const days = renderRows(rows.days.from, [rows.days.date], context);
  const day = (alias: string, date: string): Sql =>
    dialect.dayOf(sql`${word(alias)}.${dialect.quoteName(date)}`);
  const same = sql`x.patient_id = r.patient_id AND ${day("x", rows.days.date)} = ${day("r", rows.date)}`;
  return sql`SELECT r.* FROM (${from}) r WHERE NOT EXISTS (SELECT 1 FROM (${days}) x WHERE ${same})`;
}

function renderPairs(rows: Extract<Rows, { kind: "paired" }>, context: RowsContext): Sql {
  const { quoteName } = context.database.dialect;
  const [one, other] = rows.dates;
  const [a, b] = [sql`r.${quoteName(one)}`, sql`x.${quoteName(other)}`];
  const isFirst = rows.take === "earlier" ? sql`${a} <= ${b}` : sql`${a} >= ${b}`;
  const parts = [
    sql`SELECT r.patient_id, CASE WHEN ${isFirst} THEN ${a} ELSE ${b} END AS ${quoteName(rows.date)}`,
    sql`FROM (${renderRows(rows.from, [one], context)}) r`,
    sql`JOIN (${renderRows(rows.with, [other], context)}) x ON x.patient_id = r.patient_id`,
  ];
  return joinSql(parts, " ");
}

/** An undated row starts an episode, and so does the row after it: nothing tells that they are close. */
function renderEpisodes(
  rows: Extract<Rows, { kind: "episodes" }>,
  fields: readonly string[],
  context: RowsContext,
): Sql {
  const { dialect } = context.database;
  const below = distinct(rows.date, ...fields.filter((name) => name !== "starts"));
  const date = sql`r.${dialect.quoteName(rows.date)}`;
  const day = dialect.dayOf(date);
  const before = sql`lag(${day}) OVER (PARTITION BY r.patient_id ORDER BY ${dialect.ordered(date, false)})`;
  const starts = sql`CASE WHEN ${dialect.daysBetween(before, day)} <= ${rows.apart} THEN 0 ELSE 1 END`;
  return sql`SELECT r.*, ${starts} AS starts FROM (${renderRows(rows.from, below, context)}) r`;
}

/** What a field holds; null for what the steps above a table add. */
export function fieldType(rows: Rows, name: string): FieldType | null {
  for (const each of rowsWithin(rows)) {
    if (each.kind === "table") return contractTables[each.table][name] ?? addedType(rows, name);
  }
  return null;
}

function addedType(rows: Rows, name: string): FieldType | null {
  return rowsWithin(rows).some(({ kind }) => kind === "per-day") && name === "day" ? "date" : null;
}

export function orderHolds(rows: Rows, name: string): "date" | "id" | "other" {
  const type = fieldType(rows, name);
  if (type === "date" || type === "datetime") return "date";
  return type === "id" ? "id" : "other";
}
