/** What a script for a person needs besides the statements of a study, as Trino speaks it. */
import type { ValueType } from "../../base/value-types.ts";
import type { Dialect } from "./dialect.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

type Script = Pick<Dialect, "shown" | "namedQueries" | "keepCodes" | "keepFile">;

const shown: { readonly [T in ValueType]: Sql } = {
  bool: sql`TINYINT`,
  int: sql`BIGINT`,
  float: sql`DOUBLE`,
  str: sql`VARCHAR`,
  date: sql`DATE`,
};

/** Of the columns of files of values: what the session uploads. */
const cells: { readonly [T in ValueType]: Sql } = {
  ...shown,
  bool: sql`BIGINT`,
  int: sql`DOUBLE`,
};

export function trinoScript(keptTable: (name: string) => Sql): Script {
  return {
    shown: (type, of) => sql`CAST(${of} AS ${shown[type]})`,
    // A query with a parameter has no name that lasts.
    namedQueries: null,
    keepCodes: ({ name, columns }) => {
      const declared = Object.entries(columns).map(
        ([column, kind]) => sql`${word(column)} ${kind === "int" ? sql`BIGINT` : sql`VARCHAR`}`,
      );
      return sql`CREATE TABLE ${keptTable(name)} (${joinSql(declared, ", ")})`;
    },
    // The server reads no files of ours: whoever runs the script puts the rows in.
    keepFile: ({ name, column, type }) =>
      sql`CREATE TABLE ${keptTable(name)} (patient_id BIGINT, value ${column === null ? sql`BIGINT` : cells[type]})`,
  };
}
