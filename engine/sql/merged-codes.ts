/**
 * Codelists of several summaries as one table from code to the summaries that want it, so that a row's
 * code is looked up once however many columns ask.
 */
import type { PlanCodelist } from "../plan/model/cohort-plan.ts";
import type { Test } from "../plan/model/value.ts";
import { all } from "../plan/model/value.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { ScanPart } from "./scan-part.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { renderValue } from "./render-value.ts";
import type { Scope } from "./scope.ts";

type Listed = Extract<Test, { kind: "in-codelist" }>;

export interface MergedCodes {
  /** Columns `code`, and 0 or 1 for each codelist. */
  readonly query: Sql;
  /** By summary: the test on `c`, and what else it demands of a row. */
  readonly tests: ReadonlyMap<string, { readonly listed: Sql; readonly rest: Test | null }>;
  /** What equals `c.code` in a row. */
  readonly compared: (scope: Scope) => Sql;
}

/** Null unless there are several summaries and each demands a code of the same field. */
export function mergedCodes({ summaries }: ScanPart, scope: Scope): MergedCodes | null {
  const split = summaries.map(({ id, where }) => ({ id, found: splitCode(where) }));
  const [first] = split;
  if (split.length < 2 || first?.found == null) return null;
  const field = JSON.stringify(first.found.listed.of);
  const tests = new Map<string, { listed: Sql; rest: Test | null }>();
  const lists = new Set<string>();
  for (const { id, found } of split) {
    if (found === null || JSON.stringify(found.listed.of) !== field) return null;
    lists.add(found.listed.codelist);
    tests.set(id, { listed: sql`c.${markOf(found.listed.codelist)} = 1`, rest: found.rest });
  }
  const { of, codelist } = first.found.listed;
  return {
    query: mergedQuery([...lists].map(scope.codelist), scope.dialect),
    tests,
    compared: (within) => {
      const value = renderValue(of, within);
      return within.codelist(codelist).folded ? within.dialect.fold(value) : value;
    },
  };
}

function mergedQuery(lists: readonly PlanCodelist[], { codelists }: Dialect): Sql {
  const marks = lists.map(
    ({ name, number }) => sql`max(CASE WHEN u.n = ${number} THEN 1 ELSE 0 END) AS ${markOf(name)}`,
  );
  return sql`SELECT u.code, ${joinSql(marks, ", ")} FROM (${codelists.several(lists)}) u GROUP BY u.code`;
}

/** The column of the merged table for a codelist. */
function markOf(codelist: string): Sql {
  return word(`in_${codelist}`);
}

/** The one test that the code is in a list, and the others. */
function splitCode(where: Test | null): { listed: Listed; rest: Test | null } | null {
  if (where === null) return null;
  const parts = where.kind === "all" ? where.of : [where];
  const listed = parts.find(
    (part): part is Listed => part.kind === "in-codelist" && part.how === "equal",
  );
  if (listed === undefined) return null;
  const rest = parts.filter((part) => part !== listed);
  return { listed, rest: rest.length === 0 ? null : all(...rest) };
}
