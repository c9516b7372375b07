/** Statements that make and fill the tables of a TPP database. */
import type { PhysicalKind, PhysicalTable, PhysicalTables } from "../schema/physical-table.ts";
import { tppTables } from "../schema/tpp/tpp-tables.ts";
import { quoteName } from "./quote.ts";

export type TppTable = keyof typeof tppTables;

export const tableNames = Object.keys(tppTables) as readonly TppTable[];

/** An SQL expression for every column of the table. */
export type Columns = Readonly<Record<string, string>>;

const types = {
  int: "INTEGER",
  real: "REAL",
  bit: "BOOLEAN",
  text: "VARCHAR",
  date: "DATE",
  datetime: "TIMESTAMP",
} as const satisfies Record<PhysicalKind, string>;

/** Whole numbers that name something are wide: patients times rows go beyond 32 bits. */
function typeOf(column: string, kind: PhysicalKind): string {
  return kind === "int" && /(ID|Id|Ident)$/.test(column) ? "BIGINT" : types[kind];
}

export function createTable(table: TppTable): string {
  const columns = Object.entries(kindsOf(table)).map(
    ([column, kind]) => `${quoteName(column)} ${typeOf(column, kind)}`,
  );
  return `CREATE TABLE ${quoteName(table)} (${columns.join(", ")})`;
}

/** `from` is what follows FROM, conditions and all. */
export function insertInto(table: TppTable, columns: Columns, from: string): string {
  const values = ordered(table, columns);
  return `INSERT INTO ${quoteName(table)} SELECT ${values.join(", ")} FROM ${from}`;
}

/** Rows that are written out, an expression per column. */
export function insertRows(table: TppTable, rows: readonly Columns[]): readonly string[] {
  const texts = rows.map((row) => `(${ordered(table, row).join(", ")})`);
  return inPieces(texts).map(
    (piece) => `INSERT INTO ${quoteName(table)} VALUES ${piece.join(", ")}`,
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
function ordered(table: TppTable, columns: Columns): readonly string[] {
  const names = Object.keys(kindsOf(table));
  const strange = Object.keys(columns).filter((name) => !names.includes(name));
  const forgotten = names.filter((name) => columns[name] === undefined);
  if (strange.length > 0 || forgotten.length > 0) {
    throw new Error(`${table}: no ${strange.join(" ")}; forgot ${forgotten.join(" ")}`);
  }
  return names.map((name) => columns[name] ?? "NULL");
}
