/** The tables that a database has, where they stand, the kinds of their columns, and which of them may be read. */
import type { FoundColumn } from "../../schema/check-provider.ts";
import type { PhysicalKind } from "../../schema/physical-table.ts";
import { providerKinds } from "../../schema/provider-kinds.ts";
import { joinSql, literal, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Session, SmallRow } from "../database/session.ts";

export interface FoundTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly (FoundColumn & { readonly mayRead: boolean })[];
  readonly mayUseSchema: boolean;
}

export interface Found {
  /** By their names in lower case; the first in the order of the schemas, and there the one that is spelt as expected. */
  readonly found: ReadonlyMap<string, FoundTable>;
  /** Of all tables of the schemas that a mapping file asks for; none where there is none. */
  readonly names: readonly string[];
}

/** `asked` are tables of a mapping file, some with their schema: `schema.table`. */
export async function foundTables(
  { rows }: Pick<Session, "rows">,
  schemas: readonly string[],
  asked: readonly string[],
): Promise<Found> {
  const expected = providerKinds.flatMap(({ tables }) => Object.keys(tables));
  const plain = [...expected, ...asked.filter((name) => !name.includes("."))];
  const found = new Map(tablesOf(await rows(catalogue(placesOf(schemas), plain)), plain, plainly));
  const within = new Map<string, string[]>();
  for (const name of asked.filter((each) => each.includes("."))) {
    const schema = name.split(".")[0] ?? "";
    within.set(schema, [...(within.get(schema) ?? []), name]);
  }
  for (const [schema, names] of within) {
    const tables = names.map((name) => name.split(".")[1] ?? "");
    const there = await rows(catalogue(namesOf([schema]), tables));
    for (const [name, table] of tablesOf(there, names, withSchema)) found.set(name, table);
  }
  const isMapped = asked.length > 0;
  return { found, names: isMapped ? await allNames(rows, schemas, [...within.keys()]) : [] };
}

type NameOf = (table: Pick<FoundTable, "schema" | "name">) => string;

const plainly: NameOf = ({ name }) => name;
const withSchema: NameOf = ({ schema, name }) => `${schema}.${name}`;

function tablesOf(
  rows: readonly SmallRow[],
  expected: readonly string[],
  nameOf: NameOf,
): ReadonlyMap<string, FoundTable> {
  const spelt = new Set(expected);
  const tables = new Map<
    string,
    FoundTable & { readonly columns: FoundTable["columns"][number][] }
  >();
  for (const { s, t, c, d, may_use: mayUse, may_read: mayRead } of rows) {
    const [schema, name, type] = [String(s), String(t), String(d)];
    const key = nameOf({ schema, name }).toLowerCase();
    const known = tables.get(key);
    const isSame = known?.schema === schema && known.name === name;
    const isBetter =
      known?.schema === schema && spelt.has(nameOf({ schema, name })) && !spelt.has(nameOf(known));
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

function placesOf(schemas: readonly string[]): Sql {
  return schemas.length === 0 ? sql`current_schemas(false)` : namesOf(schemas);
}

function namesOf(schemas: readonly string[]): Sql {
  return sql`CAST(ARRAY[${joinSql(schemas.map(literal), ", ")}] AS name[])`;
}

/** Of the catalogue itself: the views of the standard hide what may not be read. */
function catalogue(places: Sql, names: readonly string[]): Sql {
  const lowered = joinSql(
    names.map((name) => literal(name.toLowerCase())),
    ", ",
  );
  const parts = [
    sql`SELECT n.nspname AS s, c.relname AS t, a.attname AS c, ${TYPE} AS d,`,
    sql`has_schema_privilege(n.oid, 'USAGE') AS may_use, has_column_privilege(c.oid, a.attnum, 'SELECT') AS may_read`,
    tablesIn(places),
    sql`JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`,
    sql`JOIN pg_catalog.pg_type y ON y.oid = a.atttypid`,
    sql`WHERE lower(c.relname) IN (${lowered})`,
    sql`ORDER BY p.place, c.relname, a.attnum`,
  ];
  return joinSql(parts, "\n");
}

function tablesIn(places: Sql): Sql {
  const parts = [
    sql`FROM unnest(${places}) WITH ORDINALITY AS p(name, place)`,
    sql`JOIN pg_catalog.pg_namespace n ON n.nspname = p.name`,
    sql`JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'v', 'm', 'f', 'p')`,
  ];
  return joinSql(parts, "\n");
}

/**
 * Of every table that the user may look at: schema, table, column, type, and whether a name without the schema finds it.
 * `schemas` are those of the URL; without any, where such names are looked for. Whatever the system keeps is left out.
 */
export function everyColumn(schemas: readonly string[]): Sql {
  const parts = [
    sql`SELECT n.nspname, c.relname, a.attname, ${TYPE}, n.nspname = ANY(${placesOf(schemas)})`,
    sql`FROM pg_catalog.pg_class c`,
    sql`JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND has_schema_privilege(n.oid, 'USAGE')`,
    sql`JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`,
    sql`JOIN pg_catalog.pg_type y ON y.oid = a.atttypid`,
    sql`WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`,
    sql`AND has_column_privilege(c.oid, a.attnum, 'SELECT')`,
    sql`ORDER BY n.nspname, c.relname, a.attnum`,
  ];
  return joinSql(parts, "\n");
}

const TYPE = sql`format_type(CASE WHEN y.typtype = 'd' THEN y.typbasetype ELSE y.oid END, NULL)`;

/** For what is misspelt; those of schemas that a name without one is not looked for in have it before them. */
async function allNames(
  rows: Session["rows"],
  schemas: readonly string[],
  within: readonly string[],
): Promise<readonly string[]> {
  const own = await rows(sql`SELECT c.relname AS t ${tablesIn(placesOf(schemas))}`);
  const others = await rows(
    sql`SELECT n.nspname AS s, c.relname AS t ${tablesIn(namesOf(within.length === 0 ? [""] : within))}`,
  );
  return [
    ...own.map(({ t }) => String(t)),
    ...others.map(({ s, t }) => `${String(s)}.${String(t)}`),
  ];
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
