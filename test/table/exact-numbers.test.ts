import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, it } from "node:test";

import { cohortFormats } from "../../engine/base/file-names.ts";
import { problemOf } from "./problem-of.ts";
import { ints, newFolder, write } from "./written-cohort.ts";

describe("a whole number that no format of numbers holds exactly", () => {
  for (const format of cohortFormats) {
    it(`is the same problem in ${format}, and leaves nothing`, async () => {
      const columns = [{ name: "n", type: "int" }] as const;
      for (const value of [2 ** 53, -(2 ** 53), 1e300]) {
        const folder = newFolder();
        const batches = [
          [ints(1, 2), ints(1, 2)],
          [ints(3, 4), ints(0, value)],
        ];
        const problem = await problemOf(() => write({ columns, batches, folder, format }));
        assert.match(
          problem,
          /^number-too-large: Column "n" of .*\.\S+" holds .* 2\^53 in row 5\./,
        );
        assert.equal(problem.includes(String(value)), false);
        assert.deepEqual(readdirSync(folder), []);
      }
    });

    it(`is a patient's id too, in ${format}`, async () => {
      const problem = await problemOf(() =>
        write({ columns: [], batches: [[ints(1, 2 ** 53)]], format }),
      );
      assert.match(problem, /^number-too-large: Column "patient_id"/);
    });

    it(`is a bug where it is none, in ${format}`, async () => {
      const columns = [{ name: "n", type: "int" }] as const;
      for (const value of [0.5, NaN, Infinity]) {
        await assert.rejects(
          write({ columns, batches: [[ints(1), ints(value)]], format }),
          /whole/,
        );
      }
    });
  }
});
