import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "node:test";
import { durationText } from "../../engine/base/shown-numbers.ts";
import { progressText, severalText } from "../../engine/terminal/progress-text.ts";

const work = { label: "study", unit: "rows", total: 1_000_000, done: 0, rows: 0, seconds: 0 };

describe("the line of progress", () => {
  it("says how much, how long still and how fast, as far as it is known", () => {
    const none = "░".repeat(20);
    const half = "█".repeat(10) + "░".repeat(10);
    const table: readonly (readonly [object, number, string])[] = [
      [{}, 120, `study ${none} 0/1,000,000 rows`],
      [
        { done: 500_000, rows: 500_000, seconds: 50 },
        120,
        `study ${half} 500,000/1,000,000 rows, 50 s left, 10,000 rows a second`,
      ],
      [
        { done: 500_000, rows: 500_000, seconds: 50 },
        79,
        "study 500,000/1,000,000 rows, 50 s left, 10,000 rows a second",
      ],
      [
        { done: 500_000, rows: 500_000, seconds: 50 },
        40,
        "study 500,000/1,000,000 rows, 50 s left",
      ],
      [{ total: 0, done: 700, rows: 700, seconds: 7 }, 80, "study 700 rows, 100 rows a second"],
      [
        { unit: "files", total: 12, done: 3, rows: 3000, seconds: 6 },
        120,
        `study ${"█".repeat(5)}${"░".repeat(15)} 3/12 files, 18 s left, 500 rows a second`,
      ],
    ];
    for (const [known, columns, text] of table) {
      assert.equal(progressText({ ...work, ...known }, columns), text);
    }
  });

  it("leaves the last column of the terminal free, whatever is counted and however narrow it is", () => {
    const any = fc.record({
      label: fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 }),
      unit: fc.constantFrom("rows", "files", "patients"),
      total: fc.nat(2 ** 31 - 1),
      done: fc.nat(2 ** 31 - 1),
      rows: fc.nat(2 ** 31 - 1),
      seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(any, fc.integer({ min: 10, max: 200 }), (each, columns) => {
        assert.ok(Array.from(progressText(each, columns)).length < columns);
        assert.ok(Array.from(severalText([each, each], columns)).length < columns);
      }),
    );
  });
});

describe("a duration", () => {
  const table: readonly (readonly [number, string])[] = [
    [0, "0.0 s"],
    [0.44, "0.4 s"],
    [9.96, "10 s"],
    [59.6, "1 min 00 s"],
    [185, "3 min 05 s"],
    [7800, "2 h 10 min"],
  ];
  for (const [seconds, text] of table) {
    it(`of ${seconds} seconds is ${text}`, () => {
      assert.equal(durationText(seconds), text);
    });
  }
});
