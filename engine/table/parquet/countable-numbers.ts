/** Which columns of a parquet file DuckDB can add up as rows read one after the other are. */
import { joinSql, sql } from "../../text/sql.ts";
import { COUNTABLE_WHOLE } from "./read-column.ts";
import type { FileColumn, Reading } from "./reading.ts";

export interface CountableNumber extends FileColumn {
  readonly isFlag: boolean;
  /** The largest size of a value. */
  readonly size: number;
}

export interface CountableNumbers {
  readonly numbers: readonly CountableNumber[];
  /** Null where some of them are beyond 2^53. */
  readonly id: FileColumn | null;
}

/** Null where a number is missing or has a fraction, and where sums could be beyond 2^53. */
export async function numbersToCount(
  { db, table }: Reading,
  columns: readonly FileColumn[],
  id: FileColumn | null,
): Promise<CountableNumbers | null> {
  const asked = [...columns, ...(id === null ? [] : [id])];
  if (!asked.every(isCountable)) return null;
  const facts = asked.map(({ column, type }, at) =>
    type === "BOOLEAN"
      ? sql`count(${column}) AS n${at}, 0 AS least${at}, 1 AS most${at}`
      : sql`count(${column}) AS n${at}, coalesce(min(${column}), 0)::DOUBLE AS least${at},
          coalesce(max(${column}), 0)::DOUBLE AS most${at}`,
  );
  const selected = joinSql([sql`count(*) AS n`, ...facts], ", ");
  const [row = {}] = await db.rows(sql`SELECT ${selected} FROM ${table}`);
  const rows = Number(row["n"]);
  if (!asked.every((_, at) => Number(row[`n${at}`]) === rows)) return null;
  const numbers = columns.map((column, at) => {
    const size = Math.max(-Number(row[`least${at}`]), Number(row[`most${at}`]));
    return { ...column, isFlag: column.type === "BOOLEAN", size };
  });
  if (numbers.some(({ size }) => size * rows > Number.MAX_SAFE_INTEGER)) return null;
  const last = columns.length;
  const isShort =
    Number(row[`least${last}`]) >= 0 && Number(row[`most${last}`]) <= Number.MAX_SAFE_INTEGER;
  return { numbers, id: isShort ? id : null };
}

/** By its type: what it holds decides as well. */
export function isCountable({ type }: FileColumn): boolean {
  return type === "BOOLEAN" || COUNTABLE_WHOLE.test(type);
}
