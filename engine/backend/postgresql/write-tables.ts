/** Tables of ours in a schema of a PostgreSQL: all of them, or none. */
import { identifier, joinSql, literal, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import type { TablesToWrite, TablesWriter, WritingFrom } from "../database/tables-writer.ts";
import { openConnection } from "./connection.ts";
import type { Connection } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { loginOf } from "./login.ts";
import { patienceOf } from "./patience.ts";
import { PostgresqlError } from "./postgresql-error.ts";
import { failForPostgresql } from "./postgresql-problem.ts";
import { parsePostgresqlUrl } from "./postgresql-url.ts";
import type { PostgresqlUrl } from "./postgresql-url.ts";
import { fail } from "./problems.ts";

const types: { readonly [K in PhysicalKind]: Sql } = {
  int: sql`integer`,
  long: sql`bigint`,
  real: sql`numeric`,
  bit: sql`boolean`,
  text: sql`varchar`,
  date: sql`date`,
  datetime: sql`timestamp`,
};

/** In one transaction. Problems besides: postgresql-schema-none, postgresql-tables-there, postgresql-write. */
export const postgresqlWriter: TablesWriter = {
  refuseThere: (url, from, asked) =>
    inSchema(url, from, async (connection, schema) => {
      await namesToDrop(connection, schema, asked);
    }),
  write: (url, from, asked) =>
    inSchema(url, from, (connection, schema) => writeAll(connection, schema, asked)),
};

async function inSchema<T>(
  text: string,
  { workspace, outside }: WritingFrom,
  act: (connection: Connection, schema: string) => Promise<T>,
): Promise<T> {
  const { environment, note } = outside;
  const url = parsePostgresqlUrl(text, environment);
  const [schema, ...others] = url.schemas;
  if (schema === undefined || others.length > 0) return fail("postgresql-schema-none", {});
  const to = { url, login: loginOf(url, { environment, workspace }, note) };
  const driver = await loadDriver();
  const connection = await openConnection(driver, to, patienceOf(url, note)).catch(
    (error: unknown) => failForPostgresql(error, []),
  );
  try {
    return await act(connection, schema);
  } catch (error) {
    return failToWrite(error, schema, url);
  } finally {
    // What is not committed is not there.
    await connection.close();
  }
}

async function writeAll(
  connection: Connection,
  schema: string,
  { tables, force, signal, onTable }: TablesToWrite,
): Promise<boolean> {
  const run = (statement: Sql): Promise<unknown> => connection.query(String(statement));
  await run(sql`BEGIN`);
  await makeSchema(connection, schema);
  const names = tables.map(({ name }) => name);
  for (const name of await namesToDrop(connection, schema, { names, force }))
    await run(sql`DROP TABLE ${place(schema, name)}`);
  for (const { name, columns, indexes, csv } of tables) {
    const declared = Object.entries(columns).map(
      ([column, kind]) => sql`${identifier(column)} ${types[kind]}`,
    );
    const at = place(schema, name);
    await run(sql`CREATE TABLE ${at} (${joinSql(declared, ", ")})`);
    await connection.copyIn(String(sql`COPY ${at} FROM STDIN (FORMAT csv)`), until(signal, csv()));
    if (signal.aborted) return false;
    for (const column of indexes) await run(sql`CREATE INDEX ON ${at} (${identifier(column)})`);
    await run(sql`ANALYZE ${at}`);
    onTable();
  }
  if (signal.aborted) return false;
  await run(sql`COMMIT`);
  return true;
}

function place(schema: string, name: string): Sql {
  return sql`${identifier(schema)}.${identifier(name)}`;
}

/** Who may use a schema need not be allowed to make one. */
async function makeSchema({ query }: Connection, schema: string): Promise<void> {
  const found = await query(
    String(sql`SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ${literal(schema)}`),
  );
  if (found.rows.length === 0) await query(String(sql`CREATE SCHEMA ${identifier(schema)}`));
}

async function namesToDrop(
  { query }: Connection,
  schema: string,
  { names, force }: { readonly names: readonly string[]; readonly force: boolean },
): Promise<readonly string[]> {
  const wanted = joinSql(names.map(literal), ", ");
  const { rows } = await query(
    String(sql`SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ${literal(schema)} AND c.relname IN (${wanted}) ORDER BY 1`),
  );
  const there = rows.flatMap(([name]) => name ?? []);
  if (there.length > 0 && !force) fail("postgresql-tables-there", { schema, tables: there });
  return there;
}

function* until(signal: AbortSignal, pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const piece of pieces) {
    if (signal.aborted) return;
    yield piece;
  }
}

const NO_RIGHT = "42501";

function failToWrite(error: unknown, schema: string, { user, database }: PostgresqlUrl): never {
  if (!(error instanceof PostgresqlError) || error.state !== NO_RIGHT)
    return failForPostgresql(error, []);
  const to = String(identifier(user));
  const grants = [
    `GRANT CREATE ON DATABASE ${String(identifier(database))} TO ${to}`,
    `GRANT USAGE, CREATE ON SCHEMA ${String(identifier(schema))} TO ${to}`,
  ];
  return fail("postgresql-write", { schema, grants });
}
