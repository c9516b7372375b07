/** Records of a test as tables of a PostgreSQL, in a schema of their own. */
import { randomBytes } from "node:crypto";
import { connected } from "../../engine/backend/postgresql/connection.ts";
import type { Connection } from "../../engine/backend/postgresql/connection.ts";
import { loadDriver } from "../../engine/backend/postgresql/driver.ts";
import { loginOf } from "../../engine/backend/postgresql/login.ts";
import { parsePostgresqlUrl } from "../../engine/backend/postgresql/postgresql-url.ts";
import type { PhysicalKind, PhysicalTables } from "../../engine/schema/physical-table.ts";
import { PERSON } from "../../engine/schema/omop/omop-tables.ts";
import { identifier, joinSql, sql } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";
import type { Cell, Records } from "../naive/row.ts";

const types: { readonly [K in PhysicalKind]: Sql } = {
  int: sql`bigint`,
  long: sql`bigint`,
  real: sql`real`,
  bit: sql`boolean`,
  text: sql`text`,
  date: sql`date`,
  datetime: sql`timestamp`,
};

/** As the scripts of the model declare them. */
const omopTypes = { ...types, int: sql`integer`, real: sql`numeric` };

export interface PostgresqlPlace {
  /** Of the records in the schema. */
  readonly url: string;
  readonly schema: string;
  /** Of somebody else, who may do everything. */
  readonly connection: Connection;
}

/** Of somebody who may do everything, for as long as `act` runs. */
export async function connectedTo<T>(
  url: string,
  act: (connection: Connection) => Promise<T>,
): Promise<T> {
  const parsed = parsePostgresqlUrl(url, {});
  const login = loginOf(parsed, { environment: {}, workspace: "." }, () => undefined);
  const connection = await connected(await loadDriver(), { url: parsed, login });
  try {
    return await act(connection);
  } finally {
    await connection.close();
  }
}

/** Gives `act` a schema that is dropped afterwards. `origin` is a URL of the server's database. */
export function inPostgresqlSchema<T>(
  origin: string,
  act: (place: PostgresqlPlace) => Promise<T>,
): Promise<T> {
  const schema = `test_${randomBytes(6).toString("hex")}`;
  const url = `${origin}${origin.includes("?") ? "&" : "?"}schema=${schema}`;
  return connectedTo(origin, async (connection) => {
    await connection.query(`SET client_min_messages = warning; CREATE SCHEMA ${schema}`);
    try {
      return await act({ url, schema, connection });
    } finally {
      await connection.query(`DROP SCHEMA ${schema} CASCADE`);
    }
  });
}

/** Tables of these names with the rows that there are; a column that a row lacks is missing. */
export async function writeTables(
  { connection, schema }: PostgresqlPlace,
  tables: PhysicalTables,
  names: Iterable<string>,
  records: Records,
): Promise<void> {
  const all = [...names];
  const typeOf = Object.hasOwn(tables, PERSON) ? omopTypes : types;
  const made = all.map((name) => {
    const columns = Object.entries(tables[name] ?? {}).map(
      ([column, kind]) => sql`${identifier(column)} ${typeOf[kind]}`,
    );
    return sql`CREATE TABLE ${identifier(schema)}.${identifier(name)} (${joinSql(columns, ", ")})`;
  });
  if (made.length > 0) await connection.query(String(joinSql(made, "; ")));
  for (const name of all) {
    const rows = records[name] ?? [];
    if (rows.length === 0) continue;
    const columns = Object.keys(tables[name] ?? {});
    const lines = rows.map(
      (row) => `${columns.map((each) => cellText(row[each] ?? null)).join("\t")}\n`,
    );
    const into = sql`COPY ${identifier(schema)}.${identifier(name)} FROM STDIN`;
    await connection.copyIn(String(into), lines);
  }
}

function cellText(cell: Cell): string {
  if (cell === null) return "\\N";
  return String(cell).replace(
    /[\\\t\n\r]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
