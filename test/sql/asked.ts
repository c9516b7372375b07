/** Values of the dialect, worked out by a real DuckDB. */
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";

/** What each piece of SQL gives, as text; null where it is missing. */
export async function asked(...pieces: readonly string[]): Promise<readonly (string | null)[]> {
  const db = await openDuckDb();
  try {
    const shown = pieces.map((piece, i) => `CAST(${piece} AS VARCHAR) AS v${i}`);
    const [row = {}] = await db.rows(`SELECT ${shown.join(", ")}`);
    return Object.values(row) as readonly (string | null)[];
  } finally {
    db.close();
  }
}
