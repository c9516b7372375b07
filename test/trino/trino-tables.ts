/** Records of a test as tables of a Trino server, in a schema of their own. */
import { randomBytes } from "node:crypto";
import { askServer } from "../../engine/backend/trino/ask-server.ts";
import { TrinoError } from "../../engine/backend/trino/trino-error.ts";
import { trinoSession } from "../../engine/backend/trino/trino-session.ts";
import { parseTrinoUrl } from "../../engine/backend/trino/trino-url.ts";
import type { Session } from "../../engine/backend/database/session.ts";
import type { PhysicalKind, PhysicalTables } from "../../engine/schema/physical-table.ts";
import { identifier, joinSql, literal, sql, word } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";
import type { Cell, Records, Row } from "../naive/row.ts";

const types: { readonly [K in PhysicalKind]: Sql } = {
  int: sql`BIGINT`,
  long: sql`BIGINT`,
  real: sql`REAL`,
  bit: sql`BOOLEAN`,
  text: sql`VARCHAR`,
  date: sql`DATE`,
  datetime: sql`TIMESTAMP(3)`,
};

export interface TrinoPlace {
  /** `trino://host:port/memory/SCHEMA`. */
  readonly url: string;
  readonly schema: string;
  readonly session: Session;
}

/** Gives `act` a schema that is dropped afterwards. `origin` is `http://host:port`. */
export async function inTrinoSchema<T>(
  origin: string,
  act: (place: TrinoPlace) => Promise<T>,
): Promise<T> {
  const schema = `test_${randomBytes(6).toString("hex")}`;
  const url = `${origin.replace(/^http/, "trino")}/memory/${schema}`;
  const from = { environment: {}, workspace: "." };
  const { asking, close } = askServer(parseTrinoUrl(`${url}?attempts=3`), from, () => undefined);
  const session = trinoSession({
    asking,
    secondsAtMost: null,
    keptTable: word,
    text: literal,
    close: () => {
      close();
      return Promise.resolve();
    },
  });
  await session.run(sql`CREATE SCHEMA memory.${identifier(schema)}`);
  try {
    return await act({ url, schema, session });
  } finally {
    await dropSchema(session, schema);
    await session.close();
  }
}

async function dropSchema(session: Session, schema: string): Promise<void> {
  const name = sql`memory.${identifier(schema)}`;
  try {
    await session.run(sql`DROP SCHEMA ${name} CASCADE`);
  } catch (error) {
    // Servers of 2022 drop an empty one alone.
    if (!(error instanceof TrinoError)) throw error;
    const found = await session.rows(
      sql`SELECT table_name AS n, table_type AS kind FROM memory.information_schema.tables WHERE table_schema = ${schema}`,
    );
    for (const { n, kind } of found) {
      const what = kind === "VIEW" ? sql`VIEW` : sql`TABLE`;
      await session.run(sql`DROP ${what} ${name}.${identifier(String(n))}`);
    }
    await session.run(sql`DROP SCHEMA ${name}`);
  }
}

/** Tables of these names with the rows that there are; a column that a row lacks is missing. */
export async function writeTables(
  { session }: TrinoPlace,
  tables: PhysicalTables,
  names: Iterable<string>,
  records: Records,
): Promise<void> {
  for (const name of names) {
    const columns = tables[name] ?? {};
    const rows = records[name] ?? [];
    const table = identifier(name);
    const declared = Object.entries(columns).map(
      ([column, kind]) => sql`${identifier(column)} ${types[kind]}`,
    );
    if (rows.length > FEW) await uploadTable(session, { name, columns, rows });
    else {
      await session.run(sql`CREATE TABLE ${table} (${joinSql(declared, ", ")})`);
      if (rows.length > 0) await session.run(inserted(table, columns, rows));
    }
  }
}

/** Values written out take the server a second or more for each thousand. */
const FEW = 100;

interface Filled {
  readonly name: string;
  readonly columns: Readonly<Record<string, PhysicalKind>>;
  readonly rows: readonly Row[];
}

async function uploadTable(session: Session, { name, columns, rows }: Filled): Promise<void> {
  const names = Object.keys(columns);
  const texts = `texts_of_${name}`;
  await session.upload({
    name: texts,
    columns: Object.fromEntries(names.map((_, at) => [`c${at}`, "text" as const])),
    rows: rows.map((row) => names.map((each) => cellText(row[each] ?? null))),
  });
  const cast = names.map((each, at) => {
    const kind = columns[each] ?? "text";
    return sql`CAST(${castable(kind, word(`c${at}`))} AS ${types[kind]}) AS ${identifier(each)}`;
  });
  await session.run(
    sql`CREATE TABLE ${identifier(name)} AS SELECT ${joinSql(cast, ", ")} FROM ${word(texts)}`,
  );
  await session.run(sql`DROP TABLE ${word(texts)}`);
}

function cellText(value: Cell): string | null {
  return value === null ? null : String(value);
}

function castable(kind: PhysicalKind, of: Sql): Sql {
  return kind === "datetime" ? sql`replace(${of}, 'T', ' ')` : of;
}

function inserted(
  table: Sql,
  columns: Readonly<Record<string, PhysicalKind>>,
  rows: readonly Row[],
) {
  const names = Object.keys(columns).filter((each) =>
    rows.some((row) => (row[each] ?? null) !== null),
  );
  const values = rows.map((row) => {
    const cells = names.map((name) => valueOf(row[name] ?? null, columns[name] ?? "text"));
    return sql`(${joinSql(cells, ", ")})`;
  });
  return sql`INSERT INTO ${table} (${joinSql(names.map(identifier), ", ")}) VALUES ${joinSql(values, ", ")}`;
}

function valueOf(value: Cell, kind: PhysicalKind): Sql {
  if (value === null) return sql`NULL`;
  const text = String(value);
  switch (kind) {
    case "text":
      return literal(text);
    case "bit":
      return value === true || value === 1 || value === "1" ? sql`TRUE` : sql`FALSE`;
    case "datetime":
      return sql`CAST(${text.replace("T", " ")} AS TIMESTAMP(3))`;
    default:
      return sql`CAST(${text} AS ${types[kind]})`;
  }
}
