/** Whether a text is, begins with or holds a code of a codelist. Codelists are tables, never literals. */
import { unreachable } from "../base/problems.ts";
import type { Test } from "../plan/model/value.ts";
import type { PlanCodelist } from "../plan/model/cohort-plan.ts";
import type { Codes, Dialect } from "./dialects/dialect.ts";
import { sql } from "../text/sql.ts";
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
  const codes = codesOf(codelist, dialect);
  switch (how) {
    case "equal":
      return sql`(${of} IN (SELECT l.code FROM ${codes.table} l))`;
    case "begins":
      return dialect.beginsWithCode(of, codes);
    case "begins-after-break":
      return dialect.codeAfterBreak(of, codes);
    case "contains":
      return sql`EXISTS (SELECT 1 FROM ${codes.table} l WHERE ${dialect.contains(of, sql`l.code`)})`;
    default:
      return unreachable(how);
  }
}

/** Folded. */
const ONE_WORD = /^[a-z0-9]+$/;

export function codesOf(list: PlanCodelist, dialect: Dialect): Codes {
  const { codes } = list;
  return {
    table: dialect.codelists.one(list),
    lengths: [...new Set(codes.map(([code]) => Array.from(code).length))],
    areNumbers: list.areNumbers === true,
    areWords: codes.every(([code]) => ONE_WORD.test(code)),
  };
}
