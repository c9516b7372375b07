/** Codelists and files of values as tables of the connection, so that no statement grows with them. */
import { unreachable } from "../../base/problems.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { PlanCodelist } from "../../plan/model/cohort-plan.ts";
import type { ValueFile } from "../../plan/model/rows.ts";
import { NO_DATE } from "../../table/cohort-schema.ts";
import type { ColumnValues } from "../../table/cohort-schema.ts";
import { fileColumn } from "../supplied-file/file-column.ts";
import { readPatientFile } from "../supplied-file/patient-file.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import { sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

export async function uploadCodelist(db: DuckDb, { name, codes }: PlanCodelist): Promise<void> {
  await db.run(sql`CREATE TEMP TABLE ${word(name)} (code VARCHAR, category VARCHAR)`);
  const appender = await db.appender(name);
  for (const [code, category] of codes) {
    appender.appendVarchar(code);
    appender.appendVarchar(category);
    appender.endRow();
  }
  appender.closeSync();
}

const types: { readonly [T in ValueType]: Sql } = {
  bool: sql`INTEGER`,
  int: sql`DOUBLE`,
  float: sql`DOUBLE`,
  str: sql`VARCHAR`,
  date: sql`INTEGER`,
};

/** A date comes as its day number and is made a date by a view. Problems: those of `readPatientFile` and `fileColumn`. */
export async function uploadFile(
  db: DuckDb,
  { name, path, column, type }: ValueFile,
  readFile: ReadFile,
): Promise<void> {
  const file = await readPatientFile(path, readFile);
  const ids = Float64Array.from(file.rows.keys());
  const values = fileColumn({ column, type }, file, ids);
  await db.run(
    sql`CREATE TEMP TABLE ${word(`${name}_rows`)} (patient_id BIGINT, held ${types[type]})`,
  );
  const appender = await db.appender(`${name}_rows`);
  for (const [row, id] of ids.entries()) {
    appender.appendBigInt(BigInt(id));
    const value = valueAt(values, row);
    if (value === null) appender.appendNull();
    else if (typeof value === "string") appender.appendVarchar(value);
    else if (type === "bool" || type === "date") appender.appendInteger(value);
    else appender.appendDouble(value);
    appender.endRow();
  }
  appender.closeSync();
  const value = type === "date" ? sql`DATE '1970-01-01' + held` : sql`held`;
  await db.run(
    sql`CREATE TEMP VIEW ${word(name)} AS SELECT patient_id, ${value} AS value FROM ${word(`${name}_rows`)}`,
  );
}

function valueAt(values: ColumnValues, row: number): number | string | null {
  switch (values.type) {
    case "bool":
    case "int":
    case "float":
      return values.values[row] ?? 0;
    case "date": {
      const day = values.values[row] ?? NO_DATE;
      return day === NO_DATE ? null : day;
    }
    case "str":
      return values.values[values.codes[row] ?? 0] ?? "";
    default:
      return unreachable(values);
  }
}
