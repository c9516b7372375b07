/** Two looks at one world: all groupings at once, which may stay undecided, and pair by pair, which tells less. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuditedCell } from "../../engine/audit/audit-result.ts";
import { stricter } from "../../engine/audit/audit-world.ts";
import type { AuditedWorld } from "../../engine/audit/audit-world.ts";

const verdicts = {
  leak: { verdict: "exact", unsafe: true, min: 4, max: 4 },
  safe: { verdict: "safe", unsafe: false, min: 1, max: 5 },
  open: { verdict: "undecided", unsafe: false, min: 1, max: 5 },
} as const;

type Told = keyof typeof verdicts;

function world(told: Readonly<Record<"F" | "M", Told>>): AuditedWorld {
  const cells = Object.entries(told).map(([sex, each], at): AuditedCell => {
    const named = {
      of: "cell",
      quantity: "ill",
      date: "2021-05-01",
      study: "s",
      data: "d",
    } as const;
    const figures = [`r/measure_ill_by_sex.csv:${String(at + 1)}:ill`];
    return { ...named, groups: { sex }, figures, ...verdicts[each] };
  });
  return { cells, contradiction: null, shown: null, proofs: [], searched: 0, components: 1 };
}

const toldBy = (all: AuditedWorld): readonly string[] => all.cells.map(({ verdict }) => verdict);

describe("what all groupings tell at once", () => {
  it("is kept where another number stays undecided, of which then the pairs speak", () => {
    const found = stricter(world({ F: "leak", M: "open" }), world({ F: "safe", M: "safe" }));
    assert.deepEqual(toldBy(found), ["exact", "safe"]);
    assert.equal(found.shown, null, "no certificate");
  });

  it("is undecided where the pairs do not speak either", () => {
    const found = stricter(world({ F: "leak", M: "open" }), world({ F: "safe", M: "open" }));
    assert.deepEqual(toldBy(found), ["exact", "undecided"]);
  });

  it("gives way to the pairs where it tells no leak and leaves something open", () => {
    const found = stricter(world({ F: "safe", M: "open" }), world({ F: "leak", M: "safe" }));
    assert.deepEqual(toldBy(found), ["exact", "safe"]);
  });

  it("goes before the pairs where all is decided", () => {
    const found = stricter(world({ F: "leak", M: "safe" }), world({ F: "safe", M: "safe" }));
    assert.deepEqual(toldBy(found), ["exact", "safe"]);
  });
});
