/** SQL as DuckDB speaks it. */
import type { IsoDate } from "../../base/dates.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { Dialect, OrderedBy, DateRange } from "./dialect.ts";
import { identifier, joinSql, literal, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { tableForEach } from "../codelist-tables.ts";
import { querySql } from "../query.ts";
import { duckdbCodes } from "./duckdb-codes.ts";
import { daysBefore } from "./days-before.ts";
import { completedYears, shiftDate } from "./duckdb-dates.ts";
import { duckdbScript } from "./duckdb-script.ts";
import { duckdbSource } from "./duckdb-sources.ts";
import { onDaysBy } from "./on-days.ts";
import { rowsOf } from "./rows-of.ts";

/** What columns of each kind are in a DuckDB database. */
export const duckDbTypes: { readonly [K in PhysicalKind]: Sql } = {
  int: sql`BIGINT`,
  long: sql`BIGINT`,
  real: sql`DOUBLE`,
  bit: sql`BOOLEAN`,
  text: sql`VARCHAR`,
  date: sql`DATE`,
  datetime: sql`TIMESTAMP`,
};

/** What `CohortBatch` holds: NO_DATE where there is none. */
const sent: { readonly [T in ValueType]: (of: Sql) => Sql } = {
  bool: (of) => sql`CAST(${of} AS UTINYINT)`,
  // To the nearest, where a number with a fraction stands in a column of whole ones.
  int: (of) => sql`CAST(CAST(${of} AS BIGINT) AS DOUBLE)`,
  float: (of) => sql`CAST(${of} AS DOUBLE)`,
  str: (of) => sql`CAST(${of} AS VARCHAR)`,
  date: (of) => sql`CAST(coalesce(CAST(${of} AS DATE) - DATE '1970-01-01', ${NO_DATE}) AS INTEGER)`,
};

const NO_DATE = -2_147_483_648;

/** Digits before and after the point of the sums that stand for numbers of any size met in records. */
const DECIMAL = sql`DECIMAL(38, 12)`;

const spelling = { text: literal, types: duckDbTypes };

const dayOf = (of: Sql): Sql => sql`CAST(${of} AS DATE)`;

export const duckdb = {
  name: "duckdb",

  holdsNul: true,
  quoteName: identifier,
  recordTable: identifier,
  recordColumn: (alias, name) => sql`${word(alias)}.${identifier(name)}`,
  keptTable: word,
  codelists: tableForEach(word),
  text: literal,
  day: (day) => sql`DATE ${day}`,
  dayOfNumber,
  integer: (value) => sql`CAST(${value} AS BIGINT)`,
  float: (value) => sql`CAST(${String(value)} AS DOUBLE)`,
  missing: (kind) => sql`CAST(NULL AS ${duckDbTypes[kind]})`,

  fold: (of) => sql`lower(rtrim(${of}, ' '))`,
  length: (of) => sql`length(${of})`,
  leading: (of, characters) => sql`left(${of}, ${characters})`,
  contains: (of, part) => sql`contains(${of}, ${part})`,
  ...duckdbCodes,

  dayOf,
  onDays: onDaysBy(dayOf, (day) => sql`DATE ${day}`),
  shiftDate,
  year: (of) => sql`year(${of})`,
  completedYears,
  daysBefore,
  daysBetween: (from, to) => sql`(${to} - ${from})`,
  shownDate: (of, format) => sql`coalesce(left(CAST(${of} AS VARCHAR), ${format.length}), '')`,

  // A 32-bit number prints as its shortest decimal; 64 bits hold that exactly enough to print it again.
  decimal: (of) => sql`CAST(CAST(${of} AS VARCHAR) AS DOUBLE)`,
  rounded: (of, digits) => sql`round(${of}, ${digits})`,
  // DuckDB's own operator keeps the fraction of a DOUBLE.
  integerQuotient: (left, right) => sql`(CAST(${left} AS BIGINT) // CAST(${right} AS BIGINT))`,
  floatQuotient: (left, right) => sql`(CAST(${left} AS DOUBLE) / ${right})`,
  orStop: (value, unless, message) =>
    sql`CASE WHEN ${unless} = 0 THEN ${stopAt(unless, message)} ELSE ${value} END`,
  lot: (patient, salt) =>
    sql`(CAST('0x' || left(md5(${`${salt}:`} || ${patient}), 8) AS BIGINT) * 100.0 / 4294967296)`,
  extreme: (take, of) => sql`${word(take)}(${joinSql(of, ", ")})`,

  decimalSum: (of) => sql`sum(TRY_CAST(CAST(${of} AS VARCHAR) AS ${DECIMAL}))`,
  asNumber: (of) => sql`CAST(${of} AS DOUBLE)`,
  whole: (of) => sql`CAST(${of} AS BIGINT)`,
  sumInOrder: (of, order) => sql`fsum(${of} ORDER BY ${order})`,
  aggregate: (call, of, when) => filtered(call(of ?? sql`*`), when),
  groupingOf: (keys) => sql`grouping(${joinSql(keys, ", ")})`,
  bits: {
    any: (of) => sql`bit_or(${of})`,
    has: (of, bit) => sql`CASE WHEN (${of} & ${bit}) <> 0 THEN 1 END`,
  },
  picks: {
    kind: "rows",
    pick,
    member: (picked, field) => sql`${picked}.${identifier(field)}`,
    carried: (value, window, end) =>
      sql`${word(`${end}_value`)}(${value} IGNORE NULLS) OVER ${window}`,
  },
  repeated: (relation, { from, until }) =>
    sql`(SELECT *, unnest(range(${from}, ${until})) AS k FROM ${relation})`,
  isTrue: (of) => sql`(${of} = TRUE)`,
  ordered,
  rangeOfDay: (ranges, names, day) => ({
    query: daysWithin(ranges, names),
    on: sql`w.day = ${day}`,
  }),
  rowsOf,

  sent: (type, of) => sent[type](of),

  sentNumber: (of) => sql`CAST(${of} AS UINTEGER)`,

  source: (of, column) => duckdbSource(of, column, spelling),
  unreadable: (of, column) =>
    sql`${duckdbSource(of.of, column, spelling)} IS NOT NULL AND TRY(${duckdbSource(of, column, spelling)}) IS NULL`,
  timeText: (of) => sql`CAST(${of} AS VARCHAR)`,

  named: (name, query) => sql`${word(name)} AS NOT MATERIALIZED (${query})`,

  keep: (name, query) => sql`CREATE TEMP TABLE ${word(name)} AS\n${querySql(query)}`,
  append: (name, query) => sql`INSERT INTO ${word(name)}\n${querySql(query)}`,
  discard: (name) => sql`DROP TABLE IF EXISTS ${word(name)}`,

  ...duckdbScript(),
} as const satisfies Dialect;

function filtered(call: Sql, when: Sql | null): Sql {
  return when === null ? call : sql`${call} FILTER (WHERE ${when})`;
}

function ordered(of: Sql, descending: boolean): Sql {
  return sql`${of} ${descending ? sql`DESC NULLS LAST` : sql`ASC NULLS FIRST`}`;
}

function dayOfNumber(days: readonly IsoDate[], number: Sql): Sql {
  const cases = days.map((day, k) => sql`WHEN ${k} THEN DATE ${day}`);
  return sql`CASE ${number} ${joinSql(cases, " ")} END`;
}

function daysWithin(ranges: readonly DateRange[], names: readonly string[]): Sql {
  const rows = ranges.map(({ first, last, values }) => [
    sql`DATE ${first}`,
    sql`DATE ${last}`,
    ...values.map((value) => sql`${value}`),
  ]);
  // Without ranges no row counts, but the table must have its columns.
  const none = [sql`DATE '9999-12-31'`, sql`DATE '0001-01-01'`, ...names.map(() => sql`0`)];
  const table = rowsOf(rows.length === 0 ? [none] : rows, ["first", "last", ...names]);
  const days = sql`CAST(unnest(generate_series(v.first, v.last, INTERVAL 1 DAY)) AS DATE)`;
  return sql`SELECT ${days} AS day, ${joinSql(
    names.map((name) => sql`v.${word(name)}`),
    ", ",
  )} FROM ${table}`;
}

/** Depends on a column, so that it is not worked out before there are rows. */
function stopAt(value: Sql, stop: string): Sql {
  return sql`error(${stop} || left(CAST(${value} AS VARCHAR), 0))`;
}

/**
 * A time and a whole number fit in 128 bits together, which is twice as fast as comparing them one after
 * the other. An undated row is the earliest of all.
 */
function pick(
  fields: Readonly<Record<string, Sql>>,
  order: readonly OrderedBy[],
  when: Sql | null,
): Sql {
  const members = Object.entries(fields).map(([name, of]) => sql`${name}: ${of}`);
  const row = sql`{${members.length === 0 ? sql`'none': 0` : joinSql(members, ", ")}}`;
  const [date, id, ...more] = order;
  const isPacked =
    date?.holds === "date" && more.length === 0 && (id === undefined || isAscendingId(id));
  if (isPacked) {
    const time = sql`CAST(coalesce(epoch_us(CAST(${date.of} AS TIMESTAMP)), -4000000000000000000) AS HUGEINT)`;
    const sign = date.descending ? sql`-` : sql`+`;
    const key = id === undefined ? time : sql`${time} * 9223372036854775807 ${sign} ${id.of}`;
    return filtered(sql`${date.descending ? sql`arg_max` : sql`arg_min`}(${row}, ${key})`, when);
  }
  const by = order.map(({ of, descending }) => ordered(of, descending));
  return filtered(sql`first(${row} ORDER BY ${joinSql(by, ", ")})`, when);
}

function isAscendingId({ holds, descending }: OrderedBy): boolean {
  return holds === "id" && !descending;
}
