/** Where tables that are kept on the way stand: the best that the user's rights allow. */
import { randomBytes } from "node:crypto";
import { identifier, literal, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { temporary } from "../../sql/dialects/postgresql.ts";
import type { PostgresqlPlaces } from "../../sql/dialects/postgresql.ts";
import type { Transaction } from "./transaction.ts";
import { fail } from "./problems.ts";

export type Keeping =
  /** In temporary tables, or in tables of a schema that nobody else sees before the transaction ends, which takes them back. */
  | { readonly kind: "tables"; readonly places: Pick<PostgresqlPlaces, "keptTable" | "making"> }
  /** In none: each statement has in it what it needs. */
  | { readonly kind: "queries" };

/** Problem: postgresql-scratch. */
export async function keepingFor(
  { query }: Transaction,
  { scratch, user }: { readonly scratch: string | null; readonly user: string },
): Promise<Keeping> {
  const { rows } = await query(String(rights(scratch)));
  const [isReadOnly, mayTemporary, mayScratch] = rows[0]?.map((right) => right === "t") ?? [];
  if (scratch !== null) {
    const grant = `GRANT USAGE, CREATE ON SCHEMA ${String(identifier(scratch))} TO ${String(identifier(user))}`;
    if (mayScratch !== true || isReadOnly === true)
      fail("postgresql-scratch", { schema: scratch, grant });
    return { kind: "tables", places: inSchema(scratch) };
  }
  return mayTemporary === true && isReadOnly !== true
    ? { kind: "tables", places: temporary }
    : { kind: "queries" };
}

/** A standby, and a user who is let read only, have transactions that read only. */
function rights(scratch: string | null): Sql {
  const schema = scratch === null ? sql`NULL` : literal(scratch);
  const isThere = sql`EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ${schema})`;
  return sql`SELECT current_setting('transaction_read_only') = 'on', has_database_privilege(current_database(), 'TEMPORARY'), CASE WHEN ${isThere} THEN has_schema_privilege(${schema}, 'CREATE') AND has_schema_privilege(${schema}, 'USAGE') END`;
}

/** Nobody else sees them, but two runs may not make a table of one name at the same time. */
function inSchema(schema: string): Pick<PostgresqlPlaces, "keptTable" | "making"> {
  const run = randomBytes(6).toString("hex");
  const table = (name: string): Sql =>
    sql`${identifier(schema)}.${word(`cohortline_${run}_${name}`)}`;
  return { keptTable: table, making: (name) => sql`CREATE UNLOGGED TABLE ${table(name)}` };
}
