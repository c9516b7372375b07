/** The tables that a database has, where they stand, the kinds of their columns, and which of them may be read. */
import type { FoundColumn } from "../../schema/check-provider.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import { providerKinds } from "../../schema/provider-kinds.ts";
import { joinSql, literal, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Session } from "../database/session.ts";

export interface FoundTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly (FoundColumn & { readonly mayRead: boolean })[];
  readonly mayUseSchema: boolean;
}

/** By their names in lower case; the first in the order of the schemas, and there the one that is spelt as expected. */
export async function foundTables(
  { rows }: Pick<Session, "rows">,
  schemas: readonly string[],
): Promise<ReadonlyMap<string, FoundTable>> {
  const expected = new Set(providerKinds.flatMap(({ tables }) => Object.keys(tables)));
  const found = await rows(catalogue(schemas, [...expected]));
  const tables = new Map<
    string,
    FoundTable & { readonly columns: FoundTable["columns"][number][] }
  >();
  for (const { s, t, c, d, may_use: mayUse, may_read: mayRead } of found) {
    const [schema, name, type] = [String(s), String(t), String(d)];
    const key = name.toLowerCase();
    const known = tables.get(key);
    const isSame = known?.schema === schema && known.name === name;
    const isBetter = known?.schema === schema && expected.has(name) && !expected.has(known.name);
    if (known !== undefined && !isSame && !isBetter) continue;
    const table =
      known !== undefined && isSame
        ? known
        : { schema, name, columns: [], mayUseSchema: mayUse === "t" };
    tables.set(key, table);
    table.columns.push({ name: String(c), type, kind: kindOf(type), mayRead: mayRead === "t" });
  }
  return tables;
}

/** Of the catalogue itself: the views of the standard hide what may not be read. */
function catalogue(schemas: readonly string[], names: readonly string[]): Sql {
  const places =
    schemas.length === 0
      ? sql`current_schemas(false)`
      : sql`CAST(ARRAY[${joinSql(schemas.map(literal), ", ")}] AS name[])`;
  const lowered = joinSql(
    names.map((name) => literal(name.toLowerCase())),
    ", ",
  );
  const type = sql`format_type(CASE WHEN y.typtype = 'd' THEN y.typbasetype ELSE y.oid END, NULL)`;
  const parts = [
    sql`SELECT n.nspname AS s, c.relname AS t, a.attname AS c, ${type} AS d,`,
    sql`has_schema_privilege(n.oid, 'USAGE') AS may_use, has_column_privilege(c.oid, a.attnum, 'SELECT') AS may_read`,
    sql`FROM unnest(${places}) WITH ORDINALITY AS p(name, place)`,
    sql`JOIN pg_catalog.pg_namespace n ON n.nspname = p.name`,
    sql`JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'v', 'm', 'f', 'p')`,
    sql`JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`,
    sql`JOIN pg_catalog.pg_type y ON y.oid = a.atttypid`,
    sql`WHERE lower(c.relname) IN (${lowered})`,
    sql`ORDER BY p.place, c.relname, a.attnum`,
  ];
  return joinSql(parts, "\n");
}

const kinds: Readonly<Record<string, PhysicalKind>> = {
  ...{ smallint: "int", integer: "int", bigint: "int" },
  ...{ real: "real", "double precision": "real", numeric: "real" },
  boolean: "bit",
  ...{ text: "text", "character varying": "text", character: "text", citext: "text" },
  date: "date",
  ...{ "timestamp without time zone": "datetime", "timestamp with time zone": "datetime" },
};

/** The kind of record column that a type holds; null for a type that none has. */
export function kindOf(type: string): PhysicalKind | null {
  return Object.hasOwn(kinds, type) ? (kinds[type] ?? null) : null;
}
