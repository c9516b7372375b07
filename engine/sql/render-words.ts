/** Values of a text column as values of the type that numbers its words: constants are numbered when the statement is read. */
import { unreachable } from "../base/problems.ts";
import type { Value } from "../plan/model/value.ts";
import type { WordSource } from "../plan/words.ts";
import { joinSql, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { renderTest, renderValue } from "./render-value.ts";
import type { Scope } from "./scope.ts";

/** Only of values that `wordSources` knows the words of. */
export function renderInWords(value: Value, type: string, scope: Scope): Sql {
  const { dialect } = scope;
  const of = (inner: Value): Sql => renderInWords(inner, type, scope);
  switch (value.kind) {
    case "coalesce":
      return sql`coalesce(${of(value.of)}, ${of(value.otherwise)})`;
    case "choose": {
      const otherwise = value.otherwise === null ? sql`NULL` : of(value.otherwise);
      if (value.cases.length === 0) return otherwise;
      const cases = value.cases.map(
        ({ when, then }) => sql`WHEN ${renderTest(when, scope)} THEN ${of(then)}`,
      );
      return sql`CASE ${joinSql(cases, " ")} ELSE ${otherwise} END`;
    }
    default:
      return dialect.asWord(type, renderValue(value, scope));
  }
}

/** The name of what holds the texts of a source; null for a constant. */
export function sourceName(
  source: WordSource,
  answerName: (id: string, take: string) => string,
): string | null {
  switch (source.kind) {
    case "constant":
      return null;
    case "answer":
      return answerName(source.id, source.take);
    case "patient":
      return source.name;
    default:
      return unreachable(source);
  }
}
