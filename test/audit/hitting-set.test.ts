/** The cheapest choice that has something of every set, against every choice. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { cheapestHittingSet } from "../../engine/audit/repair/hitting-set.ts";
import { solveWithHighs } from "../../engine/audit/solve/highs.ts";
import type { SolveProgram } from "../../engine/audit/solve/highs.ts";

interface Item {
  readonly cost: number;
}

/** Up to eight items, and sets of some of them. */
const choosing = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 })
  .chain((costs) => {
    const items = costs.map((cost): Item => ({ cost }));
    return fc.array(fc.subarray(items, { minLength: 1 }), { maxLength: 7 });
  });

function isHitting(chosen: readonly Item[], sets: readonly (readonly Item[])[]): boolean {
  return sets.every((set) => set.some((item) => chosen.includes(item)));
}

function costOf(items: readonly Item[]): number {
  return items.reduce((sum, { cost }) => sum + cost, 0);
}

function leastCost(sets: readonly (readonly Item[])[]): number {
  const items = [...new Set(sets.flat())];
  const all = Array.from({ length: 2 ** items.length }, (_, bits) =>
    items.filter((__, at) => Math.floor(bits / 2 ** at) % 2 === 1),
  );
  return Math.min(...all.filter((some) => isHitting(some, sets)).map(costOf));
}

describe("the cheapest hitting set", () => {
  it("has something of every set, and no choice costs less", () => {
    const solveProgram = (): never => assert.fail("so few are tried one by one");
    fc.assert(
      fc.property(choosing, (sets) => {
        const chosen = cheapestHittingSet(sets, { solveProgram });
        assert.ok(isHitting(chosen, sets));
        assert.equal(costOf(chosen), leastCost(sets));
      }),
    );
  });

  it("has something of every set whatever a solver says, and nothing that it could do without", () => {
    fc.assert(
      fc.property(choosing, fc.array(fc.integer({ min: -1, max: 2 })), (sets, numbers) => {
        const how = { mostTried: 0, solveProgram: () => numbers };
        const chosen = cheapestHittingSet(sets, how);
        assert.ok(isHitting(chosen, sets));
        for (const item of chosen)
          assert.ok(
            !isHitting(
              chosen.filter((each) => each !== item),
              sets,
            ),
          );
      }),
    );
  });

  it("is what HiGHS finds where there are more choices than are tried", () => {
    // What is in most sets for its cost, 3 in two of them, is not in the cheapest choice, 5 and 2.
    const [a, b, c, d]: readonly Item[] = [{ cost: 5 }, { cost: 3 }, { cost: 4 }, { cost: 2 }];
    assert.ok(a !== undefined && b !== undefined && c !== undefined && d !== undefined);
    const sets = [[a], [b, c, d], [a, b, c]];
    const costWith = (solveProgram: SolveProgram): number =>
      costOf(cheapestHittingSet(sets, { mostTried: 0, solveProgram }));
    assert.equal(
      costWith(() => null),
      8,
    );
    assert.equal(costWith(solveWithHighs), 7);
  });
});
