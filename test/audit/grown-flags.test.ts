import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

const days = ["2021-01-01", "2021-02-01"];
const measure = (id: string, keys: readonly string[]) => ({
  ...{ id, numerator: "ever", denominator: "population", group_by: keys },
  small_number_suppression: true,
});

/** Of three hidden numbers the total is 7 on both days, and nobody can lose what she ever had. */
const release = JSON.stringify({
  ...{ format: 1, columns: { ever: { kind: "flag" } } },
  time: { cohort: "fixed", cumulative: ["ever"], static: ["region"] },
  releases: [
    {
      ...{ name: "first", study: "s", data: "d" },
      measures: [measure("by_region", ["region"]), measure("all", ["population"])],
      files: {
        "measure_by_region.csv": [
          "region,ever,population,value,date",
          ...days.flatMap((day) => ["a", "b", "c"].map((name) => `${name},,100,,${day}`)),
          "",
        ].join("\n"),
        "measure_all.csv": [
          "ever,population,value,date",
          ...days.map((day) => `7.0,300,${7 / 300},${day}`),
          "",
        ].join("\n"),
      },
    },
  ],
});

describe("a certificate of flags that never go back", () => {
  it("holds where what they grew by adds up to nothing, so that none of them grew", async () => {
    await inWorkspace({ "release.json": release }, async (folder) => {
      const described = ["--description", "release.json"];
      const { code, out } = await cohortline(folder, ["audit", ...described, "--certificate", "c"]);
      assert.equal(code, 0, out);
      const verified = await cohortline(folder, ["verify-certificate", "c", ...described]);
      assert.match(verified.out, /holds: 6 numbers .*; 4 more can be worked out and are not small/);
    });
  });
});
