import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sql, word } from "../../engine/text/sql.ts";
import { cohortline } from "../commands/workspace.ts";
import { askTrino } from "./ask-trino.ts";
import type { Way } from "./faulty-proxy.ts";
import {
  assertOne,
  cohortsIn,
  inRecords,
  OF_COHORT,
  origin,
  output,
  skip,
} from "./records-over-a-way.ts";
import type { TrinoPlace } from "./trino-tables.ts";

/** A table of events that takes the server minutes to read. */
async function slowEvents({ session }: TrinoPlace): Promise<void> {
  await session.run(sql`ALTER TABLE codedevent RENAME TO few`);
  const many = sql`CROSS JOIN UNNEST(sequence(1, 10000)) a(x) CROSS JOIN UNNEST(sequence(1, 10000)) b(y)`;
  const columns = sql`f."Patient_ID", f."CodedEvent_ID" + 0 * (a.x + b.y) AS "CodedEvent_ID", f."CTV3Code", f."NumericValue", f."ConsultationDate"`;
  await session.run(sql`CREATE VIEW codedevent AS SELECT ${columns} FROM few f ${many}`);
}

describe("records in a real Trino where something fails", { skip }, () => {
  it("give the same files over a connection that is cut in the middle of rows and comes back", () =>
    inRecords(async ({ folder, run }) => {
      await run();
      const whole = cohortsIn(folder);
      const seen = new Set<string>();
      const cuts: Way = {
        rows: (statement) => {
          if (!OF_COHORT.test(statement) || seen.has(statement)) return "none";
          seen.add(statement);
          return "cut";
        },
      };
      const { code, err } = await run({ way: cuts });
      assert.equal(code, 0, err);
      assert.equal(seen.size, 2);
      assert.deepEqual(cohortsIn(folder), whole);
    }));

  it("leave whole files alone where the connection is lost in the middle of rows, and tables that a later run drops", () =>
    inRecords(async ({ folder, schema, session, run, ours }) => {
      let cohorts = 0;
      const way: Way = {
        rows: (statement) => (/FROM cohort c/.test(statement) && ++cohorts === 2 ? "gone" : "none"),
      };
      assertOne(await run({ way }), 3, "trino-connection-lost");
      // Nothing is left of the file that was being written.
      assert.equal(Object.keys(cohortsIn(folder)).length, 1);
      assert.equal(output(folder).length, 2);
      const left = await ours();
      const [alive = ""] = left.filter((name) => name.includes("_alive_"));
      assert.ok(left.length > 2 && alive !== "", String(left));
      await session.run(
        sql`ALTER TABLE ${word(alive)} RENAME TO ${word(alive.replace(/\d+$/, "1000"))}`,
      );
      const url = `--database-url=trino://${new URL(origin).host}/memory/${schema}`;
      const { out } = await cohortline(folder, ["maintenance", "--clean", url]);
      assert.equal(out.trim().split("\n").length, left.length);
      assert.deepEqual(await ours(), []);
    }));

  it("are a problem of a table that is rebuilt meanwhile", () =>
    inRecords(async ({ folder, session, run, ours }) => {
      const way: Way = {
        statement: async (text) => {
          if (/^CREATE TABLE [^ ]*_t_part_1"? AS/.test(text))
            await session.run(sql`DROP TABLE IF EXISTS codedevent`);
        },
      };
      assertOne(await run({ way }), 4, "trino-table-gone");
      assert.deepEqual([output(folder), await ours()], [[], []]);
    }));

  it("are a problem for whom may not make tables, and for whom may not read them", () =>
    inRecords(async ({ folder, run, ours }) => {
      assertOne(await run({ user: "reader" }), 1, "trino-scratch");
      assertOne(await run({ user: "stranger" }), 1, "database-table-missing");
      assert.deepEqual([output(folder), await ours()], [[], []]);
    }));

  it("are a problem where a statement takes longer than it may, or an administrator ends it", () =>
    inRecords(async ({ folder, schema, session, ...place }) => {
      await slowEvents({ ...place, schema, session });
      assertOne(await place.run({ options: "time_limit=2" }), 5, "trino-time-limit");
      assert.deepEqual(await place.ours(), []);
      const running = place.run();
      await killPart(schema);
      assertOne(await running, 5, "trino-killed");
      assert.deepEqual([output(folder), await place.ours()], [[], []]);
    }));
});

/** As an administrator of the server: the first statement at work on a part in the schema. */
async function killPart(schema: string): Promise<void> {
  const asked = sql`SELECT query_id FROM system.runtime.queries WHERE state = 'RUNNING' AND strpos(query, ${`"${schema}"."cohortline_`}) > 0 AND query LIKE 'CREATE TABLE %_t_part%'`;
  for (;;) {
    const { rows } = await askTrino(origin, asked, "administrator");
    const [id] = rows[0] ?? [];
    if (typeof id !== "string") continue;
    const kill = sql`CALL system.runtime.kill_query(query_id => ${id}, message => 'tests')`;
    await askTrino(origin, kill, "administrator");
    return;
  }
}
