/** Values of the dialect, worked out by a real DuckDB. */
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { joinSql, sql } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";

/** What each piece of SQL gives, as text; null where it is missing. */
export async function asked(...pieces: readonly Sql[]): Promise<readonly (string | null)[]> {
  const db = await openDuckDb();
  try {
    const shown = pieces.map((piece, i) => sql`CAST(${piece} AS VARCHAR) AS v${i}`);
    const [row = {}] = await db.rows(sql`SELECT ${joinSql(shown, ", ")}`);
    return Object.values(row) as readonly (string | null)[];
  } finally {
    db.close();
  }
}
