import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import { addRows, emptySum, noValuesYet, observe } from "../../engine/measures/running-sum.ts";

/** Sums per group of values that come in blocks. */
function sums(blocks: readonly (readonly (readonly [value: number, group: number])[])[]): number[] {
  const sum = emptySum();
  const seen = noValuesYet();
  const groups = Math.max(1, ...blocks.flat().map(([, group]) => group + 1));
  for (const block of blocks) {
    const values = Float64Array.from(block, ([value]) => value);
    const ids = Uint32Array.from(block, ([, group]) => group);
    observe(seen, values, block.length, null);
    addRows(sum, values, { rows: block.length, ids, groups }, seen);
  }
  return [...sum.totals.subarray(0, groups)];
}

const oneGroup = (values: readonly number[], perBlock: number): number => {
  const blocks = [];
  for (let at = 0; at < values.length; at += perBlock) {
    blocks.push(values.slice(at, at + perBlock).map((value) => [value, 0] as const));
  }
  return sums(blocks)[0] ?? NaN;
};

/** Kahan's summation as it is defined. */
function compensated(values: readonly number[]): number {
  let total = 0;
  let compensation = 0;
  for (const value of values.filter((each) => !Number.isNaN(each))) {
    const y = value - compensation;
    const t = total + y;
    compensation = t - total - y;
    total = t;
  }
  return total;
}

describe("sums of a group", () => {
  it("lose no digit where a plain sum would", () => {
    const tenths = Array.from({ length: 10 }, () => 0.1);
    assert.equal(
      tenths.reduce((a, b) => a + b),
      0.9999999999999999,
    );
    assert.equal(oneGroup(tenths, 3), 1);
    const large = [1e16, 1, 1, 1, 1];
    assert.equal(
      large.reduce((a, b) => a + b),
      1e16,
    );
    assert.equal(oneGroup(large, 2), 1e16 + 4);
  });

  it("lose no digit either when fractions come after blocks of whole numbers", () => {
    const values = [1, 2, 3, 0.1, 0.2, 0.3, 4, 5, 0.7];
    assert.equal(oneGroup(values, 3), compensated(values));
    assert.equal(oneGroup([2 ** 53 - 1, 1, 1, 1], 1), 2 ** 53 + 2);
  });

  it("leave missing values out", () => {
    assert.equal(oneGroup([1, NaN, 2], 1), 3);
    assert.equal(oneGroup([NaN], 1), 0);
  });

  it("stay infinite once an infinite value was added", () => {
    assert.equal(oneGroup([0.5, Infinity, 0.5, 0.25], 2), Infinity);
  });

  it("adds as with compensation throughout, whatever the blocks and values", () => {
    const value = fc.oneof(
      fc.integer({ min: -9, max: 9 }),
      fc.integer({ min: -(2 ** 53), max: 2 ** 53 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.constantFrom(0.1, 0.3, 2.5, NaN),
    );
    const member = fc.tuple(value, fc.integer({ min: 0, max: 2 }));
    const whole = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 }));
    const blocks = fc.array(fc.oneof(fc.array(member), fc.array(whole)), { maxLength: 5 });
    fc.assert(
      fc.property(blocks, (given) => {
        sums(given).forEach((total, group) => {
          const own = given.flat().filter(([, member]) => member === group);
          assert.equal(total, compensated(own.map(([each]) => each)));
        });
      }),
      { numRuns: 500 },
    );
  });
});
