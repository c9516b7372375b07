import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { writeRecordsDatabase } from "../database/records-database.ts";
import { goldens, kinds, planFile, planText, sqlFile, sqlText } from "./golden-plans.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";

// After a change that is meant, `npm run golden` writes the files anew.
for (const golden of goldens) {
  describe(`the study of ${golden.name}`, () => {
    it("has the plan that was agreed on", async () => {
      assert.equal(await planText(golden), readFileSync(planFile(golden), "utf8"));
    });

    for (const kind of kinds) {
      it(`is said in the SQL of ${kind} that was agreed on`, async () => {
        assert.equal(await sqlText(golden, kind), readFileSync(sqlFile(golden, kind), "utf8"));
      });
    }

    it("is said in SQL that DuckDB accepts, statement by statement", async () => {
      const statements = statementsOf(await sqlText(golden, "duckdb"));
      assert.ok(statements.length > 5);
      await inScratchFolder(async (folder) => {
        await writeRecordsDatabase(join(folder, "records.duckdb"), {});
        const db = await openDuckDb({ path: join(folder, "records.duckdb") });
        try {
          for (const statement of statements) {
            if (!statement.startsWith("WITH") && !statement.startsWith("SELECT")) {
              await db.run(trustedSql(statement));
              continue;
            }
            const plan = await db.rows(sql`EXPLAIN ${trustedSql(statement)}`);
            assert.ok(plan.length > 0, statement);
          }
        } finally {
          db.close();
        }
      });
    });
  });
}

it("agrees on a study that uses every spread", () => {
  const golden = goldens.find(({ name }) => name === "every-spread");
  assert.ok(golden);
  const plan = readFileSync(planFile(golden), "utf8");
  const told = [
    "once for all index dates",
    "at one index date at most",
    "carried forward",
    "carried back",
    "repeated for each",
    "over a span of index dates",
    "bounded by a column",
  ];
  assert.deepEqual(
    told.filter((words) => !plan.includes(words)),
    [],
  );
});

/** Each without comments; no text of these studies holds the end of a statement. */
function statementsOf(sql: string): readonly string[] {
  return sql
    .replace(/^--.*$/gm, "")
    .split(/;\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}
