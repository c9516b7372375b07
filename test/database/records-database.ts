/** Records of a test, as recorded cases hold them, as a database file. */
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type {
  PhysicalKind,
  PhysicalTable,
  PhysicalTables,
} from "../../engine/schema/physical-table.ts";
import { PERSON } from "../../engine/schema/omop/omop-tables.ts";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import type { Records, Row } from "../naive/row.ts";
import { identifier, joinSql, sql, trustedSql } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";

const types: { readonly [K in PhysicalKind]: string } = {
  int: "BIGINT",
  long: "BIGINT",
  real: "REAL",
  bit: "BOOLEAN",
  text: "VARCHAR",
  date: "DATE",
  datetime: "TIMESTAMP",
};

/** Every table of a database, a TPP one where nothing else is said, with the rows; a column that a row lacks is missing. */
export async function writeRecordsDatabase(
  path: string,
  records: Records,
  tables: PhysicalTables = tppTables,
): Promise<void> {
  // Numbers of an OMOP database are no 32-bit ones.
  const real = Object.hasOwn(tables, PERSON) ? "DOUBLE" : types.real;
  const made = Object.entries(tables).map(([name, columns]) =>
    createTable({ name, columns }, { ...types, real }),
  );
  const filled = Object.entries(records).flatMap(([name, rows]) => {
    const columns = tables[name];
    return columns === undefined || rows.length === 0 ? [] : [insertRows({ name, columns }, rows)];
  });
  const db = await openDuckDb({ path });
  try {
    // Each transaction waits for the disk.
    await db.run(joinSql([sql`BEGIN`, ...made, ...filled, sql`COMMIT`], "; "));
  } finally {
    db.close();
  }
}

interface Table {
  readonly name: string;
  readonly columns: PhysicalTable;
}

function createTable(
  { name, columns }: Table,
  types: { readonly [K in PhysicalKind]: string },
): Sql {
  const declared = Object.entries(columns).map(([column, kind]) => `"${column}" ${types[kind]}`);
  return sql`CREATE TABLE ${identifier(name)} (${trustedSql(declared.join(", "))})`;
}

function insertRows({ name, columns }: Table, rows: readonly Row[]): Sql {
  const names = Object.keys(columns).filter((column) => rows.some((row) => row[column] != null));
  const values = rows.map((row) => `(${names.map((column) => literal(row[column])).join(", ")})`);
  const quoted = names.map((column) => `"${column}"`).join(", ");
  return sql`INSERT INTO ${identifier(name)} (${trustedSql(quoted)}) VALUES ${trustedSql(values.join(", "))}`;
}

/** Text goes in by its bytes, so that no character of it is ever SQL. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") throw new Error("a row holds texts, numbers, truth values");
  if (/^[\w:. -]*$/.test(value)) return `'${value}'`;
  const bytes = Buffer.from(value, "utf8").toString("hex");
  return `decode(from_hex('${bytes}'))`;
}
