/** A session that gets rows, as most drivers give them: small numbers as numbers, large ones as texts. */
import { ROWS_OF_A_CHUNK } from "../../engine/backend/database/session.ts";
import type {
  ColumnChunk,
  Session,
  TypedArray,
  TypedArrayType,
  UploadedTable,
} from "../../engine/backend/database/session.ts";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import type { Dialect } from "../../engine/sql/dialects/dialect.ts";
import { joinSql, sql, word } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";

type DriverRow = Readonly<Record<string, unknown>>;

export function rowSession(db: DuckDb, dialect: Dialect): Session {
  const rows = async (statement: Sql): Promise<readonly DriverRow[]> =>
    (await db.rows(statement)).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asDriven(value)])),
    );
  return {
    run: (statement) => db.run(statement),
    rows,
    chunks: async function* (statement) {
      const all = (await rows(statement)).map((row) => Object.values(row));
      for (let from = 0; from < all.length; from += ROWS_OF_A_CHUNK) {
        yield chunkOf(all.slice(from, from + ROWS_OF_A_CHUNK));
      }
    },
    begin: null,
    upload: (table) => insert(db, table, dialect),
    interrupt: () => {
      db.interrupt();
    },
    close: () => {
      db.close();
      return Promise.resolve();
    },
  };
}

function asDriven(value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function chunkOf(rows: readonly (readonly unknown[])[]): ColumnChunk {
  return {
    rows: rows.length,
    raw: <T extends TypedArray>(column: number, type: TypedArrayType<T>): T =>
      type.from(rows.map((row) => Number(row[column]))),
    values: (column) => rows.map((row) => row[column] ?? null),
  };
}

const types = {
  int: sql`BIGINT`,
  real: sql`DOUBLE`,
  text: sql`VARCHAR`,
  date: sql`DATE`,
} as const;

/** A statement for each row. */
async function insert(
  db: DuckDb,
  { name, columns, rows }: UploadedTable,
  dialect: Dialect,
): Promise<void> {
  const kinds = Object.values(columns);
  const declared = Object.entries(columns).map(([each, kind]) => sql`${word(each)} ${types[kind]}`);
  await db.run(sql`CREATE TABLE ${dialect.keptTable(name)} (${joinSql(declared, ", ")})`);
  for (const row of rows) {
    const cells = row.map((cell, i) => {
      if (cell === null) return sql`NULL`;
      if (kinds[i] === "date") return sql`DATE '1970-01-01' + ${cell}`;
      return typeof cell === "string" ? dialect.text(cell) : sql`${cell}`;
    });
    await db.run(sql`INSERT INTO ${dialect.keptTable(name)} VALUES (${joinSql(cells, ", ")})`);
  }
}
