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
const WIDE = /^(?:BIGINT|U?HUGEINT|UBIGINT)\b/;

/** Columns in `known` are not looked at again. Problem: record-number-range. */
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
    for (const column of await columnsBeyond(db, table.name, wide)) {
      problems.push(problem("record-number-range", { table: table.name, column }));
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
    return declared[column] === "int" && WIDE.test(there?.type ?? "");
  });
}

async function columnsBeyond(
  db: DuckDb,
  table: string,
  columns: readonly string[],
): Promise<readonly string[]> {
  const ends = columns.map((column, i) => {
    const name = duckdb.quoteName(column);
    const [low, high] = [word(`low_${i}`), word(`high_${i}`)];
    return sql`min(${name}) AS ${low}, max(${name}) AS ${high}`;
  });
  const query = sql`SELECT ${joinSql(ends, ", ")} FROM memory.main.${duckdb.quoteName(table)}`;
  const [row = {}] = await db.rows(query).catch((error: unknown) => failForDatabase(error, []));
  return columns.filter((_, i) => {
    const ends = [row[`low_${i}`], row[`high_${i}`]];
    return ends.some((end) => end !== null && !Number.isSafeInteger(Number(end)));
  });
}
