/** DuckDB as a session, and what only DuckDB does. */
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { CellType } from "../../duckdb/append-rows.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Session, UploadedKind, UploadedTable } from "../database/session.ts";

/** `close` closes the database as well. */
export function duckDbSession(db: DuckDb, close: () => void): Session {
  return {
    run: (statement) => db.run(statement),
    rows: (statement) => db.rows(statement),
    chunks: (statement) => db.chunks(statement),
    begin: (statement) => db.begin(statement),
    upload: (table) => upload(db, table),
    interrupt: () => {
      db.interrupt();
    },
    close: () => {
      close();
      return Promise.resolve();
    },
  };
}

/** Every number is held as the widest that the plan may put beside it. */
const cellTypes = {
  int: "BIGINT",
  real: "DOUBLE",
  text: "VARCHAR",
  date: "DATE",
} as const satisfies Record<UploadedKind, CellType>;

async function upload(db: DuckDb, { name, columns, rows }: UploadedTable): Promise<void> {
  const declared = Object.entries(columns).map(
    ([column, kind]) => sql`${word(column)} ${word(cellTypes[kind])}`,
  );
  await db.run(sql`CREATE TEMP TABLE ${word(name)} (${joinSql(declared, ", ")})`);
  const types = Object.values(columns).map((kind) => cellTypes[kind]);
  await db.append(name, types, rows);
}

/** How many rows DuckDB expects of a query. */
export async function expectedRows(db: DuckDb, query: Sql): Promise<number> {
  const [row] = await db.rows(sql`EXPLAIN (FORMAT json) ${query}`);
  const texts = Object.values(row ?? {}).map(String);
  const found = /"Estimated Cardinality": "~?(\d+)"/.exec(texts.join("\n"));
  return Number(found?.[1] ?? 0);
}
