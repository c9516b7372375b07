/** Whether a text is, begins with or holds a code of a codelist. Codelists are tables, never literals. */
import { unreachable } from "../base/problems.ts";
import type { Test } from "../plan/model/value.ts";
import type { Sql } from "./dialects/dialect.ts";
import type { Scope } from "./scope.ts";

export function renderListed(
  { codelist: name, how }: Extract<Test, { kind: "listed" }>,
  value: Sql,
  scope: Scope,
): Sql {
  const { dialect } = scope;
  const codelist = scope.codelist(name);
  const of = codelist.folded ? dialect.fold(value) : value;
  switch (how) {
    case "equal":
      return `(${of} IN (SELECT l.code FROM ${name} l))`;
    case "begins": {
      // Codes have few lengths, and a text of each length is looked up at once.
      const lengths = new Set(codelist.codes.map(([code]) => Array.from(code).length));
      const tests = [...lengths].map((length) => {
        const ofLength = `SELECT l.code FROM ${name} l WHERE ${dialect.length("l.code")} = ${length}`;
        return `${dialect.leading(of, length)} IN (${ofLength})`;
      });
      return `(${tests.join(" OR ")})`;
    }
    case "begins-after-break":
      return existsCode(name, dialect.containsAfterBreak(of, "l.code"));
    case "contains":
      return existsCode(name, dialect.contains(of, "l.code"));
    default:
      return unreachable(how);
  }
}

function existsCode(name: string, test: Sql): Sql {
  return `EXISTS (SELECT 1 FROM ${name} l WHERE ${test})`;
}
