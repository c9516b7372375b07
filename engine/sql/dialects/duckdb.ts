/** SQL as DuckDB speaks it. */
import type { ValueType } from "../../base/value-types.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { Dialect, OrderedBy, Sql, DateRange } from "./dialect.ts";
import { completedYears, shiftDate } from "./duckdb-dates.ts";
import { duckdbScript } from "./duckdb-script.ts";
import { duckdbSource } from "./duckdb-sources.ts";

/** What columns of each kind are in a DuckDB database. */
export const duckDbTypes: { readonly [K in PhysicalKind]: string } = {
  int: "BIGINT",
  real: "DOUBLE",
  bit: "BOOLEAN",
  text: "VARCHAR",
  date: "DATE",
  datetime: "TIMESTAMP",
};

/** What `CohortBatch` holds: NO_DATE where there is none. */
const sent: { readonly [T in ValueType]: (of: Sql) => Sql } = {
  bool: (of) => `CAST(${of} AS UTINYINT)`,
  // To the nearest, where a number with a fraction stands in a column of whole ones.
  int: (of) => `CAST(CAST(${of} AS BIGINT) AS DOUBLE)`,
  float: (of) => `CAST(${of} AS DOUBLE)`,
  str: (of) => `CAST(${of} AS VARCHAR)`,
  date: (of) => `CAST(coalesce(CAST(${of} AS DATE) - DATE '1970-01-01', ${NO_DATE}) AS INTEGER)`,
};

const NO_DATE = -2_147_483_648;

/** Digits before and after the point of the sums that stand for numbers of any size met in records. */
const DECIMAL = "DECIMAL(38, 12)";

export const duckdb = {
  name: "duckdb",

  quoteName,
  text,
  day: (day) => `DATE '${day}'`,
  integer: (value) => `CAST(${value} AS BIGINT)`,
  float: (value) => `CAST('${value}' AS DOUBLE)`,
  missing: (kind) => `CAST(NULL AS ${duckDbTypes[kind]})`,

  fold: (of) => `lower(rtrim(${of}, ' '))`,
  length: (of) => `length(${of})`,
  leading: (of, characters) => `left(${of}, ${characters})`,
  contains: (of, part) => `contains(${of}, ${part})`,
  containsAfterBreak: (of, part) => `regexp_matches(${of}, '[^a-z0-9]' || regexp_escape(${part}))`,

  wordsAfterBreaks: (of) =>
    `SELECT unnest(string_split(regexp_replace(${of}, '[^a-z0-9]', chr(1), 'g'), chr(1))[2:]) AS word`,

  dayOf: (of) => `CAST(${of} AS DATE)`,
  shiftDate,
  year: (of) => `year(${of})`,
  completedYears,
  daysBetween: (from, to) => `(${to} - ${from})`,
  shownDate: (of, format) => `coalesce(left(CAST(${of} AS VARCHAR), ${format.length}), '')`,

  // A 32-bit number prints as its shortest decimal; 64 bits hold that exactly enough to print it again.
  decimal: (of) => `CAST(CAST(${of} AS VARCHAR) AS DOUBLE)`,
  rounded: (of, digits) => `round(${of}, ${digits})`,
  // DuckDB's own operator keeps the fraction of a DOUBLE.
  integerQuotient: (left, right) => `(CAST(${left} AS BIGINT) // CAST(${right} AS BIGINT))`,
  floatQuotient: (left, right) => `(CAST(${left} AS DOUBLE) / ${right})`,
  orStop: (value, unless, message) =>
    `CASE WHEN ${unless} = 0 THEN ${stopAt(unless, message)} ELSE ${value} END`,
  lot: (patient, salt) =>
    `(CAST('0x' || left(md5(${text(`${salt}:`)} || ${patient}), 8) AS BIGINT) * 100.0 / 4294967296)`,
  extreme: (take, of) => `${take}(${of.join(", ")})`,

  decimalSum: (of) => `sum(TRY_CAST(CAST(${of} AS VARCHAR) AS ${DECIMAL}))`,
  asNumber: (of) => `CAST(${of} AS DOUBLE)`,
  aggregate: (call, when) => (when === null ? call : `${call} FILTER (WHERE ${when})`),
  anyBits: (of) => `bit_or(${of})`,
  hasBit: (of, bit) => `CASE WHEN (${of} & ${bit}) <> 0 THEN 1 END`,
  pick,
  member: (picked, field) => `${picked}.${quoteName(field)}`,
  carried: (value, window, end) => `${end}_value(${value} IGNORE NULLS) OVER ${window}`,
  repeated: (relation, from, until) =>
    `(SELECT *, unnest(range(${from}, ${until})) AS k FROM ${relation})`,
  daysWithin,
  rowsOf,

  sent: (type, of) => sent[type](of),

  sentNumber: (of) => `CAST(${of} AS UINTEGER)`,
  numberWords: (type, query) =>
    `CREATE TEMP TYPE ${type} AS ENUM (SELECT DISTINCT w.word FROM (${query}) w WHERE w.word IS NOT NULL ORDER BY w.word)`,
  asWord: (type, of) => `CAST(${of} AS ${type})`,
  numbered: (of) => `CAST(enum_code(${of}) AS UINTEGER)`,

  source: (of, column) => duckdbSource(of, column, { text, types: duckDbTypes }),

  named: (name, query) => `${name} AS NOT MATERIALIZED (${query})`,

  keep: (table, query) => `CREATE TEMP TABLE ${table} AS\n${query}`,
  append: (table, query) => `INSERT INTO ${table}\n${query}`,
  discard: (table) => `DROP TABLE IF EXISTS ${table}`,

  ...duckdbScript({ text, quoteName }),
} as const satisfies Dialect;

/** DuckDB has no NUL in names. Authors may; cohorts are read by place, so that only people see the sign for it. */
function quoteName(name: string): Sql {
  return `"${name.replaceAll('"', '""').replaceAll("\0", "\u2400")}"`;
}

/** NUL ends a statement's text for the parser, so it is named by its number; thousands of `||` are too deep. */
function text(value: string): Sql {
  const quoted = value.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return quoted.length === 1 ? (quoted[0] ?? "''") : `concat(${quoted.join(", chr(0), ")})`;
}

function rowsOf(rows: readonly (readonly Sql[])[], columns: readonly string[]): Sql {
  const values = rows.map((row) => `(${row.join(", ")})`);
  return `(VALUES ${values.join(", ")}) AS v(${columns.join(", ")})`;
}

function daysWithin(ranges: readonly DateRange[], names: readonly string[]): Sql {
  const rows = ranges.map(({ first, last, values }) => [
    `DATE '${first}'`,
    `DATE '${last}'`,
    ...values.map(String),
  ]);
  // Without ranges no row counts, but the table must have its columns.
  const none = ["DATE '9999-12-31'", "DATE '0001-01-01'", ...names.map(() => "0")];
  const table = rowsOf(rows.length === 0 ? [none] : rows, ["first", "last", ...names]);
  const days = "CAST(unnest(generate_series(v.first, v.last, INTERVAL 1 DAY)) AS DATE)";
  return `SELECT ${days} AS day, ${names.map((name) => `v.${name}`).join(", ")} FROM ${table}`;
}

/** Depends on a column, so that it is not worked out before there are rows. */
function stopAt(value: Sql, stop: string): Sql {
  return `error(${text(stop)} || left(CAST(${value} AS VARCHAR), 0))`;
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
  const members = Object.entries(fields).map(([name, of]) => `${text(name)}: ${of}`);
  const row = `{${members.length === 0 ? "'none': 0" : members.join(", ")}}`;
  const [date, id, ...more] = order;
  const isPacked =
    date?.holds === "date" && more.length === 0 && (id === undefined || isAscendingId(id));
  if (isPacked) {
    const time = `CAST(coalesce(epoch_us(CAST(${date.of} AS TIMESTAMP)), -4000000000000000000) AS HUGEINT)`;
    const sign = date.descending ? "-" : "+";
    const key = id === undefined ? time : `${time} * 9223372036854775807 ${sign} ${id.of}`;
    return duckdb.aggregate(`arg_${date.descending ? "max" : "min"}(${row}, ${key})`, when);
  }
  const by = order.map(
    ({ of, descending }) => `${of} ${descending ? "DESC NULLS LAST" : "ASC NULLS FIRST"}`,
  );
  return duckdb.aggregate(`first(${row} ORDER BY ${by.join(", ")})`, when);
}

function isAscendingId({ holds, descending }: OrderedBy): boolean {
  return holds === "id" && !descending;
}
