/** Records of a test as tables in the memory of a real Trino, in a schema of their own. */
import { ProblemError } from "../../engine/base/problems.ts";
import { PATIENTS_AT_ONCE } from "../../engine/backend/database/records.ts";
import type { Records as DatabaseRecords } from "../../engine/backend/database/records.ts";
import type { ColumnChunk, Session, UploadedTable } from "../../engine/backend/database/session.ts";
import type { TypedArray, TypedArrayType } from "../../engine/backend/database/session.ts";
import { ROWS_OF_A_CHUNK } from "../../engine/backend/database/session.ts";
import { problemOfStopped } from "../../engine/backend/database/stopped-statement.ts";
import type { PhysicalKind, PhysicalTable } from "../../engine/schema/physical-table.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import type { Dialect } from "../../engine/sql/dialects/dialect.ts";
import { trino } from "../../engine/sql/dialects/trino.ts";
import { identifier, joinSql, sql, word } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";
import type { Records, Row } from "../naive/row.ts";
import { askTrino } from "./ask-trino.ts";
import type { Answer } from "./ask-trino.ts";

const types: { readonly [K in PhysicalKind]: Sql } = {
  int: sql`BIGINT`,
  long: sql`BIGINT`,
  real: sql`REAL`,
  bit: sql`BOOLEAN`,
  text: sql`VARCHAR`,
  date: sql`DATE`,
  datetime: sql`TIMESTAMP(3)`,
};

const tables: Readonly<Record<string, PhysicalTable>> = tpp.tables;

export interface TrinoRecords {
  readonly url: string;
  /** Of the catalog `memory`; made and dropped by `inTrino`. */
  readonly schema: string;
  readonly records: Records;
  readonly includeOptedOut: boolean;
}

let schemas = 0;

/** The schema is gone afterwards, with all that a run has left in it. */
export async function inTrino<T>(
  given: Omit<TrinoRecords, "schema">,
  act: (records: DatabaseRecords) => Promise<T>,
): Promise<T> {
  const schema = `test_${process.pid}_${++schemas}`;
  await askTrino(given.url, sql`CREATE SCHEMA memory.${word(schema)}`);
  try {
    return await act(recordsIn({ ...given, schema }));
  } finally {
    await askTrino(given.url, sql`DROP SCHEMA memory.${word(schema)} CASCADE`);
  }
}

function recordsIn(given: TrinoRecords): DatabaseRecords {
  const within = sql`memory.${word(given.schema)}`;
  const dialect = trino({
    recordTable: (name) => sql`${within}.${identifier(name)}`,
    keptTable: (name) => sql`${within}.${word(`kept_${name}`)}`,
  });
  return {
    session: sessionOf(given, dialect),
    dialect,
    provider: tpp,
    includeOptedOut: given.includeOptedOut,
    patientsAtOnce: PATIENTS_AT_ONCE,
    tables: new Map(
      Object.entries(tables).map(([table, columns]) => [
        table.toLowerCase(),
        Object.entries(columns).map(([name, kind]) => ({ name, type: kind, kind })),
      ]),
    ),
    warnings: [],
    version: () => Promise.resolve("test"),
    ready: () => Promise.resolve(),
    fail: (error) => {
      if (error instanceof ProblemError || !(error instanceof Error)) throw error;
      const stopped = problemOfStopped(error.message);
      throw stopped === null ? error : new ProblemError([stopped]);
    },
    numbering: null,
    expectedRows: null,
  };
}

/** A table is made when a statement first names it: each statement takes a server its time. */
function sessionOf(given: TrinoRecords, dialect: Dialect): Session {
  const made = new Set<string>();
  const ask = async (statement: Sql): Promise<Answer> => {
    const text = String(statement);
    for (const [name, columns] of Object.entries(tables)) {
      const called = dialect.recordTable(name);
      if (made.has(name) || !text.includes(String(called))) continue;
      made.add(name);
      const rows = given.records[name] ?? [];
      for (const each of tableStatements(called, columns, rows)) await askTrino(given.url, each);
    }
    return askTrino(given.url, statement);
  };
  return {
    run: async (statement) => {
      await ask(statement);
    },
    rows: async (statement) => {
      const { names, rows } = await ask(statement);
      return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
    },
    chunks: async function* (statement) {
      const { rows } = await ask(statement);
      for (let from = 0; from < rows.length; from += ROWS_OF_A_CHUNK) {
        yield chunkOf(rows.slice(from, from + ROWS_OF_A_CHUNK));
      }
    },
    begin: null,
    upload: async (table) => {
      for (const statement of uploadStatements(table, dialect))
        await askTrino(given.url, statement);
    },
    interrupt: () => undefined,
    close: () => Promise.resolve(),
  };
}

function chunkOf(rows: readonly (readonly unknown[])[]): ColumnChunk {
  return {
    rows: rows.length,
    raw: <T extends TypedArray>(column: number, type: TypedArrayType<T>): T =>
      type.from(rows.map((row) => Number(row[column]))),
    values: (column) => rows.map((row) => row[column] ?? null),
  };
}

/** One statement where there are rows: each makes a plan of its own. */
function tableStatements(
  called: Sql,
  columns: PhysicalTable,
  rows: readonly Row[],
): readonly Sql[] {
  const declared = Object.entries(columns).map(
    ([name, kind]) => sql`${identifier(name)} ${types[kind]}`,
  );
  const create = sql`CREATE TABLE ${called} (${joinSql(declared, ", ")})`;
  if (rows.length === 0) return [create];
  const names = Object.keys(columns).filter((name) => rows.some((row) => row[name] != null));
  const values = rows.map((row) => {
    const cells = names.map((name) => cell(row[name], columns[name] ?? "text"));
    return sql`(${joinSql(cells, ", ")})`;
  });
  const filled = joinSql(names.map(identifier), ", ");
  return [create, sql`INSERT INTO ${called} (${filled}) VALUES ${joinSql(values, ", ")}`];
}

function cell(value: unknown, kind: PhysicalKind): Sql {
  if (value === null || value === undefined) return sql`NULL`;
  if (kind === "bit")
    return value === true || value === 1 || value === "1" ? sql`TRUE` : sql`FALSE`;
  if (typeof value !== "string" && typeof value !== "number") throw new Error("no value of a row");
  return sql`CAST(${String(value).replace(/T(?=\d)/, kind === "datetime" ? " " : "T")} AS ${types[kind]})`;
}

function uploadStatements(
  { name, columns, rows }: UploadedTable,
  dialect: Dialect,
): readonly Sql[] {
  const kinds = Object.values(columns);
  const called = dialect.keptTable(name);
  const declared = Object.entries(columns).map(
    ([each, kind]) => sql`${word(each)} ${kind === "real" ? sql`DOUBLE` : types[kind]}`,
  );
  const values = [...rows].map((row) => {
    const cells = row.map((value, i) => uploaded(value, kinds[i] ?? "text", dialect));
    return sql`(${joinSql(cells, ", ")})`;
  });
  const create = sql`CREATE TABLE ${called} (${joinSql(declared, ", ")})`;
  const inserts: Sql[] = [];
  for (let from = 0; from < values.length; from += 1000) {
    inserts.push(
      sql`INSERT INTO ${called} VALUES ${joinSql(values.slice(from, from + 1000), ", ")}`,
    );
  }
  return [create, ...inserts];
}

function uploaded(
  value: string | number | bigint | null,
  kind: PhysicalKind,
  dialect: Dialect,
): Sql {
  if (value === null) return sql`NULL`;
  if (kind === "date") return sql`date_add('day', ${Number(value)}, DATE '1970-01-01')`;
  if (typeof value === "string") return dialect.text(value);
  return kind === "int" ? sql`BIGINT ${String(value)}` : dialect.float(Number(value));
}
