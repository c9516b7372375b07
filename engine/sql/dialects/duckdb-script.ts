/** What a script for a person needs besides the statements of a study, as DuckDB speaks it. */
import { unreachable } from "../../base/problems.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { ValueFile } from "../../plan/model/rows.ts";
import type { Dialect, Sql } from "./dialect.ts";

type Script = Pick<Dialect, "shown" | "nameQuery" | "namedQuery" | "keepCodes" | "keepFile">;

const shown: { readonly [T in ValueType]: string } = {
  bool: "UTINYINT",
  int: "BIGINT",
  float: "DOUBLE",
  str: "VARCHAR",
  date: "DATE",
};

export function duckdbScript({ text, quoteName }: Pick<Dialect, "text" | "quoteName">): Script {
  return {
    shown: (type, of) => `CAST(${of} AS ${shown[type]})`,
    nameQuery: (name, parameter, query) =>
      `CREATE OR REPLACE TEMP MACRO ${name}(${parameter}) AS TABLE\n${query}`,
    namedQuery: (name, value) => `SELECT * FROM ${name}(${value})`,
    keepCodes: (table) => `CREATE TEMP TABLE ${table} (code VARCHAR, category VARCHAR)`,
    keepFile: (file) => keepFile(file, { text, quoteName }),
  };
}

/** Every cell as text first, so that none is guessed. */
function keepFile(
  { name, path, column, type }: ValueFile,
  { text, quoteName }: Pick<Dialect, "text" | "quoteName">,
): Sql {
  const value = column === null ? "1" : cell(type, `coalesce(f.${quoteName(column)}, '')`);
  const rows = `read_csv(${text(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`;
  return `CREATE TEMP TABLE ${name} AS\nSELECT CAST(f."patient_id" AS BIGINT) AS patient_id, ${value} AS value FROM ${rows} f`;
}

function cell(type: ValueType, of: Sql): Sql {
  switch (type) {
    case "bool":
      return `CASE WHEN lower(${of}) = 'true' THEN 1 WHEN lower(${of}) IN ('false', '') THEN 0 ELSE CAST(CAST(${of} AS DOUBLE) AS INTEGER) END`;
    case "int":
    case "float":
      return `coalesce(CAST(nullif(${of}, '') AS DOUBLE), 0)`;
    case "str":
      return of;
    case "date":
      // A year or a month is its first day.
      return `CAST(nullif(CASE length(${of}) WHEN 4 THEN ${of} || '-01-01' WHEN 7 THEN ${of} || '-01' ELSE ${of} END, '') AS DATE)`;
    default:
      return unreachable(type);
  }
}
