import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { IsoDate } from "../../engine/base/dates.ts";
import {
  deciles,
  decilesOf,
  outerPercentiles,
  percentileOf,
} from "../../engine/measures/deciles.ts";
import type { MeasureRow } from "../../engine/measures/read-measure.ts";

const january = "2021-01-01" as IsoDate;
const february = "2021-02-01" as IsoDate;

function row(value: number | null, { date = january, groups = ["practice"] } = {}): MeasureRow {
  return { groups, numerator: value === null ? null : value * 10, denominator: 10, value, date };
}

/** The values of the percentiles by their names. */
const shown = (
  percentiles: readonly { readonly percentile: number; readonly value: number | null }[],
): Readonly<Record<string, number | null>> =>
  Object.fromEntries(percentiles.map(({ percentile, value }) => [percentile, value]));

describe("deciles of a measure", () => {
  it("lie on straight lines between the values in order, as computed by hand", async () => {
    // Four values: place 3 × percent / 100 between them.
    const [found] = await decilesOf(
      [4, 1, 2, 10].map((value) => row(value)),
      { outer: false },
    );
    // prettier-ignore
    const expected = {
      10: 1.3, 20: 1.6, 30: 1.9, 40: 2.4, 50: 3, 60: 3.6, 70: 4.6, 80: 6.4, 90: 8.2,
    };
    const rounded = found?.percentiles.map(({ percentile, value }) => ({
      percentile,
      value: value === null ? null : Math.round(value * 1e12) / 1e12,
    }));
    assert.deepEqual(shown(rounded ?? []), expected);
    assert.equal(found?.values, 4);
  });

  it("are the values themselves where a place is whole, and one value is all its percentiles", () => {
    const eleven = Float64Array.from([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    assert.deepEqual(
      deciles.map((percent) => percentileOf(eleven, percent)),
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    );
    assert.deepEqual(
      new Set(outerPercentiles.map((at) => percentileOf(Float64Array.of(7), at))),
      new Set([7]),
    );
    assert.equal(percentileOf(new Float64Array(0), 50), null);
  });

  it("leave out hidden values and rows without a denominator, and count both", async () => {
    const found = await decilesOf(
      [
        row(0.5),
        row(null),
        { ...row(Infinity), denominator: 0 },
        { ...row(null), numerator: 0, denominator: 0 },
        { ...row(null, { date: february }), denominator: null },
      ],
      { outer: false },
    );
    assert.deepEqual(
      found.map(({ date, values, hidden, withoutDenominator }) => [
        date,
        values,
        hidden,
        withoutDenominator,
      ]),
      [
        [january, 1, 1, 2],
        [february, 0, 1, 0],
      ],
    );
    assert.deepEqual(new Set(Object.values(shown(found[1]?.percentiles ?? []))), new Set([null]));
  });

  it("add 1 to 9 and 91 to 99 per cent in ascending order when outer ones are asked for", async () => {
    const [found] = await decilesOf([row(0), row(1)], { outer: true });
    // prettier-ignore
    const percents = [
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
    ];
    assert.deepEqual(
      found?.percentiles,
      percents.map((percentile) => ({ percentile, value: percentile / 100 })),
    );
  });

  it("are made for each date and each label of the columns behind the first", async () => {
    const found = await decilesOf(
      [
        row(1, { date: february, groups: ["p1", "M"] }),
        row(2, { groups: ["p1", "M"] }),
        row(3, { groups: ["p2", "F"] }),
        row(4, { groups: ["p2", "M"] }),
      ],
      { outer: false },
    );
    assert.deepEqual(
      found.map(({ date, groups, values }) => [date, ...groups, values]),
      [
        [january, "F", 1],
        [january, "M", 2],
        [february, "M", 1],
      ],
    );
  });

  it("never fall, and stay between the least and the greatest value, whatever the order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }),
        (values) => {
          const ascending = Float64Array.from(values).sort();
          const found = [1, ...deciles, 99].map(
            (percent) => percentileOf(ascending, percent) ?? NaN,
          );
          const [least = NaN, greatest = NaN] = [ascending[0], ascending.at(-1)];
          for (const [at, value] of found.entries()) {
            assert.ok(value >= (found[at - 1] ?? least) - 1e-6 && value <= greatest + 1e-6);
          }
        },
      ),
    );
  });
});
