/** Columns worked out one step after the other, in as many statements as their texts need. */
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { KeptTable } from "./gather.ts";
import type { BaseContext } from "./render-base.ts";

export interface Steps {
  /** What is worked out by then, kept where one statement would be too long. */
  readonly before: readonly KeptTable[];
  /** Common table expressions, the last named `cohort`. */
  readonly ctes: readonly Sql[];
}

/** From the rows of a query as `b`, each step from all before it. */
export function inSteps(
  from: Sql,
  steps: readonly (readonly Sql[])[],
  { bounds, database: { dialect } }: Pick<BaseContext, "bounds" | "database">,
): Steps {
  const before: KeptTable[] = [];
  let [ctes, last, length] = [[dialect.named("step_0", from)], 0, 0];
  const all = (): Sql => sql`SELECT * FROM ${word(`step_${last}`)}`;
  const add = (columns: readonly Sql[]): void => {
    if (columns.length === 0) return;
    const below = word(`step_${last}`);
    const select = sql`SELECT b.*, ${joinSql(columns, ", ")} FROM ${below} b`;
    ctes.push(dialect.named(`step_${++last}`, select));
  };
  const keep = (): void => {
    const name = `columns_${before.length + 1}`;
    before.push({ name, query: { ctes, select: all() } });
    ctes = [dialect.named(`step_${++last}`, sql`SELECT * FROM ${dialect.keptTable(name)}`)];
    length = 0;
  };
  for (const step of steps) {
    let together: Sql[] = [];
    for (const column of step) {
      const { length: characters } = String(column);
      if (length > 0 && length + characters > bounds.characters) {
        add(together);
        together = [];
        keep();
      }
      together.push(column);
      length += characters;
    }
    add(together);
  }
  ctes.push(dialect.named("cohort", all()));
  return { before, ctes };
}
