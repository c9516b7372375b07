/** The tables of a DuckDB file in the hive catalog of the server of `test/trino/server.sh`, as Parquet that DuckDB writes. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Session } from "../engine/backend/database/session.ts";
import { openDuckDb } from "../engine/duckdb/duckdb.ts";
import type { PhysicalKind } from "../engine/schema/physical-table.ts";
import { tppTables } from "../engine/schema/tpp/tpp-tables.ts";
import { identifier, joinSql, literal, sql } from "../engine/text/sql.ts";
import type { Sql } from "../engine/text/sql.ts";

const types: { readonly [K in PhysicalKind]: Sql } = {
  int: sql`BIGINT`,
  long: sql`BIGINT`,
  real: sql`REAL`,
  bit: sql`BOOLEAN`,
  text: sql`VARCHAR`,
  date: sql`DATE`,
  datetime: sql`TIMESTAMP`,
};

/** In the schema `hive.SCHEMA`; `warehouse` is the folder that the catalog calls `local:///`. */
export async function writeHiveTables(
  session: Pick<Session, "run">,
  { file, schema, warehouse }: { file: string; schema: string; warehouse: string },
): Promise<void> {
  rmSync(join(warehouse, schema), { recursive: true, force: true });
  const db = await openDuckDb({ path: file, readOnly: true });
  const found = await db.rows(sql`SELECT table_name AS name FROM duckdb_tables() ORDER BY 1`);
  const there = new Set(found.map(({ name }) => String(name)));
  await session.run(sql`CREATE SCHEMA IF NOT EXISTS hive.${identifier(schema)}`);
  for (const [name, columns] of Object.entries(tppTables)) {
    if (!there.has(name)) continue;
    const folder = join(warehouse, schema, name.toLowerCase());
    mkdirSync(folder, { recursive: true });
    const kinds = Object.entries<PhysicalKind>(columns);
    const cast = kinds.map(([column, kind]) => {
      const of = identifier(column);
      return sql`CAST(${of} AS ${types[kind]}) AS ${of}`;
    });
    const to = literal(join(folder, "data.parquet"));
    await db.run(
      sql`COPY (SELECT ${joinSql(cast, ", ")} FROM ${identifier(name)}) TO ${to} (FORMAT parquet, COMPRESSION zstd)`,
    );
    const declared = kinds.map(([column, kind]) => {
      return sql`${identifier(column)} ${kind === "datetime" ? sql`TIMESTAMP(3)` : types[kind]}`;
    });
    const table = sql`hive.${identifier(schema)}.${identifier(name)}`;
    const place = literal(`local:///${schema}/${name.toLowerCase()}`);
    await session.run(sql`DROP TABLE IF EXISTS ${table}`);
    await session.run(
      sql`CREATE TABLE ${table} (${joinSql(declared, ", ")}) WITH (format = 'PARQUET', external_location = ${place})`,
    );
  }
  db.close();
}
