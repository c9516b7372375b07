/** Whether a text is, begins with or holds a code of a codelist. Codelists are tables, never literals. */
import { unreachable } from "../base/problems.ts";
import type { Test } from "../plan/model/value.ts";
import type { PlanCodelist } from "../plan/model/cohort-plan.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { Scope } from "./scope.ts";

export function renderInCodelist(
  { codelist: name, how }: Extract<Test, { kind: "in-codelist" }>,
  value: Sql,
  scope: Scope,
): Sql {
  const { dialect } = scope;
  const codelist = scope.codelist(name);
  const of = codelist.folded ? dialect.fold(value) : value;
  switch (how) {
    case "equal":
      return sql`(${of} IN (SELECT l.code FROM ${word(name)} l))`;
    case "begins":
      return beginsWith(of, codelist, dialect);
    case "begins-after-break": {
      const begins = beginsWith(sql`u.word`, codelist, dialect);
      const words = sql`EXISTS (SELECT 1 FROM (${dialect.wordsAfterBreaks(of)}) u WHERE ${begins})`;
      if (codelist.codes.every(([code]) => ONE_WORD.test(code))) return words;
      // A code that holds a break itself is longer than a word.
      return sql`(${words} OR ${existsCode(name, dialect.containsAfterBreak(of, sql`l.code`))})`;
    }
    case "contains":
      return existsCode(name, dialect.contains(of, sql`l.code`));
    default:
      return unreachable(how);
  }
}

/** Folded. */
const ONE_WORD = /^[a-z0-9]+$/;

/** Codes have few lengths, and a text of each length is looked up at once. */
function beginsWith(of: Sql, { name, codes }: PlanCodelist, dialect: Dialect): Sql {
  const lengths = new Set(codes.map(([code]) => Array.from(code).length));
  const tests = [...lengths].map((length) => {
    const ofLength = sql`SELECT l.code FROM ${word(name)} l WHERE ${dialect.length(sql`l.code`)} = ${length}`;
    return sql`${dialect.leading(of, length)} IN (${ofLength})`;
  });
  return sql`(${joinSql(tests, " OR ")})`;
}

function existsCode(name: string, test: Sql): Sql {
  return sql`EXISTS (SELECT 1 FROM ${word(name)} l WHERE ${test})`;
}
