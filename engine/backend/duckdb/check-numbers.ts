/** Whole numbers of records must be ones that every kind of cohort file holds exactly. */
import { problem } from "./problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { DuckDb } from "../../duckdb/duckdb.ts";
import { duckdb } from "../../sql/dialects/duckdb.ts";
import type { PhysicalTables } from "../../schema/physical-table.ts";
import { failForDatabase } from "./database-problem.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import { declaredTable } from "./source-table.ts";
import type { SourceTable } from "./source-table.ts";

export interface NeededTable {
  readonly table: SourceTable;
  readonly columns: readonly string[];
}

/** Of csv they are checked as they are read. */
const BEYOND_64_BITS = /^(?:U?HUGEINT|UBIGINT)\b/;
const WIDE = /^(?:BIGINT|U?HUGEINT|UBIGINT)\b/;

/** Columns in `known` are not looked at again. Problems: record-number-range, record-id-range. */
export async function checkNumbers(
  db: DuckDb,
  needed: readonly NeededTable[],
  { known, tables }: { readonly known: Set<string>; readonly tables: PhysicalTables },
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { table, columns } of needed) {
    const wide = wideColumns(table, columns, tables).filter(
      (each) => !known.has(`${table.name}.${each}`),
    );
    for (const column of wide) known.add(`${table.name}.${column}`);
    if (wide.length === 0) continue;
    const declared = declaredTable(tables, table.name)?.columns ?? {};
    const isLong = (column: string): boolean => declared[column] === "long";
    for (const column of await columnsBeyond(db, { table: table.name, columns: wide, isLong })) {
      const code = isLong(column) ? "record-id-range" : "record-number-range";
      problems.push(problem(code, { table: table.name, column }));
    }
  }
  return problems;
}

function wideColumns(
  { name, columns: found, isExact }: SourceTable,
  asked: readonly string[],
  tables: PhysicalTables,
): readonly string[] {
  if (isExact) return [];
  const declared = declaredTable(tables, name)?.columns ?? {};
  return asked.filter((column) => {
    const there = found.find((each) => each.name.toLowerCase() === column.toLowerCase());
    const type = there?.type ?? "";
    if (declared[column] === "long") return BEYOND_64_BITS.test(type);
    return declared[column] === "int" && WIDE.test(type);
  });
}

async function columnsBeyond(
  db: DuckDb,
  asked: {
    readonly table: string;
    readonly columns: readonly string[];
    /** Whether all numbers of 64 bits may stand in a column. */
    readonly isLong: (column: string) => boolean;
  },
): Promise<readonly string[]> {
  const { table, columns, isLong } = asked;
  const ends = columns.map((column, i) => {
    const name = duckdb.quoteName(column);
    const [low, high] = [word(`low_${i}`), word(`high_${i}`)];
    return sql`min(${name}) AS ${low}, max(${name}) AS ${high}`;
  });
  const query = sql`SELECT ${joinSql(ends, ", ")} FROM memory.main.${duckdb.quoteName(table)}`;
  const [row = {}] = await db.rows(query).catch((error: unknown) => failForDatabase(error, []));
  return columns.filter((column, i) => {
    const ends = [row[`low_${i}`], row[`high_${i}`]].filter(isWhole);
    return ends.some((end) =>
      isLong(column) ? !fitsInto64Bits(end) : !Number.isSafeInteger(Number(end)),
    );
  });
}

function isWhole(end: unknown): end is number | bigint {
  return typeof end === "number" || typeof end === "bigint";
}

function fitsInto64Bits(end: number | bigint): boolean {
  const number = BigInt(end);
  return BigInt.asIntN(64, number) === number;
}
