import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Backend } from "../../engine/backend/backend.ts";
import { fail } from "../../engine/backend/problems.ts";
import { failForDatabase } from "../../engine/backend/duckdb/database-problem.ts";
import { cohortSchema } from "../../engine/backend/cohort-columns.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { CohortOrigin } from "../../engine/commands/manifest/cohort-origin.ts";
import { writeCohorts } from "../../engine/commands/cohorts/write-cohorts.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { quietContext } from "../conformance/quiet-context.ts";
import { checked } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { sql } from "../../engine/text/sql.ts";

const study = checked({ sex: ["sex"] });
const origin: CohortOrigin = {
  ...{ study: "study_definition", index_date: null, data: "database", data_version: "" },
  ...{ definition: "", codelists: "", parameters: {}, files: {}, engine: "", today: null },
};
const empty = { schema: cohortSchema(study), batches: [] };

/** One cohort, and then a statement that a real DuckDB would be at for hours. */
function endless(stop: AbortController): Backend {
  return {
    dataVersion: "",
    warnings: [],
    close: () => Promise.resolve(),
    groups: null,
    cohorts: async function* () {
      yield { indexDate: isoDateOf("2020-01-01"), ...empty };
      const db = await openDuckDb();
      // Again and again: one that comes before the statement has begun ends nothing.
      const interrupting = setInterval(() => {
        db.interrupt();
      }, 20);
      const statement = sql`SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE hash(a.range, b.range) = 1`;
      const running = db.run(statement).catch((error: unknown) => failForDatabase(error, []));
      stop.abort();
      await running.finally(() => {
        clearInterval(interrupting);
        db.close();
      });
      fail("database-changed", {});
    },
  };
}

describe("a person who presses Ctrl-C while the database is at work", () => {
  it("has it end its statement, keeps the finished files, and is told how to go on", () =>
    inScratchFolder(async (workspace) => {
      const stop = new AbortController();
      const folder = join(workspace, "output");
      mkdirSync(folder);
      const request = {
        study,
        backend: endless(stop),
        indexDates: [isoDateOf("2020-01-01"), isoDateOf("2020-02-01")],
        folder,
        name: "input",
        suffix: "",
        format: "csv",
        skipExisting: false,
        identity: () => ({ fingerprint: "", origin }),
        expectedRows: 0,
        jobs: 1,
      } as const;
      const context = { ...quietContext(workspace), signal: stop.signal };
      const [told, ...more] = await problemsOf(() => writeCohorts(request, context));
      assert.deepEqual(more, []);
      assert.deepEqual([told?.code, told?.exitCode], ["interrupted", 130]);
      assert.match(told?.message ?? "", /1 finished file is kept/);
      assert.deepEqual(readdirSync(folder).sort(), [
        "cohortline.manifest.json",
        "input_2020-01-01.csv",
      ]);
    }));
});
