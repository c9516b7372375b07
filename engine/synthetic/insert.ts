/** Statements that make and fill the tables of a TPP database. */
import type { PhysicalKind, PhysicalTable, PhysicalTables } from "../schema/physical-table.ts";
import { tppTables } from "../schema/tpp/tpp-tables.ts";
import { identifier, joinSql, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

export type TppTable = keyof typeof tppTables;

export const tableNames = Object.keys(tppTables) as readonly TppTable[];

/** An SQL expression for every column of the table. */
export type Columns = Readonly<Record<string, Sql>>;

const types = {
  int: sql`INTEGER`,
  long: sql`BIGINT`,
  real: sql`REAL`,
  bit: sql`BOOLEAN`,
  // Few different texts in each column: trying other ways to store them takes as long as storing them.
  text: sql`VARCHAR USING COMPRESSION dictionary`,
  date: sql`DATE`,
  datetime: sql`TIMESTAMP`,
} as const satisfies Record<PhysicalKind, Sql>;

/** Whole numbers that name something are wide: patients times rows go beyond 32 bits. */
function typeOf(column: string, kind: PhysicalKind): Sql {
  return kind === "int" && /(ID|Id|Ident)$/.test(column) ? sql`BIGINT` : types[kind];
}

export function createTable(table: TppTable): Sql {
  const columns = Object.entries(kindsOf(table)).map(
    ([column, kind]) => sql`${identifier(column)} ${typeOf(column, kind)}`,
  );
  return sql`CREATE TABLE ${identifier(table)} (${joinSql(columns, ", ")})`;
}

/** `from` is what follows FROM, conditions and all. */
export function insertInto(table: TppTable, columns: Columns, from: Sql): Sql {
  const values = ordered(table, columns);
  return sql`INSERT INTO ${identifier(table)} SELECT ${joinSql(values, ", ")} FROM ${from}`;
}

/** Rows that are written out, an expression per column. */
export function insertRows(table: TppTable, rows: readonly Columns[]): readonly Sql[] {
  const texts = rows.map((row) => sql`(${joinSql(ordered(table, row), ", ")})`);
  return inPieces(texts).map(
    (piece) => sql`INSERT INTO ${identifier(table)} VALUES ${joinSql(piece, ", ")}`,
  );
}

/** A statement with a hundred thousand rows takes DuckDB's parser long. */
export function inPieces<T>(rows: readonly T[], length = 2000): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(rows.length / length) }, (_, i) =>
    rows.slice(i * length, (i + 1) * length),
  );
}

function kindsOf(table: TppTable): PhysicalTable {
  return (tppTables as PhysicalTables)[table] ?? {};
}

/** A column that is forgotten or does not exist is a bug, and a database with NULLs would hide it. */
function ordered(table: TppTable, columns: Columns): readonly Sql[] {
  const names = Object.keys(kindsOf(table));
  const strange = Object.keys(columns).filter((name) => !names.includes(name));
  const forgotten = names.filter((name) => columns[name] === undefined);
  if (strange.length > 0 || forgotten.length > 0) {
    throw new Error(`${table}: no ${strange.join(" ")}; forgot ${forgotten.join(" ")}`);
  }
  return names.map((name) => columns[name] ?? sql`NULL`);
}
