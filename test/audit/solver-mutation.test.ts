/** A solver that forgets something: what it then takes for possible is refused, and never called safe. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answered } from "../../engine/audit/audit-world.ts";
import type { AuditedCell } from "../../engine/audit/audit-result.ts";
import { cellKey } from "../../engine/audit/describe/cell-name.ts";
import { policyOf } from "../../engine/audit/describe/description.ts";
import { publishedTables } from "../../engine/audit/describe/published-table.ts";
import { readDescription } from "../../engine/audit/describe/read-description.ts";
import { worldsOf } from "../../engine/audit/model/world.ts";
import { opened } from "../../engine/audit/settle-world.ts";
import { Solver } from "../../engine/audit/solve/solver.ts";

const date = "2021-03-01";

function description(files: Readonly<Record<string, readonly string[]>>, columns: object): string {
  const measures = Object.keys(files).map((id) => ({
    ...{ id, numerator: id.startsWith("severe") ? "severe" : "ill", denominator: "population" },
    ...{ group_by: id.split("_by_")[1]?.split("_"), small_number_suppression: true },
  }));
  const texts = Object.entries(files).map(([id, rows]) => [
    `measure_${id}.csv`,
    rows.map((row, at) => `${row},${at === 0 ? "date" : date}\n`).join(""),
  ]);
  return JSON.stringify({
    ...{ format: 1, columns, facts: [{ subset: ["severe", "ill"] }] },
    releases: [
      { name: "r", study: "s", data: "d", measures, files: Object.fromEntries(texts) as object },
    ],
  });
}

/** One of six is a patient, two regions and sexes cross, and a flag lies within another. */
const leaking = description(
  {
    ill_by_region: ["region,ill,population,value", "A,23.0,100,0.23", "B,50.0,100,0.5"],
    ill_by_sex: ["sex,ill,population,value", "F,23.0,100,0.23", "M,50.0,100,0.5"],
    ill_by_region_sex: [
      "region,sex,ill,population,value",
      ...["A,F,,50,", "A,M,,50,", "B,F,,50,", "B,M,30.0,50,0.6"],
    ],
    severe_by_region: ["region,severe,population,value", "A,22,100,0.22", "B,40,100,0.4"],
  },
  { ill: { kind: "flag" }, severe: { kind: "flag" } },
);

describe("an audit whose solver forgets one limit", () => {
  for (const shape of ["linked", "joint"] as const)
    it(`calls nothing safe that is not, with numbers laid out ${shape}`, () => {
      const read = readDescription(leaking, "f");
      const policy = policyOf(read);
      const [parts] = worldsOf(read, read.releases.flatMap(publishedTables));
      assert.ok(parts !== undefined);
      const asked = { policy, budget: 500, certifies: false };
      const without = (at: number): readonly AuditedCell[] => {
        const open = opened(read, parts, policy, shape);
        open.world.model.limits.splice(at, at < 0 ? 0 : 1);
        return answered({ ...open, solver: new Solver(open.world.model) }, asked).cells;
      };
      const whole = new Map(without(-1).map((cell) => [cellKey(cell), cell]));
      const leaks = [...whole.values()].filter(({ unsafe }) => unsafe);
      assert.ok(leaks.length > 0);
      let lost = 0;
      const { limits } = opened(read, parts, policy, shape).world.model;
      for (const at of limits.keys()) {
        for (const cell of without(at)) {
          const intact = whole.get(cellKey(cell));
          if (cell.verdict === "safe")
            assert.equal(intact?.verdict, "safe", `${cellKey(cell)} without ${at}`);
          if (intact?.unsafe === true && cell.verdict === "undecided") lost++;
        }
      }
      assert.ok(lost > 0, "some limit must be needed");
    });
});
