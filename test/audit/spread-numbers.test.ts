/** Numbers that add up to a total, dealt out anew at every turn. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { spread } from "../../engine/audit/solve/spread-numbers.ts";
import type { Alike } from "../../engine/audit/solve/spread-numbers.ts";

/** Groups of 1 to 9 numbers with the same bounds, and a total that they can have. */
const groupsWithTotal = fc
  .array(fc.tuple(fc.nat(9), fc.nat(6), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((groups) => {
    let next = 0;
    const all = groups.map(([lo, reach, count]): Alike => {
      const variables = Array.from({ length: count }, () => next++);
      return { lo, hi: lo + reach, variables };
    });
    const sumOf = (end: "lo" | "hi") =>
      all.reduce((sum, alike) => sum + alike[end] * alike.variables.length, 0);
    const total = fc.integer({ min: sumOf("lo"), max: sumOf("hi") });
    return fc.tuple(fc.constant(all), total, fc.integer({ min: 1, max: 5 }));
  });

describe("numbers that are spread over a total", () => {
  it("add up to it within their bounds at every turn, each number once", () => {
    fc.assert(
      fc.property(groupsWithTotal, ([all, total, of]) => {
        for (let at = 0; at < of; at++) {
          const numbers = new Map(spread(all, total, { at, of }));
          assert.equal(numbers.size, all.flatMap(({ variables }) => variables).length);
          assert.equal(
            [...numbers.values()].reduce((sum, each) => sum + each, 0),
            total,
          );
          for (const { lo, hi, variables } of all)
            for (const v of variables) {
              const number = numbers.get(v) ?? NaN;
              assert.ok(lo <= number && number <= hi);
            }
        }
      }),
    );
  });

  it("are all different from turn to turn where the total leaves room for that", () => {
    const variables = Array.from({ length: 12 }, (_, at) => at);
    for (let total = 24; total <= 48; total++) {
      const turns = [0, 1, 2].map(
        (at) => new Map(spread([{ lo: 1, hi: 5, variables }], total, { at, of: 3 })),
      );
      for (const v of variables)
        assert.equal(new Set(turns.map((numbers) => numbers.get(v))).size, 3, `${v} of ${total}`);
    }
  });
});
