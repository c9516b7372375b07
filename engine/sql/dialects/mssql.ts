/** SQL as SQL Server speaks it, from 2016 on (compatibility level 130). */
import type { ValueType } from "../../base/value-types.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { tableForEach } from "../codelist-tables.ts";
import type { Query } from "../query.ts";
import type { Dialect, NumberRange } from "./dialect.ts";
import { length, mssqlCodes } from "./mssql-codes.ts";
import {
  completedYears,
  day,
  dayOfNumber,
  daysBefore,
  rangeOfDay,
  shiftDate,
} from "./mssql-dates.ts";
import { decimal, extreme, lot, nearest } from "./mssql-numbers.ts";
import { onDaysBy } from "./on-days.ts";
import { rowsOf } from "./rows-of.ts";
import { mssqlScript } from "./mssql-script.ts";
import { mssqlSource, unreadable } from "./mssql-sources.ts";
import { exactly, quoteName, text } from "./mssql-text.ts";

/** What columns of each kind are in a SQL Server database. */
export const mssqlTypes: { readonly [K in PhysicalKind]: Sql } = {
  int: sql`bigint`,
  long: sql`bigint`,
  real: sql`float`,
  bit: sql`bit`,
  text: sql`varchar(8000)`,
  date: sql`date`,
  datetime: sql`datetime2`,
};

/** As `CohortBatch` holds it; of type int, so that none of the column becomes a decimal. */
const NO_DATE = sql`CAST(-2147483648 AS int)`;

const sent: { readonly [T in ValueType]: (of: Sql) => Sql } = {
  bool: (of) => sql`CAST(${of} AS tinyint)`,
  int: nearest,
  float: (of) => sql`CAST(${of} AS float)`,
  // A cast would cut a long text off, or change its characters.
  str: (of) => of,
  date: (of) =>
    sql`COALESCE(DATEDIFF(day, CAST('1970-01-01' AS date), CAST(${of} AS date)), ${NO_DATE})`,
};

const dayOf = (of: Sql): Sql => sql`CAST(${of} AS date)`;

export const mssql = {
  name: "mssql",

  holdsNul: true,
  quoteName,
  recordTable: quoteName,
  recordColumn: (alias, name, kind) => {
    const column = sql`${word(alias)}.${quoteName(name)}`;
    return kind === "text" ? exactly(column) : column;
  },
  keptTable,
  codelists: tableForEach(keptTable),
  text,
  day,
  dayOfNumber,
  integer: (value) => sql`CAST(${value} AS bigint)`,
  float: (value) => sql`CAST(${String(value)} AS float)`,
  missing: (kind) => {
    const none = sql`CAST(NULL AS ${mssqlTypes[kind]})`;
    return kind === "text" ? exactly(none) : none;
  },

  fold: (of) => sql`LOWER(RTRIM(${of}))`,
  length,
  leading: (of, characters) => sql`LEFT(${of}, ${characters})`,
  contains: (of, part) => sql`(CHARINDEX(${part}, ${of}) > 0)`,
  ...mssqlCodes,

  dayOf,
  onDays: onDaysBy(dayOf, day),
  shiftDate,
  year: (of) => sql`YEAR(${of})`,
  completedYears,
  daysBefore,
  daysBetween: (from, to) => sql`DATEDIFF(day, ${from}, ${to})`,
  shownDate: (of, format) =>
    exactly(sql`COALESCE(LEFT(CONVERT(varchar(10), ${of}, 23), ${format.length}), '')`),

  decimal,
  rounded: (of, digits) => sql`ROUND(${of}, ${digits})`,
  integerQuotient: (left, right) => sql`(CAST(${left} AS bigint) / CAST(${right} AS bigint))`,
  floatQuotient: (left, right) => sql`(CAST(${left} AS float) / ${right})`,
  orStop: (value, unless, message) =>
    sql`CASE WHEN ${unless} = 0 THEN ${stopAt(unless, message)} ELSE ${value} END`,
  lot,
  extreme,

  decimalSum: (of) => sql`SUM(TRY_CAST(${of} AS decimal(38, 12)))`,
  asNumber: (of) => sql`CAST(${of} AS float)`,
  whole: nearest,
  // Nothing adds up in an order but what goes from row to row.
  sumInOrder: null,
  aggregate: (call, of, when) =>
    call(when === null ? (of ?? sql`*`) : sql`CASE WHEN ${when} THEN ${of ?? sql`1`} END`),
  groupingOf: (keys) => sql`GROUPING_ID(${joinSql(keys, ", ")})`,
  bits: null,
  picks: {
    kind: "ranked",
    only: (of, isFlag) => (isFlag ? sql`MAX(CAST(${of} AS tinyint))` : sql`MAX(${of})`),
  },
  repeated,
  isTrue: (of) => sql`(${of} = 1)`,
  // Missing is first ascending and last descending, and nothing else can be said.
  ordered: (of, descending) => sql`${of} ${descending ? sql`DESC` : sql`ASC`}`,
  rangeOfDay,
  rowsOf,

  sent: (type, of) => sent[type](of),
  sentNumber: (of) => sql`CAST(${of} AS float)`,
  source: mssqlSource,
  unreadable,
  timeText: (of) => sql`CONVERT(varchar(27), ${of}, 121)`,

  // Worked out anew for each mention, so the renderer mentions each once.
  named: (name, query) => sql`${word(name)} AS (${query})`,

  keep: (name, query) => keepAs(keptTable(name), query),
  append: (name, query) => appendTo(keptTable(name), query),
  discard: (name) => sql`DROP TABLE IF EXISTS ${keptTable(name)}`,

  ...mssqlScript,
} as const satisfies Dialect;

function keptTable(name: string): Sql {
  return sql`#${word(name)}`;
}

function beginning(ctes: readonly Sql[]): Sql {
  return ctes.length === 0 ? sql`` : sql`WITH ${joinSql(ctes, ",\n")}\n`;
}

/**
 * INTO stands behind the queries that are named, and in the last of them. Joined to one row, the table gets no identity
 * column from one of records: nothing could be appended to it.
 */
export function keepAs(table: Sql, { ctes, select }: Query): Sql {
  const answer = sql`answer AS (${select})`;
  return sql`${beginning([...ctes, answer])}SELECT answer.* INTO ${table} FROM answer CROSS JOIN (VALUES (1)) AS once(n)`;
}

export function appendTo(table: Sql, { ctes, select }: Query): Sql {
  return sql`${beginning(ctes)}INSERT INTO ${table}\n${select}`;
}

function repeated(relation: Sql, { from, until, below }: NumberRange): Sql {
  const numbers = Array.from({ length: Math.max(1, below) }, (_, k) => sql`(${k})`);
  return sql`(SELECT q.*, e.k FROM ${relation} q JOIN (VALUES ${joinSql(numbers, ", ")}) AS e(k) ON e.k >= ${from} AND e.k < ${until})`;
}

/** Depends on a column: otherwise a statement could stop before there are rows. The error quotes the text. */
function stopAt(value: Sql, message: string): Sql {
  return sql`CAST(CONCAT(${text(message)}, LEFT(CAST(${value} AS varchar(40)), 0)) AS int)`;
}
