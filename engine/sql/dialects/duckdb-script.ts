/** What a script for a person needs besides the statements of a study, as DuckDB speaks it. */
import { unreachable } from "../../base/problems.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { ValueFile } from "../../plan/model/rows.ts";
import type { Dialect } from "./dialect.ts";
import { identifier, joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

type Script = Pick<Dialect, "shown" | "namedQueries" | "keepCodes" | "keepFile">;

const shown: { readonly [T in ValueType]: Sql } = {
  bool: sql`UTINYINT`,
  int: sql`BIGINT`,
  float: sql`DOUBLE`,
  str: sql`VARCHAR`,
  date: sql`DATE`,
};

export function duckdbScript(): Script {
  return {
    shown: (type, of) => sql`CAST(${of} AS ${shown[type]})`,
    namedQueries: {
      name: (name, parameter, query) =>
        sql`CREATE OR REPLACE TEMP MACRO ${word(name)}(${word(parameter)}) AS TABLE\n${query}`,
      query: (name, value) => sql`SELECT * FROM ${word(name)}(${value})`,
    },
    keepCodes: ({ name, columns }) => {
      const declared = Object.entries(columns).map(
        ([column, kind]) => sql`${word(column)} ${kind === "int" ? sql`BIGINT` : sql`VARCHAR`}`,
      );
      return sql`CREATE TEMP TABLE ${word(name)} (${joinSql(declared, ", ")})`;
    },
    keepFile,
  };
}

/** Every cell as text first, so that none is guessed. */
function keepFile({ name, path, column, type }: ValueFile): Sql {
  const value = column === null ? sql`1` : cell(type, sql`coalesce(f.${identifier(column)}, '')`);
  const rows = sql`read_csv(${path}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`;
  return sql`CREATE TEMP TABLE ${word(name)} AS\nSELECT CAST(f."patient_id" AS BIGINT) AS patient_id, ${value} AS value FROM ${rows} f`;
}

function cell(type: ValueType, of: Sql): Sql {
  switch (type) {
    case "bool":
      return sql`CASE WHEN lower(${of}) = 'true' THEN 1 WHEN lower(${of}) IN ('false', '') THEN 0 ELSE CAST(CAST(${of} AS DOUBLE) AS INTEGER) END`;
    case "int":
    case "float":
      return sql`coalesce(CAST(nullif(${of}, '') AS DOUBLE), 0)`;
    case "str":
      return of;
    case "date":
      // A year or a month is its first day.
      return sql`CAST(nullif(CASE length(${of}) WHEN 4 THEN ${of} || '-01-01' WHEN 7 THEN ${of} || '-01' ELSE ${of} END, '') AS DATE)`;
    default:
      return unreachable(type);
  }
}
