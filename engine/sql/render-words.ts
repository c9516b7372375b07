/** Values of a text column as values of the type that numbers its words: constants are numbered when the statement is read. */
import { unreachable } from "../base/problems.ts";
import type { Value } from "../plan/model/value.ts";
import type { WordSource } from "../plan/words.ts";
import { joinSql, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { renderTest, renderValue } from "./render-value.ts";
import type { Scope } from "./scope.ts";

/** A type of the database that numbers the words of a column. */
export interface WordType {
  /** A text as a value of the type. */
  readonly of: (text: Sql) => Sql;
  /** The number of such a value, from 0, as it leaves the database in 32 bits. */
  readonly number: (of: Sql) => Sql;
}

/** By the name of the column; a column without one leaves the database as texts. */
export type WordTypes = ReadonlyMap<string, WordType>;

/** Only of values that `wordSources` knows the words of. */
export function renderInWords(value: Value, type: WordType, scope: Scope): Sql {
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
      return type.of(renderValue(value, scope));
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
