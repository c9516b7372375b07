/** The tables that a schema has, and the kinds of their columns. */
import type { FoundColumn, FoundTables } from "../../schema/check-provider.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import { identifier, sql } from "../../text/sql.ts";
import type { Session } from "../database/session.ts";
import { fail } from "./problems.ts";
import type { SchemaName } from "./trino-url.ts";

/** Names are lower-cased, as catalogs have them. Problem: trino-not-found. */
export async function foundTables(
  { rows }: Pick<Session, "rows">,
  { catalog, schema }: SchemaName,
): Promise<FoundTables> {
  const information = sql`${identifier(catalog)}.information_schema`;
  const name = schema.toLowerCase();
  const found = await rows(
    sql`SELECT table_name AS t, column_name AS c, data_type AS d FROM ${information}.columns WHERE table_schema = ${name} ORDER BY table_name, ordinal_position`,
  );
  const tables = new Map<string, FoundColumn[]>();
  for (const { t, c, d } of found) {
    const type = String(d);
    const columns = tables.get(String(t)) ?? [];
    columns.push({ name: String(c), type, kind: kindOf(type) });
    tables.set(String(t), columns);
  }
  if (tables.size > 0) return tables;
  const schemas = await rows(
    sql`SELECT schema_name AS s FROM ${information}.schemata WHERE schema_name = ${name}`,
  );
  return schemas.length > 0 ? tables : fail("trino-not-found", { what: "schema" });
}

/** The kind of record column that a type of Trino holds; null for a type that none has. */
export function kindOf(type: string): PhysicalKind | null {
  if (/^(?:tinyint|smallint|integer|bigint)$/.test(type)) return "int";
  if (/^(?:real|double|decimal\b.*)$/.test(type)) return "real";
  if (type === "boolean") return "bit";
  if (/^(?:varchar|char)\b/.test(type)) return "text";
  if (type === "date") return "date";
  return type.startsWith("timestamp") ? "datetime" : null;
}
