/** What a script for a person needs besides the statements of a study, as SQL Server reads it. */
import type { ValueType } from "../../base/value-types.ts";
import type { Dialect } from "./dialect.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { exactly, textType } from "./mssql-text.ts";

type Script = Pick<Dialect, "shown" | "namedQueries" | "keepCodes" | "keepFile">;

const shown: { readonly [T in ValueType]: (of: Sql) => Sql } = {
  bool: (of) => sql`CAST(${of} AS tinyint)`,
  int: (of) => sql`CAST(${of} AS bigint)`,
  float: (of) => sql`CAST(${of} AS float)`,
  str: (of) => of,
  date: (of) => sql`CAST(${of} AS date)`,
};

/** Of the columns of files of values: what the session uploads. */
const cells: { readonly [T in ValueType]: Sql } = {
  bool: sql`bigint`,
  int: sql`float`,
  float: sql`float`,
  str: exactly(sql`nvarchar(4000)`),
  date: sql`date`,
};

export const mssqlScript: Script = {
  shown: (type, of) => shown[type](of),
  namedQueries: null,
  keepCodes: ({ name, columns, rows }) => {
    const declared = Object.entries(columns).map(([column, kind], i) => {
      const type = kind === "int" ? sql`bigint` : textType(rows.map((row) => String(row[i] ?? "")));
      return sql`${word(column)} ${type}`;
    });
    return sql`CREATE TABLE #${word(name)} (${joinSql(declared, ", ")})`;
  },
  // The server reads no files of ours: whoever runs the script puts the rows in.
  keepFile: ({ name, column, type }) =>
    sql`CREATE TABLE #${word(name)} (patient_id bigint, value ${column === null ? sql`bigint` : cells[type]})`,
};
