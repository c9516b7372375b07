import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import type { CohortBatch, CohortColumn, ColumnValues } from "../../engine/table/cohort-schema.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { problemOf } from "./problem-of.ts";
import { cellsOf, floats, ints, newFolder, write } from "./written-cohort.ts";

describe("a cohort that a Stata file cannot hold", () => {
  const tooLarge: [what: string, type: "float", value: number][] = [
    ["a number that Stata takes for a missing one", "float", 2 ** 1023],
    ["infinity", "float", Infinity],
    ["minus infinity", "float", -Infinity],
  ];
  for (const [what, type, value] of tooLarge) {
    it(`is a problem that names file, column and row, and leaves nothing: ${what}`, async () => {
      const values: ColumnValues = { type, values: Float64Array.of(1, 2, value) };
      const folder = newFolder();
      const columns: CohortColumn[] = [{ name: "n", type }];
      const batches = [[ints(1, 2, 3), values]];
      const problem = await problemOf(() => write({ columns, batches, folder }));
      assert.match(problem, /^stata-number: Column "n" .* row 4 .*input\.dta/);
      assert.equal(problem.includes(String(value)), false);
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  it("may have the largest numbers below those", async () => {
    const most = [Number.MAX_VALUE / 2, -Number.MAX_VALUE, Number.MIN_VALUE];
    const texts = ["8.988465674311579e+307", "-1.7976931348623157e+308", "5e-324"];
    assert.deepEqual(await cellsOf({ name: "n", type: "float" }, floats(...most)), texts);
  });

  it("is a bug when values are not of the declared type", async () => {
    const columns: CohortColumn[] = [{ name: "n", type: "int" }];
    const half = write({ columns, batches: [[ints(1), ints(0.5)]] });
    await assert.rejects(half, /whole/);
    const other = write({ columns, batches: [[ints(1), floats(1)]] });
    await assert.rejects(other, /types/);
    await assert.rejects(write({ columns, batches: [[ints(1)]] }), /columns/);
  });

  it("leaves nothing when its rows break off", async () => {
    const folder = newFolder();
    const path = join(folder, "input.dta");
    const lost = new Error("connection lost");
    async function* batches(): AsyncGenerator<CohortBatch> {
      yield { rows: 1, columns: [ints(1)] };
      await Promise.reject(lost);
    }
    const schema: CohortColumn[] = [{ name: "patient_id", type: "int" }];
    await assert.rejects(writeCohort({ path, format: "dta", schema, batches: batches() }), lost);
    assert.deepEqual(readdirSync(folder), []);
  });
});
