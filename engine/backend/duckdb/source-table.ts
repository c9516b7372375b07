/** A table of records where it lies, and how statements get to see it. */
import type { Problem } from "../../base/problems.ts";
import type { FoundColumn } from "../../schema/check-provider.ts";
import type { PhysicalKind, PhysicalTable, PhysicalTables } from "../../schema/physical-table.ts";
import type { ProviderKind } from "../../schema/provider-kinds.ts";
import { duckdb } from "../../sql/dialects/duckdb.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** Whose tables those of these names are. */
export type KindOfTables = (names: Iterable<string>) => ProviderKind;

/** Where tables come from. */
export interface RecordSource {
  /** Whose tables these are. */
  readonly kind: ProviderKind;
  /** Of all tables, those of nobody too. */
  readonly names: readonly string[];
  readonly tables: readonly SourceTable[];
  /** Changes when the records could: names, sizes and times of the files. Null where it cannot be known. */
  readonly version: () => Promise<string | null>;
  readonly warnings: readonly Problem[];
}

export interface SourceTable {
  /** As the provider of the tables names it. */
  readonly name: string;
  readonly columns: readonly FoundColumn[];
  /** Whole numbers are known to be below 2^53. */
  readonly isExact: boolean;
  /** Told where a study needs the table. */
  readonly problems: readonly Problem[];
  /**
   * Afterwards the table stands under its name, each of these columns as declared. Done for the same
   * columns again, nothing happens. Gives what is wrong with the values.
   */
  readonly make: (columns: readonly string[]) => Promise<readonly Problem[]>;
}

/** A table that the provider knows, by any letter case. */
export function declaredTable(
  tables: PhysicalTables,
  name: string,
): { readonly name: string; readonly columns: PhysicalTable } | null {
  const found = Object.entries(tables).find(([each]) => each.toLowerCase() === name.toLowerCase());
  return found === undefined ? null : { name: found[0], columns: found[1] };
}

/** The kind of record column that a type of DuckDB holds; null for a type that none has. */
export function kindOf(type: string): PhysicalKind | null {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(type)) return "int";
  if (/^(FLOAT|DOUBLE|DECIMAL\b.*)$/.test(type)) return "real";
  if (type === "BOOLEAN") return "bit";
  if (/^(VARCHAR|ENUM\b.*)$/.test(type)) return "text";
  if (type === "DATE") return "date";
  return type.startsWith("TIMESTAMP") ? "datetime" : null;
}

/**
 * The declared columns of a relation, by their declared names and with their declared types. A time with a
 * zone becomes the day or time in UTC, a time in a column of days its day. See test/database "time zone".
 */
export function pinned(
  relation: Sql,
  found: readonly FoundColumn[],
  declared: PhysicalTable,
  isOneOfSeveral = false,
): Sql {
  const columns = Object.entries(declared).flatMap(([name, kind]) => {
    const there = found.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (there === undefined) return [];
    const column = duckdb.quoteName(there.name);
    // Put together with 64-bit numbers, one of 32 bits would get digits that nobody wrote.
    const isWidened = isOneOfSeveral && there.type === "FLOAT";
    const of = isWidened ? duckdb.decimal(column) : cast(column, there, kind);
    return [sql`${of} AS ${duckdb.quoteName(name)}`];
  });
  // A table of which nothing is known still has rows.
  return sql`SELECT ${columns.length === 0 ? sql`1 AS none` : joinSql(columns, ", ")} FROM ${relation}`;
}

function cast(of: Sql, { type, kind: found }: FoundColumn, declared: PhysicalKind): Sql {
  const isTime = found === "date" || found === "datetime";
  if (declared === "date" && isTime && type !== "DATE") return sql`CAST(${of} AS DATE)`;
  if (declared === "datetime" && isTime && type !== "TIMESTAMP")
    return sql`CAST(${of} AS TIMESTAMP)`;
  if (declared === "bit" && found === "int") return sql`CAST(${of} AS BOOLEAN)`;
  return of;
}
