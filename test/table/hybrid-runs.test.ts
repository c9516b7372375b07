import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import { endOfRuns, hybridRuns, readRuns } from "../../engine/table/parquet/hybrid-runs.ts";
import { hybrid } from "./made-parquet.ts";

/** Numbers of that width, with stretches of the same. */
const anyNumbers = fc.integer({ min: 0, max: 31 }).chain((width) =>
  fc
    .array(fc.tuple(fc.nat(2 ** width - 1), fc.constantFrom(1, 1, 1, 9, 30)), { maxLength: 60 })
    .map((runs) => ({
      width,
      numbers: runs.flatMap(([number, times]) => Array.from({ length: times }, () => number)),
    })),
);

describe("runs of parquet", () => {
  it("give their numbers, whatever the width and however many are read at a time", () => {
    const property = fc.property(anyNumbers, fc.integer({ min: 1, max: 40 }), (made, step) => {
      const { numbers, width } = made;
      const bytes = Uint8Array.from([7, ...hybrid(numbers, width), 9]);
      const runs = hybridRuns(bytes, 1, bytes.length - 1, width);
      const out = new Int32Array(numbers.length);
      for (let at = 0; at < numbers.length; at += step) {
        readRuns(runs, out, at, Math.min(step, numbers.length - at));
      }
      assert.deepEqual([...out], numbers);
      assert.equal(endOfRuns(runs), runs.end);
      assert.throws(() => {
        readRuns(runs, new Int32Array(8), 0, 8);
      }, RangeError);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("may lack what would fill up the last eight, but none of the numbers asked for", () => {
    const bytes = Uint8Array.of(3, 10, 20, 30);
    const out = new Int32Array(3);
    const runs = hybridRuns(bytes, 0, 4, 8);
    readRuns(runs, out, 0, 3);
    assert.deepEqual([...out], [10, 20, 30]);
    assert.equal(endOfRuns(runs), 4);
    assert.throws(() => {
      readRuns(hybridRuns(bytes, 0, 4, 8), new Int32Array(4), 0, 4);
    }, RangeError);
  });

  it("are damaged where they are wider than a number, empty, endless, or outside the bytes", () => {
    const damaged: readonly (readonly [readonly number[], number])[] = [
      [[4, 1], 33],
      [[0, 1], 1],
      [[1], 1],
      [[4, 2], 1],
      [[255, 255, 255, 255, 255, 255, 255], 1],
      [[], 1],
    ];
    for (const [bytes, width] of damaged) {
      assert.throws(() => {
        readRuns(
          hybridRuns(Uint8Array.from(bytes), 0, bytes.length, width),
          new Int32Array(2),
          0,
          2,
        );
      }, RangeError);
    }
    assert.throws(() => hybridRuns(new Uint8Array(2), 0, 3, 1), RangeError);
  });
});
