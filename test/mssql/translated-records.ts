/** Records of a test behind the dialect of SQL Server, with no server: each statement climbs the ladder of `tsql-tools.ts`. */
import { ProblemError } from "../../engine/base/problems.ts";
import { PATIENTS_AT_ONCE } from "../../engine/backend/database/records.ts";
import type { Records as DatabaseRecords } from "../../engine/backend/database/records.ts";
import type { ColumnChunk, Session, UploadedTable } from "../../engine/backend/database/session.ts";
import type { TypedArray, TypedArrayType } from "../../engine/backend/database/session.ts";
import { ROWS_OF_A_CHUNK } from "../../engine/backend/database/session.ts";
import { problemOfStopped } from "../../engine/backend/database/stopped-statement.ts";
import type { PhysicalKind, PhysicalTable } from "../../engine/schema/physical-table.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import { mssql } from "../../engine/sql/dialects/mssql.ts";
import type { Sql } from "../../engine/text/sql.ts";
import type { Records, Row } from "../naive/row.ts";
import { Refused } from "./tsql-tools.ts";
import type { Answer, TsqlTools } from "./tsql-tools.ts";

const tables: Readonly<Record<string, PhysicalTable>> = tpp.tables;

/** What holds a column of records while statements are run translated. */
const types: { readonly [K in PhysicalKind]: string } = {
  int: "BIGINT",
  long: "BIGINT",
  real: "REAL",
  bit: "UTINYINT",
  text: "VARCHAR",
  date: "DATE",
  datetime: "TIMESTAMP",
};

export interface Translated {
  readonly tools: TsqlTools;
  readonly records: Records;
  readonly includeOptedOut: boolean;
}

/** Forgets all that was there. */
export async function translatedRecords(given: Translated): Promise<DatabaseRecords> {
  await given.tools.reset();
  return {
    session: sessionOf(given),
    dialect: mssql,
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
      if (!(error instanceof Refused)) throw error;
      const stopped = problemOfStopped(stoppedText(error.message));
      throw stopped === null ? error : new ProblemError([stopped]);
    },
    numbering: null,
    expectedRows: null,
  };
}

/** As the text that could not become a number is quoted. */
function stoppedText(message: string): string {
  return message.replace(/' to INT32[^]*$/, "");
}

function sessionOf({ tools, records }: Translated): Session {
  const ask = answering(tools, records);
  return {
    run: async (statement) => {
      await ask(statement);
    },
    rows: async (statement) => {
      const { columns, rows } = await ask(statement);
      return rows.map((row) => Object.fromEntries(columns.map(([name], i) => [name, row[i]])));
    },
    chunks: async function* (statement) {
      const { rows } = await ask(statement);
      for (let from = 0; from < rows.length; from += ROWS_OF_A_CHUNK) {
        yield chunkOf(rows.slice(from, from + ROWS_OF_A_CHUNK));
      }
    },
    begin: null,
    upload: (table) => upload(tools, table),
    interrupt: () => undefined,
    close: () => Promise.resolve(),
  };
}

/** A table of records is made when a statement first names it. */
export function answering(tools: TsqlTools, records: Records): (statement: Sql) => Promise<Answer> {
  const made = new Set<string>();
  return async (statement) => {
    const text = String(statement);
    for (const [name, columns] of Object.entries(tables)) {
      if (made.has(name) || !text.includes(String(mssql.recordTable(name)))) continue;
      made.add(name);
      const declared = Object.entries(columns).map(
        ([column, kind]) => [column, types[kind]] as const,
      );
      const rows = (records[name] ?? []).map((row) => cellsOf(row, columns));
      await tools.table(name, declared, rows);
    }
    return tools.run(text);
  };
}

function cellsOf(row: Row, columns: PhysicalTable): readonly unknown[] {
  return Object.entries(columns).map(([column, kind]) => {
    const value = row[column] ?? null;
    if (value === null) return null;
    if (kind === "bit") return value === true || value === 1 || value === "1" ? 1 : 0;
    return kind === "text" ? String(value) : value;
  });
}

/** As a bulk load would: no statement holds a row. */
async function upload(tools: TsqlTools, { name, columns, rows }: UploadedTable): Promise<void> {
  const kinds = Object.values(columns);
  const declared = Object.keys(columns).map((column, i) => {
    const kind = kinds[i] ?? "text";
    return [column, kind === "real" ? "DOUBLE" : types[kind]] as const;
  });
  const day = (of: unknown): string => new Date(Number(of) * 86_400_000).toISOString().slice(0, 10);
  const cells = [...rows].map((row) =>
    row.map((cell, i) => (kinds[i] === "date" && cell !== null ? day(cell) : cell)),
  );
  await tools.table(name, declared, cells);
}

function chunkOf(rows: readonly (readonly unknown[])[]): ColumnChunk {
  return {
    rows: rows.length,
    raw: <T extends TypedArray>(column: number, type: TypedArrayType<T>): T =>
      type.from(rows.map((row) => Number(row[column]))),
    values: (column) => rows.map((row) => row[column] ?? null),
  };
}
