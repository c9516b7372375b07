import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import { ProblemError } from "../../engine/base/problems.ts";
import { aggregate } from "../../engine/measures/aggregate.ts";
import type { MeasureSpec } from "../../engine/measures/measure-spec.ts";
import { measureOf, textOf } from "./measure-of.ts";
import { cellsOf, readingOf } from "./reading-of.ts";
import type { Cells } from "./reading-of.ts";

const observed = (words: string): MeasureSpec => ({ ...measureOf(words), groups: "observed" });

/** Rows 0 … n-1, each a value of `a` and one of `b` that no other row has. */
const apart = (n: number): Cells => [
  ["a", "b", "n"],
  ...Array.from({ length: n }, (_, i) => [`a${i}`, `b${i}`, "1"]),
];

describe("groups that are observed", () => {
  it("are the only rows, in the order that all combinations have", async () => {
    const cohort = cellsOf(`
      sex region ill
      M   North  1
      F   South  0
      M   North  1
      F   -      1`);
    assert.equal(
      await textOf(cohort, observed("ill / population by sex, region")),
      "sex,region,ill,population,value\nF,,1.0,1,1.0\nF,South,0.0,1,0.0\nM,North,2.0,2,1.0\n",
    );
    assert.equal(
      await textOf(cohort, observed("ill / ill by region, population, sex")),
      "region,population,sex,ill,value\n,1,F,1.0,1.0\nNorth,1,M,2.0,1.0\nSouth,1,F,0.0,\n",
    );
  });

  it("are all rows in which somebody is, whatever the cohort", async () => {
    const word = fc.constantFrom("x", "y", "z", "");
    const row = fc.tuple(word, word, word, fc.constantFrom("0", "1", "2.5"));
    const property = fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const cohort = [["a", "b", "c", "n"], ...rows];
      const words = "n / population by c, a, b";
      const all = (await textOf(cohort, measureOf(words))).split("\n");
      const seen = all.filter((line) => !/,0\.0,0,$/.test(line));
      assert.deepEqual((await textOf(cohort, observed(words))).split("\n"), seen);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("go on being counted where all combinations would be far too many", async () => {
    const rows = apart(3000);
    const cohort = [...rows, ...rows.slice(1, 4)];
    const [table] = await aggregate(
      readingOf(cohort, [observed("n / population by b, a")], 500),
      [observed("n / population by b, a")],
      "i.csv",
    );
    assert.equal(table?.rows, 3000);
    const people = table.columns[1]?.values ?? new Float64Array(0);
    const twice = [...people.keys()].filter((row) => people[row] === 2);
    const [labelled] = table.labels;
    const words = twice.map((row) => labelled?.values[labelled.places?.[row] ?? 0]);
    assert.deepEqual(words, ["b0", "b1", "b2"]);
  });

  it("are a problem above a million too, told once the first column has so many values", async () => {
    const measures = [observed("n / population by a, b"), measureOf("n / population by a")];
    let blocks = 0;
    const words = ["a", "b"].map((): string[] => []);
    const reading = {
      dictionaries: words,
      blocks: {
        async *[Symbol.asyncIterator]() {
          for (; blocks < 30; blocks++) {
            await Promise.resolve();
            const codes = Uint32Array.from({ length: 50_000 }, (_, i) => blocks * 50_000 + i);
            for (const code of codes) words[0]?.push(`a${code}`);
            if (blocks === 0) words[1]?.push("b");
            const b = new Uint32Array(codes.length);
            yield { rows: codes.length, numbers: [new Float64Array(50_000)], codes: [codes, b] };
          }
        },
      },
    };
    await assert.rejects(aggregate(reading, measures, "i.csv"), (error) => {
      assert.ok(error instanceof ProblemError);
      const said =
        'Measure "m" would have more than 1000000 rows, from "i.csv": "a" alone has more values.';
      assert.deepEqual(
        error.problems.map(({ code, message }) => [code, message]),
        [
          ["measure-too-many-groups", said],
          ["measure-too-many-groups", said],
        ],
      );
      return true;
    });
    assert.equal(blocks, 20, "nothing is read any more");
  });
});
