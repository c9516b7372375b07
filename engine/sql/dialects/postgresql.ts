/** SQL as PostgreSQL speaks it, from version 15 on. */
import type { ValueType } from "../../base/value-types.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import { identifier, joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { tableForEach } from "../codelist-tables.ts";
import { querySql } from "../query.ts";
import { daysBefore } from "./days-before.ts";
import type { Dialect, NumberRange } from "./dialect.ts";
import { postgresqlCodes } from "./postgresql-codes.ts";
import { completedYears, onDays, partOf, rangeOfDay, shiftDate } from "./postgresql-dates.ts";
import { postgresqlScript } from "./postgresql-script.ts";
import { postgresqlSource, unreadable } from "./postgresql-sources.ts";
import { exactly, lower, quoteName, text } from "./postgresql-text.ts";
import { rowsOf } from "./rows-of.ts";

/** What columns of each kind are in a PostgreSQL database. */
export const postgresqlTypes: { readonly [K in PhysicalKind]: Sql } = {
  int: sql`bigint`,
  long: sql`bigint`,
  real: sql`float8`,
  bit: sql`boolean`,
  text: sql`text`,
  date: sql`date`,
  datetime: sql`timestamp`,
};

/** Where tables stand, and how one begins that is kept. */
export interface PostgresqlPlaces extends Pick<
  Dialect,
  "recordTable" | "recordColumn" | "keptTable"
> {
  /** `CREATE … TABLE` and its name. */
  readonly making: (name: string) => Sql;
  /** An aggregate that adds up in an order, by its name; null where none may be made. */
  readonly adding: Sql | null;
}

/** The session's own, which no table of another schema hides. */
export const temporary = {
  keptTable: (name) => sql`pg_temp.${word(name)}`,
  making: (name) => sql`CREATE TEMPORARY TABLE ${word(name)}`,
} as const satisfies Pick<PostgresqlPlaces, "keptTable" | "making">;

/** For a script: whoever runs it says in which schema the records are. */
export const plainPlaces: PostgresqlPlaces = {
  ...temporary,
  recordTable: identifier,
  recordColumn: (alias, name, kind) => exactColumn(sql`${word(alias)}.${identifier(name)}`, kind),
  adding: null,
};

/** A text with trailing spaces that only fill it up has none. */
export function exactColumn(column: Sql, kind: PhysicalKind): Sql {
  return kind === "text" ? exactly(sql`CAST(${column} AS text)`) : column;
}

/** As `CohortBatch` holds it; of 32 bits, as the difference of two days. */
const NO_DATE = sql`CAST(-2147483648 AS integer)`;

const sent: { readonly [T in ValueType]: (of: Sql) => Sql } = {
  bool: (of) => sql`CAST(${of} AS integer)`,
  int: (of) => sql`CAST(${of} AS bigint)`,
  float: (of) => sql`CAST(${of} AS float8)`,
  str: (of) => exactly(sql`CAST(${of} AS text)`),
  date: (of) => sql`coalesce(CAST(${of} AS date) - DATE '1970-01-01', ${NO_DATE})`,
};

/** All that does not depend on where tables stand. */
const speech = {
  name: "postgresql",

  holdsNul: false,
  quoteName,
  text,
  day: (day) => sql`DATE ${day}`,
  dayOfNumber: (days, number) =>
    sql`(ARRAY[${joinSql(
      days.map((day) => sql`DATE ${day}`),
      ", ",
    )}])[${number} + 1]`,
  integer: (value) => sql`CAST(${value} AS bigint)`,
  float: (value) => sql`CAST(${String(value)} AS float8)`,
  missing: (kind) => {
    const none = sql`CAST(NULL AS ${postgresqlTypes[kind]})`;
    return kind === "text" ? exactly(none) : none;
  },

  fold: (of) => lower(sql`rtrim(${of}, ' ')`),
  length: (of) => sql`length(${of})`,
  leading: (of, characters) => sql`left(${of}, ${characters})`,
  contains: (of, part) => sql`(strpos(${of}, ${part}) > 0)`,
  ...postgresqlCodes,

  dayOf: (of) => sql`CAST(${of} AS date)`,
  onDays,
  shiftDate,
  year: (of) => partOf("year", of),
  completedYears,
  daysBefore,
  daysBetween: (from, to) => sql`(${to} - ${from})`,
  shownDate: (of, format) =>
    exactly(sql`coalesce(left(to_char(${of}, 'YYYY-MM-DD'), ${format.length}), '')`),

  // A 32-bit number prints as its shortest decimal, and so does a decimal of any length.
  decimal: (of) => sql`CAST(CAST(${of} AS text) AS float8)`,
  rounded: (of, digits) => sql`CAST(round(CAST(${of} AS numeric), ${digits}) AS float8)`,
  integerQuotient: (left, right) => sql`(CAST(${left} AS bigint) / CAST(${right} AS bigint))`,
  floatQuotient: (left, right) => sql`(CAST(${left} AS float8) / ${right})`,
  orStop: (value, unless, message) =>
    sql`CASE WHEN ${unless} = 0 THEN ${stopAt(unless, message)} ELSE ${value} END`,
  lot,
  extreme: (take, of) => sql`${word(take)}(${joinSql(of, ", ")})`,

  decimalSum: (of) => sql`sum(${asDecimal(of)})`,
  asNumber: (of) => sql`CAST(${of} AS float8)`,
  whole: (of) => sql`CAST(${of} AS bigint)`,
  aggregate: (call, of, when) =>
    when === null ? call(of ?? sql`*`) : sql`${call(of ?? sql`*`)} FILTER (WHERE ${when})`,
  groupingOf: (keys) => sql`grouping(${joinSql(keys, ", ")})`,
  bits: {
    any: (of) => sql`bit_or(${of})`,
    has: (of, bit) => sql`CASE WHEN (${of} & ${bit}) <> 0 THEN 1 END`,
  },
  picks: {
    kind: "ranked",
    only: (of, isFlag) => (isFlag ? sql`bool_or(${of})` : sql`max(${of})`),
  },
  repeated: (relation, { from, until }: NumberRange) =>
    sql`(SELECT q.*, e.k FROM ${relation} q CROSS JOIN LATERAL generate_series(${from}, ${until} - 1) AS e(k))`,
  isTrue: (of) => sql`(${of} = TRUE)`,
  ordered: (of, descending) =>
    sql`${of} ${descending ? sql`DESC NULLS LAST` : sql`ASC NULLS FIRST`}`,
  rangeOfDay,
  rowsOf,

  sent: (type, of) => sent[type](of),
  sentNumber: (of) => sql`CAST(${of} AS bigint)`,
  source: postgresqlSource,
  unreadable,
  timeText: (of) => exactly(sql`to_char(${of}, 'YYYY-MM-DD HH24:MI:SS.US')`),

  // What is worked out in it is worked out once, however often it is read in the one behind it.
  named: (name, query) => sql`${word(name)} AS NOT MATERIALIZED (${query} OFFSET 0)`,
} as const satisfies Partial<Dialect>;

export function postgresql(places: PostgresqlPlaces): Dialect {
  const { recordTable, recordColumn, keptTable, making, adding } = places;
  return {
    ...speech,
    recordTable,
    recordColumn,
    keptTable,
    codelists: tableForEach(keptTable),
    sumInOrder: adding === null ? null : (of, order) => sql`${adding}(${of} ORDER BY ${order})`,
    // Nobody else looks at a table of the session, so the server knows nothing of its rows unless told to look.
    keep: (name, query) => sql`${making(name)} AS\n${querySql(query)};\nANALYZE ${keptTable(name)}`,
    append: (name, query) => sql`INSERT INTO ${keptTable(name)}\n${querySql(query)}`,
    discard: (name) => sql`DROP TABLE IF EXISTS ${keptTable(name)}`,
    ...postgresqlScript(making),
  };
}

/** Twelve digits behind the point, as in the other databases; what has no end or is no number is passed over. */
function asDecimal(of: Sql): Sql {
  return sql`CASE WHEN abs(${of}) < 1e26 THEN CAST(CAST(${of} AS text) AS numeric(38, 12)) END`;
}

/** The number that the first four bytes of a checksum are. */
function lot(patient: Sql, salt: string): Sql {
  const bytes = sql`convert_to(${text(`${salt}:`)} || ${patient}, 'UTF8')`;
  return sql`(CAST(CAST('x' || left(md5(${bytes}), 8) AS bit(32)) AS bigint) * CAST(100 AS float8) / 4294967296)`;
}

/** Depends on a column: otherwise a statement could stop before there are rows. The error quotes the text. */
function stopAt(value: Sql, message: string): Sql {
  return sql`CAST(${text(`${message}\n`)} || left(CAST(${value} AS text), 0) AS bigint)`;
}
