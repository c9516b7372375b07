import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isoDateOf } from "../../engine/base/dates.ts";
import { lowerStudy } from "../../engine/plan/lower/lower-study.ts";
import { planCohort } from "../../engine/plan/passes/plan-cohort.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { trino } from "../../engine/sql/dialects/trino.ts";
import { BOUNDS } from "../../engine/sql/gather.ts";
import type { Bounds, Prepared } from "../../engine/sql/gather.ts";
import { querySql } from "../../engine/sql/query.ts";
import {
  cohortStatement,
  partStatements,
  patientBaseStatement,
} from "../../engine/sql/statements.ts";
import { identifier, sql, word } from "../../engine/text/sql.ts";
import { wideColumns } from "../database/wide-columns.ts";
import { checked } from "../definition/study-of.ts";

const dialect = trino({
  recordTable: (name) => sql`hive.records_of_a_database.${identifier(name)}`,
  keptTable: (name) => sql`hive.scratch_of_a_database.${word(`cohortline_0123456789ab_t_${name}`)}`,
});

/** More than a server takes. */
const TOO_MANY = 1_000_000;

describe("a study of 2,700 columns with codelists of 100,000 codes", () => {
  const study = checked(wideColumns(2700, 100_000));
  const months = Array.from({ length: 12 }, (_, i) =>
    isoDateOf(`2020-${String(i + 1).padStart(2, "0")}-01`),
  );
  const today = isoDateOf("2021-01-01");
  const lowered = lowerStudy({ study, today, previousProductIds: [], provider: tpp });
  const plan = planCohort(lowered, months);
  const longest = (bounds: Bounds): number => {
    const speaking = { dialect, provider: tpp, includeOptedOut: false, bounds };
    const at = { number: 0, range: null, wordTypes: new Map() };
    const statements: readonly Prepared[] = [
      ...partStatements(plan, speaking, null),
      patientBaseStatement(plan, speaking, at),
      cohortStatement(plan, speaking, at),
    ];
    const texts = statements.flatMap(({ before, query }) => [
      ...before.map((kept) => dialect.keep(kept.name, kept.query)),
      querySql(query),
    ]);
    return Math.max(...texts.map((text) => String(text).length));
  };

  it("has one table for all its 900 codelists in Trino, and one for each in DuckDB", () => {
    assert.equal(plan.codelists.length, 900);
    assert.equal(dialect.codelists.tables(plan.codelists).length, 1);
    assert.equal(duckdb.codelists.tables(plan.codelists).length, 900);
  });

  it("needs no statement longer than a Trino server takes, and would otherwise", () => {
    const length = longest(BOUNDS);
    assert.ok(length < TOO_MANY, `${length} characters`);
    assert.ok(longest({ ...BOUNDS, characters: Infinity }) > TOO_MANY);
  });
});
