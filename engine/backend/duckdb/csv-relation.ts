/** CSV files of a table as rows, each column as a TPP database has it. */
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { PhysicalKind, PhysicalTable } from "../../schema/physical-table.ts";
import { tpp } from "../../schema/tpp/tpp-provider.ts";
import { duckdb, duckDbTypes } from "../../sql/dialects/duckdb.ts";

/**
 * Columns are read as declared, never guessed: 007 stays 007, and a column without any value has a type all
 * the same. Columns that are not declared are of no account. `files` is SQL.
 */
export async function csvRelation(db: DuckDb, table: string, files: string): Promise<string> {
  const guessed = `read_csv(${files}, header = true)`;
  const declared = declaredColumns(table);
  const found = await db.rows(`DESCRIBE SELECT * FROM ${guessed}`);
  const typed = found.flatMap((row) => {
    const name = String(row["column_name"]);
    const kind = declared.get(name.toLowerCase());
    return kind === undefined ? [] : [`${duckdb.text(name)}: ${duckdb.text(duckDbTypes[kind])}`];
  });
  if (typed.length === 0) return guessed;
  return `read_csv(${files}, header = true, types = {${typed.join(", ")}})`;
}

function declaredColumns(table: string): ReadonlyMap<string, PhysicalKind> {
  const tables: readonly (readonly [string, PhysicalTable])[] = Object.entries(tpp.tables);
  const columns = tables.find(([name]) => name.toLowerCase() === table.toLowerCase())?.[1] ?? {};
  return new Map(Object.entries(columns).map(([name, kind]) => [name.toLowerCase(), kind]));
}
