/** Words of text columns as numbers, so that a text leaves the database as a number and is made once. */
import type { DuckDb } from "../../duckdb/duckdb.ts";
import type { CohortPlan } from "../../plan/model/cohort-plan.ts";
import { wordTypeStatements } from "../../sql/statements.ts";
import type { Speaking } from "../../sql/statements.ts";
import { sql, word } from "../../text/sql.ts";

export interface NumberedWords {
  /** Of the type that numbers the words, by column. */
  readonly types: ReadonlyMap<string, string>;
  /** The words in the order of their numbers, by column. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

export async function numberWords(
  db: DuckDb,
  plan: CohortPlan,
  speaking: Speaking,
): Promise<NumberedWords> {
  const types = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  for (const { column, type, statement } of wordTypeStatements(plan, speaking)) {
    await db.run(statement);
    const rows = await db.rows(sql`SELECT unnest(enum_range(CAST(NULL AS ${word(type)}))) AS word`);
    const words = rows.map((row) => String(row["word"]));
    types.set(column, type);
    lists.set(column, words);
  }
  return { types, lists };
}
