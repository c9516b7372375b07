import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import { aggregate } from "../../engine/measures/aggregate.ts";
import type { MeasureSpec } from "../../engine/measures/measure-spec.ts";
import { readingOf } from "./reading-of.ts";
import type { Cells } from "./reading-of.ts";

const row = fc.tuple(
  fc.constantFrom("F", "M", ""),
  fc.constantFrom("10", "9", "é", "😀", "\ufb01", "Z", "a"),
  fc.constantFrom("x", "y", "z", "xx"),
  fc.integer({ min: -3, max: 9 }).map(String),
  fc.integer({ min: 0, max: 1 }).map(String),
);

const header = ["sex", "place", "kind", "n", "d"];

const measure: fc.Arbitrary<MeasureSpec> = fc.record({
  id: fc.constant("m"),
  numerator: fc.constantFrom("n", "d", "population"),
  denominator: fc.constantFrom("n", "d", "population"),
  group_by: fc.subarray(["kind", "sex", "place"], { minLength: 1 }),
  small_number_suppression: fc.constant(false),
});

const codePoints = (text: string): number[] => Array.from(text, (sign) => sign.codePointAt(0) ?? 0);

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((unit, place) => unit !== b[place]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

/** Every combination of a column's values, first column slowest. */
function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (heads, list) => heads.flatMap((head) => list.map((word) => [...head, word])),
    [[]],
  );
}

/** As a person would: for each combination of values, go through all rows. */
function byHand([, ...rows]: Cells, { numerator, denominator, group_by }: MeasureSpec) {
  const cell = (cells: readonly string[], name: string): string =>
    cells[header.indexOf(name)] ?? "1";
  const keys = group_by ?? [];
  const values = keys.map((key) =>
    [...new Set(rows.map((cells) => cell(cells, key)))].sort((a, b) =>
      compare(codePoints(a), codePoints(b)),
    ),
  );
  return combinations(values).map((words) => {
    const members = rows.filter((cells) => keys.every((key, k) => cell(cells, key) === words[k]));
    const sum = (name: string): number =>
      members.reduce((total, cells) => total + Number(cell(cells, name)), 0);
    return [...words, sum(numerator), sum(denominator)];
  });
}

describe("aggregating", () => {
  it("agrees with going through all rows for each group, in blocks of any size", async () => {
    const cohorts = fc.array(row, { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        cohorts,
        fc.array(measure, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, measures, blockRows) => {
          const cells = [header, ...rows];
          const tables = await aggregate(readingOf(cells, measures, blockRows), measures, "i.csv");
          tables.forEach((table, place) => {
            const numbers = [...table.columns, ...table.columns].slice(0, 2);
            const words = combinations(table.labels.map((label) => label.values));
            const got = Array.from({ length: table.rows }, (_, at) => [
              ...(words[at] ?? []),
              ...numbers.map(({ values }) => values[at]),
            ]);
            const spec = measures[place];
            assert.deepEqual(got, spec === undefined ? null : byHand(cells, spec));
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
