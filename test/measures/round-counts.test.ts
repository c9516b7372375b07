import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { roundedCount } from "../../engine/measures/publishable.ts";
import { measureOf, textOf } from "./measure-of.ts";

describe("a number rounded", () => {
  const examples = [
    [{ to: 5 }, [0, 1, 2, 2.5, 3, 7, 8, 12.5, 13], [0, 0, 0, 5, 5, 5, 10, 15, 15]],
    [{ to: 10 }, [4, 5, 14, 15, 1_000_005], [0, 10, 10, 20, 1_000_010]],
    [{ to: 7 }, [3, 4, 10, 11], [0, 7, 7, 14]],
    ["midpoint6", [0, 1, 6, 7, 12, 13, 6.5], [0, 3, 3, 9, 9, 15, 9]],
    [{ to: 5 }, [-3, -2, NaN, Infinity], [-5, -0, NaN, Infinity]],
    ["midpoint6", [-1, -7, NaN, -Infinity], [-3, -9, NaN, -Infinity]],
  ] as const;
  for (const [rounding, given, expected] of examples) {
    it(`by ${JSON.stringify(rounding)}: ${given.join(" ")} become ${expected.join(" ")}`, () => {
      assert.deepEqual(
        given.map((value) => roundedCount(value, rounding)),
        expected,
      );
    });
  }
});

describe("a measure with rounding", () => {
  /** Seventeen women, eight of them ill, and three men, two of them ill. */
  const people = (sex: string, ill: string, count: number) =>
    Array.from({ length: count }, () => [sex, ill]);
  const cohort = [
    ["sex", "ill"],
    ...people("F", "1", 8),
    ...people("F", "0", 9),
    ...people("M", "1", 2),
    ...people("M", "0", 1),
  ];
  const bySex = measureOf("ill / population by sex");

  it("has its value from the rounded numbers alone", async () => {
    const text = await textOf(cohort, { ...bySex, rounding: { to: 5 } });
    assert.equal(text, "sex,ill,population,value\nF,10.0,15,0.6666666666666666\nM,0.0,5,0.0\n");
  });

  it("rounds to the midpoint of six", async () => {
    const text = await textOf(cohort, { ...bySex, rounding: "midpoint6" });
    assert.equal(text, "sex,ill,population,value\nF,9.0,15,0.6\nM,3.0,3,1.0\n");
  });

  it("is suppressed by what was counted, before it is rounded", async () => {
    const hidden = { ...bySex, small_number_suppression: { threshold: 2 } } as const;
    const text = await textOf(cohort, { ...hidden, rounding: { to: 5 } });
    assert.equal(text, "sex,ill,population,value\nF,,15,\nM,,5,\n");
  });

  it("rounds the number of people shown beside a ratio of two columns", async () => {
    const everybody = measureOf("ill / ill by population");
    const text = await textOf(cohort, { ...everybody, rounding: { to: 5 } });
    assert.equal(text, "ill,population,value\n10.0,20,1.0\n");
  });
});
