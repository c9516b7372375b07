import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failForDatabase } from "../../engine/backend/duckdb/database-problem.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { DuckDbOptions } from "../../engine/duckdb/duckdb.ts";
import { problemsOf } from "../table/problem-of.ts";
import { trustedSql } from "../../engine/text/sql.ts";

/** What is told where a real DuckDB refuses the statement. */
async function told(statement: string, options: DuckDbOptions = {}) {
  const db = await openDuckDb(options);
  try {
    const found = await problemsOf(() =>
      db
        .run(trustedSql(statement))
        .catch((error: unknown) => failForDatabase(error, ["age", "bmi"])),
    );
    assert.equal(found.length, 1);
    return found[0];
  } finally {
    db.close();
  }
}

const refused: readonly (readonly [what: string, sql: string, code: string])[] = [
  ["text that is no number", "SELECT CAST('secret-943' AS DOUBLE)", "database-value"],
  ["text that is no date", "SELECT strptime('secret-943', '%d/%m/%Y')", "database-value"],
  ["a number that is too large", "SELECT CAST(943 AS TINYINT)", "database-value"],
  ["a sum that is too large", "SELECT 9223372036854775807 + 943::BIGINT", "database-value"],
];

describe("an error of DuckDB", () => {
  for (const [what, sql, code] of refused) {
    it(`is told without its text, which quotes values: ${what}`, async () => {
      const found = await told(sql);
      assert.equal(found?.code, code);
      assert.equal(found.exitCode, 5);
      assert.match(found.hint, /"age", "bmi"/);
      assert.ok(!/secret|943|92233/.test(JSON.stringify(found)));
    });
  }

  it("tells what to do where memory does not suffice", async () => {
    const found = await told("SELECT len(list(x)) FROM range(20000000) t(x)", {
      memoryLimit: "20MB",
      threads: 1,
    });
    assert.equal(found?.code, "database-memory");
    assert.equal(found.exitCode, 5);
    assert.match(found.hint, /memory_limit=.*patients_at_once=/);
  });

  it("is a bug where the statement itself is wrong, told without the statement and its values", async () => {
    const db = await openDuckDb();
    try {
      for (const statement of ["SELEC 943", "SELECT x, 943", "SELECT 943 FROM nowhere"]) {
        await assert.rejects(
          db.run(trustedSql(statement)).catch((error: unknown) => failForDatabase(error, ["bmi"])),
          (error: Error) =>
            error.name !== "ProblemError" &&
            /(Parser|Binder|Catalog) error, at work for bmi$/.test(error.message) &&
            !/943|SELEC|nowhere/.test(String(error.stack)),
        );
      }
    } finally {
      db.close();
    }
  });
});
