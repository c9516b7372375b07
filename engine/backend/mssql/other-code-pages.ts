/**
 * Texts of records in another code page than that of the collation that our texts have: to name that collation alone would
 * change their characters, so they are made wide first.
 */
import { mssql } from "../../sql/dialects/mssql.ts";
import { exactly, quoteName } from "../../sql/dialects/mssql-text.ts";
import type { Dialect } from "../../sql/dialects/dialect.ts";
import { sql, word } from "../../text/sql.ts";

const OURS = 1252;
const ONE_BYTE: ReadonlySet<string> = new Set(["char", "varchar"]);

/** Of a column of a type; `page` is null where it has none, or nobody tells. */
export function isOtherCodePage(type: string, page: number | null): boolean {
  return ONE_BYTE.has(type) && page !== null && page !== OURS;
}

/** `columns` are names in any table, in lower case. */
export function mssqlWith(columns: ReadonlySet<string>): Dialect {
  if (columns.size === 0) return mssql;
  return {
    ...mssql,
    recordColumn: (alias, name, kind) =>
      kind === "text" && columns.has(name.toLowerCase())
        ? exactly(sql`CAST(${word(alias)}.${quoteName(name)} AS nvarchar(max))`)
        : mssql.recordColumn(alias, name, kind),
  };
}
