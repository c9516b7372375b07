import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Rounding } from "../../engine/measures/measure-spec.ts";
import { roundedCount } from "../../engine/measures/publishable.ts";
import { hideSmall } from "../../engine/measures/suppress.ts";

const THRESHOLD = 5;

const column = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 12 }),
    fc.constantFrom(0, 1, 5, 6),
    fc.integer({ min: -4, max: 300 }),
    fc.integer({ min: 0, max: 40 }).map((quarters) => quarters / 4),
  ),
  { maxLength: 12 },
);

/** As patients are counted. */
const counts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 });

const blank = (cell: number): boolean => Number.isNaN(cell);
const shown = (cells: readonly number[]): number[] => [
  ...hideSmall(Float64Array.from(cells), THRESHOLD).values,
];
const total = (cells: readonly number[]): number => cells.reduce((sum, cell) => sum + cell, 0);

/** Says of every column what must hold between it and what is shown of it. */
function holds(claim: (given: readonly number[], after: readonly number[]) => void): void {
  fc.assert(
    fc.property(column, (given) => {
      claim(given, shown(given));
    }),
    { numRuns: 2000 },
  );
}

/**
 * The rule said as a choice among all sets of cells that could be hidden, instead of as steps: the
 * smallest set that holds every small cell, and, if those add up to too little, cells down from none
 * in between; cells that are equal go together.
 */
function byExhaustion(given: readonly number[]): number[] {
  const positive = [...new Set(given.filter((cell) => cell > 0))].sort((a, b) => a - b);
  const limits = [0, ...positive];
  const hiddenBy = (limit: number): number[] => given.filter((cell) => cell > 0 && cell <= limit);
  const safe = limits.find((limit) => {
    const hidden = hiddenBy(limit);
    const allSmall = given.every((cell) => cell <= 0 || cell > THRESHOLD || cell <= limit);
    return allSmall && (hidden.length === 0 || total(hidden) > THRESHOLD);
  });
  const limit = safe ?? positive.at(-1) ?? 0;
  return given.map((cell) => (cell > 0 && cell <= limit ? NaN : cell));
}

describe("suppression of small numbers", () => {
  it("shows no number from above 0 up to the threshold", () => {
    holds((_, after) => {
      assert.ok(after.every((cell) => blank(cell) || cell <= 0 || cell > THRESHOLD));
    });
  });

  it("changes no number: each is shown as it is or not at all", () => {
    holds((given, after) => {
      assert.equal(after.length, given.length);
      after.forEach((cell, at) => {
        if (!blank(cell)) assert.equal(cell, given[at]);
      });
    });
  });

  it("never hides a zero or a negative number", () => {
    holds((given, after) => {
      given.forEach((cell, at) => {
        if (cell <= 0) assert.equal(after[at], cell);
      });
    });
  });

  it("hides more than the threshold in total, or all that is above 0, or nothing", () => {
    holds((given, after) => {
      const hidden = given.filter((_, at) => blank(after[at] ?? 0));
      const left = after.filter((cell) => cell > 0);
      assert.ok(hidden.length === 0 || total(hidden) > THRESHOLD || left.length === 0);
    });
  });

  it("hides no larger number unless the small ones alone are too few", () => {
    holds((given, after) => {
      const small = given.filter((cell) => cell > 0 && cell <= THRESHOLD);
      const large = given.filter((cell, at) => cell > THRESHOLD && blank(after[at] ?? 0));
      if (small.length === 0 || total(small) > THRESHOLD) assert.deepEqual(large, []);
      assert.ok(new Set(large).size <= 1);
      const kept = after.filter((cell) => cell > THRESHOLD);
      assert.ok(large.every((cell) => kept.every((other) => other > cell)));
    });
  });

  it("treats equal numbers alike, wherever they stand", () => {
    holds((given, after) => {
      given.forEach((cell, at) => {
        given.forEach((other, there) => {
          if (cell === other) assert.equal(blank(after[at] ?? 0), blank(after[there] ?? 0));
        });
      });
    });
  });

  it("finds nothing more to hide in what it has shown", () => {
    holds((_, after) => {
      assert.deepEqual(shown(after), after);
    });
  });

  it("is the smallest choice that is safe, of all there are", () => {
    holds((given, after) => {
      assert.deepEqual(after, byExhaustion(given));
    });
  });
});

describe("suppression and rounding together", () => {
  const rounding = fc.oneof(
    fc.constant("midpoint6" as const),
    fc.record({ to: fc.integer({ min: 2, max: 20 }) }),
  );
  const threshold = fc.integer({ min: 1, max: 12 });
  /** What is shown of a column of counts. */
  const published = (given: readonly number[], limit: number, how: Rounding): number[] =>
    [...hideSmall(Float64Array.from(given), limit).values].map((cell) => roundedCount(cell, how));

  it("show no number that was small, and no number that was not rounded", () => {
    const property = fc.property(counts, threshold, rounding, (given, limit, how) => {
      published(given, limit, how).forEach((cell, at) => {
        const before = given[at] ?? 0;
        if (before > 0 && before <= limit) assert.ok(blank(cell));
        if (blank(cell) || cell === 0) return;
        assert.equal(how === "midpoint6" ? (cell + 3) % 6 : cell % how.to, 0);
      });
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("hide the same cells whatever is rounded, and move no number by more than half a step", () => {
    const property = fc.property(counts, threshold, rounding, (given, limit, how) => {
      const hidden = hideSmall(Float64Array.from(given), limit).values;
      const after = published(given, limit, how);
      assert.deepEqual(after.map(blank), [...hidden].map(blank));
      const most = how === "midpoint6" ? 3 : how.to / 2;
      after.forEach((cell, at) => {
        if (!blank(cell)) assert.ok(Math.abs(cell - (given[at] ?? 0)) <= most);
      });
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("keep the order of numbers", () => {
    const property = fc.property(counts, rounding, (given, how) => {
      const sorted = [...given].sort((a, b) => a - b).map((cell) => roundedCount(cell, how));
      assert.deepEqual(
        sorted,
        [...sorted].sort((a, b) => a - b),
      );
    });
    fc.assert(property, { numRuns: 2000 });
  });
});
