/** The texts that columns of a cohort can hold, where they are known before it is read. */
import { unreachable } from "../base/problems.ts";
import type { CohortPlan } from "../plan/model/cohort-plan.ts";
import { wordSources } from "../plan/words.ts";
import type { WordSource } from "../plan/words.ts";
import { distinctSql, joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { CohortContext } from "./render-cohort.ts";
import { answerName } from "./render-summaries.ts";
import { renderTable } from "./render-table.ts";
import { contextFor } from "./statements.ts";
import type { Speaking } from "./statements.ts";

/** All words of a visible text column, in a column `word`. */
export interface WordQuery {
  readonly column: string;
  /** A name for what numbers them. */
  readonly name: string;
  readonly query: Sql;
}

/** Of the columns whose words are known before a cohort is read: once for all index dates, when the parts are made. */
export function wordQueries(plan: CohortPlan, speaking: Speaking): readonly WordQuery[] {
  const context = contextFor(plan, speaking, null);
  const output = new Set(plan.output);
  return plan.columns.flatMap((column, i) => {
    if (!output.has(column.name)) return [];
    // Words that are tidied on the way would not stay apart.
    const sources = column.tidied === null ? wordSources(column, context.columns) : null;
    if (sources === null) return [];
    const queries = distinctSql(sources.map((source) => renderWords(source, context)));
    const query = joinSql(queries, " UNION ALL ");
    return [{ column: column.name, name: `words_${i + 1}`, query }];
  });
}

function renderWords(source: WordSource, { plan, placeOf, database }: CohortContext): Sql {
  switch (source.kind) {
    case "constant":
      return sql`SELECT ${database.dialect.text(source.word)} AS word`;
    case "answer": {
      const part = plan.parts[placeOf.get(source.id) ?? -1];
      return sql`SELECT ${word(answerName(source.id, source.take))} AS word FROM ${database.dialect.keptTable(part?.name ?? "")}`;
    }
    case "patient": {
      const patients = renderTable("patients", [source.name], database);
      return sql`SELECT p.${word(source.name)} AS word FROM (${patients}) p`;
    }
    default:
      return unreachable(source);
  }
}
