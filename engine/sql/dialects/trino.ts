/** SQL as Trino speaks it, from version 368 on. */
import type { ValueType } from "../../base/value-types.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { Dialect } from "./dialect.ts";
import { identifier, joinSql, literal, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { tableForAll } from "../codelist-tables.ts";
import { querySql } from "../query.ts";
import { trinoCodes } from "./trino-codes.ts";
import { completedYears, daysBefore, rangeOfDay, shiftDate } from "./trino-dates.ts";
import { filtered, ordered, trinoPicks } from "./trino-picks.ts";
import { trinoScript } from "./trino-script.ts";
import { trinoSource } from "./trino-sources.ts";
import { onDaysBy } from "./on-days.ts";
import { rowsOf } from "./rows-of.ts";
import { decimal } from "./trino-numbers.ts";

/** What columns of each kind are in a Trino database. */
export const trinoTypes: { readonly [K in PhysicalKind]: Sql } = {
  int: sql`BIGINT`,
  long: sql`BIGINT`,
  real: sql`DOUBLE`,
  bit: sql`BOOLEAN`,
  text: sql`VARCHAR`,
  date: sql`DATE`,
  datetime: sql`TIMESTAMP(3)`,
};

/** What tables are called. Trino has none that are temporary, so kept ones have names of the run's own. */
export type TrinoNames = Pick<Dialect, "recordTable" | "keptTable">;

const NO_DATE = -2_147_483_648;

const sent: { readonly [T in ValueType]: (of: Sql) => Sql } = {
  bool: (of) => sql`CAST(${of} AS TINYINT)`,
  int: sentInteger,
  float: (of) => sql`CAST(${of} AS DOUBLE)`,
  str: (of) => sql`CAST(${of} AS VARCHAR)`,
  date: (of) => sql`coalesce(date_diff('day', DATE '1970-01-01', CAST(${of} AS DATE)), ${NO_DATE})`,
};

/** Digits before and after the point, as in the other dialects. */
const DECIMAL = sql`DECIMAL(38, 12)`;

/** As Kahan adds: the running sum, and what it is too large by. No sum of nothing. */
function sumInOrder(of: Sql, order: Sql): Sql {
  const state = sql`ROW(total DOUBLE, slip DOUBLE)`;
  const next = sql`(s.total + (x - s.slip))`;
  const step = sql`(s, x) -> CAST(ROW(${next}, (${next} - s.total) - (x - s.slip)) AS ${state})`;
  const rows = sql`array_agg(${of} ORDER BY ${order})`;
  return sql`reduce(${rows}, CAST(ROW(0e0, 0e0) AS ${state}), ${step}, s -> s.total)`;
}

const dayOf = (of: Sql): Sql => sql`CAST(${of} AS DATE)`;

/** All that does not depend on where tables stand. */
const speech = {
  name: "trino",

  holdsNul: true,
  quoteName: identifier,
  recordColumn: (alias, name) => sql`${word(alias)}.${identifier(name)}`,
  text,
  day: (day) => sql`DATE ${day}`,
  dayOfNumber: (days, number) =>
    sql`element_at(ARRAY[${joinSql(days.map(dayText), ", ")}], ${number} + 1)`,
  integer: (value) => sql`BIGINT ${String(value)}`,
  float: (value) => sql`DOUBLE ${String(value)}`,
  missing: (kind) => sql`CAST(NULL AS ${trinoTypes[kind]})`,

  // rtrim() drops all white space, and servers before about 380 have no trim(TRAILING …).
  fold: (of) => sql`lower(regexp_replace(${of}, ' +\\z'))`,
  length: (of) => sql`length(${of})`,
  leading: (of, characters) => sql`substr(${of}, 1, ${characters})`,
  contains: (of, part) => sql`(strpos(${of}, ${part}) > 0)`,
  ...trinoCodes,

  dayOf,
  onDays: onDaysBy(dayOf, (day) => sql`DATE ${day}`),
  shiftDate,
  year: (of) => sql`year(${of})`,
  completedYears,
  daysBefore,
  daysBetween: (from, to) => sql`date_diff('day', ${from}, ${to})`,
  shownDate: (of, format) => sql`coalesce(substr(CAST(${of} AS VARCHAR), 1, ${format.length}), '')`,

  decimal,
  rounded: (of, digits) => sql`round(${of}, ${digits})`,
  integerQuotient: (left, right) => sql`(CAST(${left} AS BIGINT) / CAST(${right} AS BIGINT))`,
  floatQuotient: (left, right) => sql`(CAST(${left} AS DOUBLE) / ${right})`,
  orStop: (value, unless, message) =>
    sql`CASE WHEN ${unless} = 0 THEN ${stopAt(unless, message)} ELSE ${value} END`,
  lot: (patient, salt) =>
    sql`(from_base(substr(lower(to_hex(md5(to_utf8(${`${salt}:`} || CAST(${patient} AS VARCHAR))))), 1, 8), 16) * 100e0 / 4294967296e0)`,
  // least() and greatest() are missing if one of theirs is.
  extreme: (take, of) =>
    sql`${take === "least" ? sql`array_min` : sql`array_max`}(filter(ARRAY[${joinSql(of, ", ")}], x -> x IS NOT NULL))`,

  decimalSum: (of) => sql`sum(TRY_CAST(CAST(${of} AS VARCHAR) AS ${DECIMAL}))`,
  asNumber: (of) => sql`CAST(${of} AS DOUBLE)`,
  whole: (of) => sql`CAST(${sentInteger(of)} AS BIGINT)`,
  sumInOrder,
  aggregate: (call, of, when) => filtered(call(of ?? sql`*`), when),
  groupingOf: (keys) => sql`grouping(${joinSql(keys, ", ")})`,
  bits: {
    any: (of) => sql`bitwise_or_agg(${of})`,
    has: (of, bit) => sql`CASE WHEN bitwise_and(${of}, ${bit}) <> 0 THEN 1 END`,
  },
  picks: trinoPicks,
  // sequence() counts down where its end is before its beginning.
  repeated: (relation, { from, until }) =>
    sql`(SELECT q.*, e.k FROM ${relation} q CROSS JOIN UNNEST(${numbers(from, until)}) AS e(k))`,
  isTrue: (of) => sql`(${of} = TRUE)`,
  ordered,
  rangeOfDay,
  rowsOf,

  sent: (type, of) => sent[type](of),
  sentNumber: (of) => sql`CAST(${of} AS BIGINT)`,
  source: trinoSource,
  unreadable: (of, column) =>
    sql`${trinoSource(of.of, column)} IS NOT NULL AND TRY(${trinoSource(of, column)}) IS NULL`,
  timeText: (of) => sql`CAST(${of} AS VARCHAR)`,

  // Worked out anew for each mention, so the renderer mentions each once.
  named: (name, query) => sql`${word(name)} AS (${query})`,
} as const satisfies Partial<Dialect>;

export function trino({ recordTable, keptTable }: TrinoNames): Dialect {
  return {
    ...speech,
    recordTable,
    keptTable,
    // Each table costs the server a statement to make, one to fill and one to drop.
    codelists: tableForAll(keptTable),
    keep: (name, query) => sql`CREATE TABLE ${keptTable(name)} AS\n${querySql(query)}`,
    append: (name, query) => sql`INSERT INTO ${keptTable(name)}\n${querySql(query)}`,
    discard: (name) => sql`DROP TABLE IF EXISTS ${keptTable(name)}`,
    ...trinoScript(keptTable),
  };
}

/** concat() takes about a hundred parts only, so a text with NULs is told by its bytes. */
function text(value: string): Sql {
  if (!value.includes("\0")) return literal(value);
  return sql`from_utf8(from_hex(${Buffer.from(value).toString("hex")}))`;
}

/** To the nearest, halves to the even one, as DuckDB does; a cast takes halves away from zero. */
function sentInteger(of: Sql): Sql {
  const even = sql`CAST(2 * round(${of} / 2e0) AS BIGINT)`;
  return sql`CASE WHEN abs(${of} - truncate(${of})) = 5e-1 THEN ${even} ELSE CAST(${of} AS BIGINT) END`;
}

function dayText(day: IsoDate): Sql {
  return sql`DATE ${day}`;
}

function numbers(from: Sql, until: Sql): Sql {
  return sql`CASE WHEN ${from} < ${until} THEN sequence(CAST(${from} AS BIGINT), CAST(${until} AS BIGINT) - 1) ELSE CAST(ARRAY[] AS ARRAY(BIGINT)) END`;
}

/** Depends on a column: otherwise a statement stops while it is planned. */
function stopAt(value: Sql, stop: string): Sql {
  return sql`CAST(fail(${stop} || substr(CAST(${value} AS VARCHAR), 1, 0)) AS BIGINT)`;
}
