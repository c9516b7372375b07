import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";

import { hideSmall, policyOf, suppress } from "../../engine/measures/suppress.ts";
import type { MeasureTable } from "../../engine/measures/measure-table.ts";
import { measureOf } from "./measure-of.ts";

const small = { kind: "small-numbers", threshold: 5 } as const;

function tableOf(columns: Readonly<Record<string, readonly number[]>>): MeasureTable {
  const [numerator = "", denominator = numerator] = Object.keys(columns);
  const rows = columns[numerator]?.length ?? 0;
  return {
    measure: measureOf(`${numerator} / ${denominator} by place`),
    labels: [{ name: "place", values: Array.from({ length: rows }, (_, at) => `p${at}`) }],
    rows,
    columns: Object.entries(columns).map(([name, values]) => ({
      name,
      whole: name === "population",
      values: Float64Array.from(values),
    })),
  };
}

const cells = (table: MeasureTable): number[][] => table.columns.map(({ values }) => [...values]);

const _ = NaN;

describe("hiding small numbers in a column", () => {
  const examples: readonly (readonly [given: number[], shown: number[], why: string])[] = [
    [[2, 2, 6], [_, _, _], "4 hidden people are too few, the next smallest goes too"],
    [[2, 10, 8], [_, 10, _], "the next smallest is 8"],
    [[1, 10, 10], [_, _, _], "both tens equal the next smallest"],
    [[5, 6, 100], [_, _, 100], "5 is small, and 5 hidden people are not more than 5"],
    [[3, 3, 100], [_, _, 100], "6 hidden people are enough"],
    [[6, 7, 100], [6, 7, 100], "6 is not small"],
    [[2, 2, 2, 2], [_, _, _, _], "all are small"],
    [[0, 1, 100], [0, _, _], "a zero is never hidden"],
    [[0, 0, 0], [0, 0, 0], "nothing is small"],
    [[1, 0, 7.5], [_, 0, _], "fractions work the same"],
    [[0.25, 5.5, 5.25], [_, 5.5, _], "anything above 0 is small, anything above 5 is not"],
    [[-3, 2, 7], [-3, _, _], "a negative number is never hidden"],
    [[4], [_], "nothing else is left to hide"],
    [[], [], "there is nothing"],
    [[_, 3, 4, 9], [_, _, _, 9], "a missing cell stays blank and counts for nothing"],
    [[1, Infinity], [_, _], "an infinite sum is the next smallest if it is the only one"],
  ];
  for (const [given, shown, why] of examples) {
    it(`shows ${JSON.stringify(given)} as ${JSON.stringify(shown)}: ${why}`, () => {
      assert.deepEqual([...hideSmall(Float64Array.from(given), 5).values], shown);
    });
  }

  it("counts what is hidden because it is small, and what is hidden beside it", () => {
    const counts = (given: readonly number[]) => {
      const { small: few, next } = hideSmall(Float64Array.from(given), 5);
      return [few, next];
    };
    assert.deepEqual(counts([1, 10, 10, 11, 0, -2, _]), [1, 2]);
    assert.deepEqual(counts([3, 3, 100]), [2, 0]);
    assert.deepEqual(counts([0, 7]), [0, 0]);
  });

  it("takes the threshold from the policy", () => {
    const { table } = suppress(tableOf({ n: [7, 8, 30], population: [50, 60, 70] }), {
      kind: "small-numbers",
      threshold: 10,
    });
    assert.deepEqual(cells(table), [
      [_, _, 30],
      [50, 60, 70],
    ]);
  });
});

describe("suppressing a measure", () => {
  it("treats numerator and denominator each by itself", () => {
    const { table, hidden } = suppress(tableOf({ n: [2, 10, 8], d: [10, 20, 30] }), small);
    assert.deepEqual(cells(table), [
      [_, 10, _],
      [10, 20, 30],
    ]);
    assert.deepEqual(hidden, [{ measure: "m", column: "n", groups: 1, more: 1 }]);
  });

  it("reports the denominator after the numerator", () => {
    const { table, hidden } = suppress(tableOf({ n: [6, 3, 3], d: [7, 4, 90] }), small);
    assert.deepEqual(cells(table), [
      [6, _, _],
      [_, _, 90],
    ]);
    assert.deepEqual(hidden, [
      { measure: "m", column: "n", groups: 2, more: 0 },
      { measure: "m", column: "d", groups: 1, more: 1 },
    ]);
  });

  it("passes over a column twice that is numerator and denominator, and finds nothing new", () => {
    const { table, hidden } = suppress(tableOf({ n: [2, 10, 8] }), small);
    assert.deepEqual(cells(table), [[_, 10, _]]);
    assert.equal(hidden.length, 1);
  });

  it("leaves its input as it was, for the other measures that share it", () => {
    const given = tableOf({ n: [2, 10, 8], d: [1, 20, 30] });
    const before = cells(given);
    suppress(given, small);
    assert.deepEqual(cells(given), before);
  });

  it("hides nothing only if told so", () => {
    const given = tableOf({ n: [1, 2], d: [3, 4] });
    const open = suppress(given, policyOf({ ...given.measure, small_number_suppression: false }));
    assert.deepEqual([cells(open.table), open.hidden], [cells(given), []]);
    const hidden = suppress(given, policyOf({ ...given.measure, small_number_suppression: true }));
    assert.deepEqual(cells(hidden.table), [
      [_, _],
      [_, _],
    ]);
  });

  it("hides up to the author's own threshold", () => {
    const given = tableOf({ n: [7, 1, 8], d: [50, 60, 70] });
    const own = policyOf({ ...given.measure, small_number_suppression: { threshold: 7 } });
    assert.deepEqual(cells(suppress(given, own).table), [
      [_, _, 8],
      [50, 60, 70],
    ]);
  });
});

describe("what can be written", () => {
  const folder = new URL("../../engine/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));
  const makersOf = (type: string) =>
    sources
      .filter(({ text }) => new RegExp(`(as|<)\\s*${type}\\b(?!\\))`).test(text))
      .map(({ name }) => name);

  it("comes from rounding alone, and that from suppression alone", () => {
    assert.deepEqual(makersOf("PublishableTable"), ["measures/publishable.ts"]);
    assert.deepEqual(makersOf("SuppressedTable"), ["measures/suppress.ts"]);
  });
});
