/** SNOMED codes of a DuckDB database by how often they occur, for studies that find something. */
import { openDuckDb } from "../engine/duckdb/duckdb.ts";
import { sql } from "../engine/text/sql.ts";

export async function commonCodes(
  database: string,
  from: number,
  count: number,
): Promise<readonly string[]> {
  const db = await openDuckDb({ path: database, readOnly: true });
  const rows = await db.rows(
    sql`SELECT "ConceptID" AS code FROM "CodedEvent_SNOMED" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${count} OFFSET ${from}`,
  );
  db.close();
  return rows.map(({ code }) => String(code));
}
