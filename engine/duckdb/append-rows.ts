/** Rows added to a temporary table, cell by cell: for small tables, and for texts. */
import type { DuckDBAppender, DuckDBConnection } from "@duckdb/node-api";
import { withKinds } from "./duckdb-error.ts";
import { duckDbLibrary } from "./library.ts";

export type CellType = "UINTEGER" | "BIGINT" | "DOUBLE" | "VARCHAR" | "DATE";

/** A date as days since 1970-01-01; null where missing. */
export type Cell = string | number | bigint | null;

type Put = (appender: DuckDBAppender, cell: string | number | bigint) => void;

/** The table has one column of each type, in that order. Everything is in it afterwards. */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  {
    types,
    rows,
  }: { readonly types: readonly CellType[]; readonly rows: Iterable<readonly Cell[]> },
): Promise<void> {
  const { DuckDBDateValue } = duckDbLibrary();
  const puts: { readonly [T in CellType]: Put } = {
    UINTEGER: (appender, cell) => {
      appender.appendUInteger(Number(cell));
    },
    BIGINT: (appender, cell) => {
      appender.appendBigInt(BigInt(cell));
    },
    DOUBLE: (appender, cell) => {
      appender.appendDouble(Number(cell));
    },
    VARCHAR: (appender, cell) => {
      appender.appendVarchar(String(cell));
    },
    DATE: (appender, cell) => {
      appender.appendDate(new DuckDBDateValue(Number(cell)));
    },
  };
  const columns = types.map((type) => puts[type]);
  await withKinds(async () => {
    const appender = await connection.createAppender(table, "main", "temp");
    for (const row of rows) {
      columns.forEach((put, at) => {
        const cell = row[at] ?? null;
        if (cell === null) appender.appendNull();
        else put(appender, cell);
      });
      appender.endRow();
    }
    appender.closeSync();
  });
}
