/** Records in the tables of an OMOP database, in statements that DuckDB and PostgreSQL understand alike. */
import { nameIn } from "../../engine/schema/omop/in-schemas.ts";
import type { OmopSchemas } from "../../engine/schema/omop/in-schemas.ts";
import { omopTables } from "../../engine/schema/omop/omop-tables.ts";
import type { PhysicalKind } from "../../engine/schema/physical-table.ts";
import type { Cell, Records } from "../naive/row.ts";

const types: { readonly [K in PhysicalKind]: string } = {
  int: "INTEGER",
  long: "BIGINT",
  real: "DOUBLE PRECISION",
  bit: "BOOLEAN",
  text: "VARCHAR",
  date: "DATE",
  datetime: "TIMESTAMP",
};

function shown(cell: Cell | undefined): string {
  if (cell === undefined || cell === null) return "NULL";
  return typeof cell === "number" ? String(cell) : `'${String(cell).replaceAll("'", "''")}'`;
}

/** Every table, with the rows that there are. */
export function omopStatements(records: Records, schemas: OmopSchemas): readonly string[] {
  const name = nameIn(schemas);
  const names = [...new Set([schemas.cdm, schemas.vocabulary])].flatMap((each) => each ?? []);
  const made = Object.entries(omopTables).map(([table, columns]) => {
    const declared = Object.entries(columns).map(([column, kind]) => `${column} ${types[kind]}`);
    return `CREATE TABLE ${name(table)} (${declared.join(", ")})`;
  });
  const filled = Object.entries(records).flatMap(([table, rows]) => {
    if (rows.length === 0) return [];
    const columns = Object.keys(omopTables[table] ?? {});
    const cells = rows.map((row) => `(${columns.map((each) => shown(row[each])).join(", ")})`);
    return [`INSERT INTO ${name(table)} (${columns.join(", ")}) VALUES ${cells.join(", ")}`];
  });
  return [...names.map((each) => `CREATE SCHEMA ${each}`), ...made, ...filled];
}
