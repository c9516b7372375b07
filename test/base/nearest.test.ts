import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { nearestNames } from "../../engine/base/nearest.ts";

describe("the nearest names", () => {
  const cases: readonly (readonly [name: string, names: readonly string[], nearest: string[]])[] = [
    ["sbp", ["bp_sys", "sbp_1", "spb", "age"], ["spb", "sbp_1"]],
    ["indexdate", ["today", "index_date"], ["index_date"]],
    ["Age", ["age", "stage"], ["age", "stage"]],
    [
      "has_asthma",
      ["had_asthma", "asthma", "has_ashtma", "copd"],
      ["had_asthma", "has_ashtma", "asthma"],
    ],
    ["a", ["b", "ab", "abc", "xyz"], ["ab", "abc"]],
    ["bmi", ["sex", "age"], []],
    ["", ["a"], []],
    ["bmi", [], []],
  ];
  for (const [name, names, nearest] of cases) {
    it(`to ${JSON.stringify(name)} among ${names.join(", ")} are ${nearest.join(", ")}`, () => {
      assert.deepEqual(nearestNames(name, names), nearest);
    });
  }

  it("are as many as asked for, each once, equally near ones by name", () => {
    const names = ["bat", "cat", "hat", "rat", "bat"];
    assert.deepEqual(nearestNames("at", names), ["bat", "cat", "hat"]);
    assert.deepEqual(nearestNames("at", names.toReversed(), 1), ["bat"]);
  });

  it("come in order of the fewest edits, by a search that tries every edit", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 6 }), (name, names) => {
        const edits = (other: string): number => fewestEdits(name, other);
        const allowed = (other: string): number =>
          Math.min(
            Math.max(2, Math.floor(name.length / 2)),
            Math.max(name.length, other.length) - 1,
          );
        const expected = [...new Set(names)]
          .filter((other) => edits(other) <= allowed(other))
          .sort((a, b) => edits(a) - edits(b) || (a < b ? -1 : 1));
        assert.deepEqual(nearestNames(name, names, 6), expected);
      }),
      { numRuns: 300 },
    );
  });
});

/** Straight from the definition: what it costs to make the beginnings equal, then one last edit. */
function fewestEdits(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const [restA, restB] = [a.slice(0, -1), b.slice(0, -1)];
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  const choices = [
    fewestEdits(restA, b) + 1,
    fewestEdits(a, restB) + 1,
    fewestEdits(restA, restB) + same,
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    choices.push(fewestEdits(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...choices);
}
