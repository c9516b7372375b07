/** What rounding all measures would print, told from what is printed, against what is printed of the true numbers. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Release } from "../../engine/audit/describe/description.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";
import type { RoundingRun } from "../../engine/audit/repair/repairs-file.ts";
import { roundedRelease } from "../../engine/audit/repair/rounded-release.ts";
import type { MeasureSpec } from "../../engine/measures/measure-spec.ts";
import { publishable } from "../../engine/measures/publishable.ts";
import { formatMeasure } from "../../engine/measures/write-measure.ts";

type Rule = Pick<MeasureSpec, "small_number_suppression" | "rounding">;

/** By region, and of everybody where that is wanted. */
function released(counts: readonly number[], hasTotal: boolean, rule: Rule): Release {
  const total = counts.reduce((sum, each) => sum + each, 0);
  const keys = hasTotal ? ["region", "population"] : ["region"];
  const measures = keys.map((key) => ({
    ...{ id: key, numerator: "ill", denominator: "population", group_by: [key] },
    ...rule,
  }));
  const files = measures.map((measure) => {
    const own = measure.id === "region" ? counts : [total];
    const places = Uint32Array.from(own.keys());
    const columns = [
      { name: "ill", whole: true, values: Float64Array.from(own) },
      { name: "population", whole: true, values: Float64Array.from(own, (each) => each + 8) },
    ];
    const region = { name: "region", values: own.map((_, at) => `R${at}`), places };
    const labels = measure.id === "region" ? [region] : [];
    const { table } = publishable({ measure, labels, rows: own.length, columns });
    const [header = "", ...rows] = [...formatMeasure(table)].join("").trimEnd().split("\n");
    const lines = [`${header},date`, ...rows.map((row) => `${row},2020-01-01`)];
    return [`measure_${measure.id}.csv`, `${lines.join("\n")}\n`] as const;
  });
  const release = {
    name: "r",
    study: "s",
    data: "d",
    measures,
    files: Object.fromEntries<string>(files),
  };
  const [read] = readDescription(
    JSON.stringify({ format: 1, columns: { ill: { kind: "flag" } }, releases: [release] }),
    "f",
  ).releases;
  assert.ok(read !== undefined);
  return read;
}

/** Every choice of so many of the numbers. */
function truths(numbers: readonly number[], rows: number): readonly (readonly number[])[] {
  if (rows === 0) return [[]];
  return truths(numbers, rows - 1).flatMap((own) => numbers.map((each) => [...own, each]));
}

const hides = { small_number_suppression: true };

describe("rounding all measures", () => {
  const run: RoundingRun = { threshold: 7, rounding: { to: 5 } };
  const rounded: Rule = { small_number_suppression: { threshold: 7 }, rounding: { to: 5 } };

  it("prints under a higher threshold what it is told that it prints", () => {
    for (const truth of truths([0, 1, 5, 6, 7, 12], 3)) {
      const told = roundedRelease(released(truth, true, hides), run);
      assert.deepEqual(told, released(truth, true, rounded), JSON.stringify(truth));
    }
  });

  it("is not told where one more number may be hidden, and nothing says so", () => {
    let open = 0;
    for (const truth of truths([1, 5, 6, 8, 12], 4)) {
      const told = roundedRelease(released(truth, false, hides), run);
      if (told === null) open++;
      else assert.deepEqual(told, released(truth, false, rounded), JSON.stringify(truth));
    }
    assert.ok(open > 0 && open < 600);
  });

  it("hides nothing more, and always is told, where the threshold stays", () => {
    const rule: Rule = { ...hides, rounding: "midpoint6" };
    for (const truth of truths([0, 1, 5, 6, 8, 12], 3)) {
      const told = roundedRelease(released(truth, false, hides), { rounding: "midpoint6" });
      assert.deepEqual(told, released(truth, false, rule), JSON.stringify(truth));
    }
  });

  it("is not told of numbers that are rounded already", () => {
    const rule: Rule = { ...hides, rounding: { to: 5 } };
    assert.equal(roundedRelease(released([8, 12], true, rule), run), null);
  });
});
