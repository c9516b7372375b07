/** What a script for a person needs besides the statements of a study, as PostgreSQL speaks it. */
import type { ValueType } from "../../base/value-types.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Dialect } from "./dialect.ts";
import { exactly } from "./postgresql-text.ts";

type Script = Pick<Dialect, "shown" | "namedQueries" | "keepCodes" | "keepFile">;

const shown: { readonly [T in ValueType]: (of: Sql) => Sql } = {
  bool: (of) => sql`CAST(${of} AS integer)`,
  int: (of) => sql`CAST(${of} AS bigint)`,
  float: (of) => sql`CAST(${of} AS float8)`,
  str: (of) => exactly(sql`CAST(${of} AS text)`),
  date: (of) => sql`CAST(${of} AS date)`,
};

/** Of the columns of files of values: what the session uploads. */
const cells: { readonly [T in ValueType]: Sql } = {
  bool: sql`bigint`,
  int: sql`float8`,
  float: sql`float8`,
  str: sql`text COLLATE "C"`,
  date: sql`date`,
};

export function postgresqlScript(making: (name: string) => Sql): Script {
  return {
    shown: (type, of) => shown[type](of),
    namedQueries: null,
    keepCodes: ({ name, columns }) => {
      const declared = Object.entries(columns).map(
        ([column, kind]) =>
          sql`${word(column)} ${kind === "int" ? sql`bigint` : sql`text COLLATE "C"`}`,
      );
      return sql`${making(name)} (${joinSql(declared, ", ")})`;
    },
    // The server reads no files of ours: whoever runs the script puts the rows in.
    keepFile: ({ name, column, type }) =>
      sql`${making(name)} (patient_id bigint, value ${column === null ? sql`bigint` : cells[type]})`,
  };
}
