/** Labels that a file of repairs merges: in which files, and how they are audited beside files that have them apart. */
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, contentsOf, inWorkspace } from "../commands/workspace.ts";
import { cohortFile, studyOf } from "./planted-study.ts";
import type { Asked } from "./planted-study.ts";

const asked: readonly Asked[] = [
  ["ill", "population", ["region"], true],
  ["ill", "population", ["sex", "region"], true],
];

const small = ["A", "B", "C", "D", "E", "F"];
const regions = [...small, "South", "U", "V"];

/** Of each region 40 women, in order so many of them ill, and 10 men who are not. */
function cohort(ill: readonly number[]): string {
  return cohortFile(
    regions.flatMap((region, at) => [
      { count: ill[at] ?? 0, region, ill: true },
      { count: 40 - (ill[at] ?? 0), region },
      { count: 10, region, sex: "M" },
    ]),
  );
}

const workspace = {
  "analysis/study_definition.ts": studyOf(asked),
  "output/input_2020-01-01.csv": cohort([1, 1, 1, 1, 1, 1, 30, 3, 4]),
  "output/input_2020-02-01.csv": cohort([9, 8, 0, 0, 0, 0, 30, 12, 12]),
};

const merge = { column: "region", labels: small, into: "other" };

async function measured(folder: string, actions: readonly object[], ...words: string[]) {
  writeFileSync(join(folder, "r.json"), JSON.stringify({ repairs: 1, actions }));
  return cohortline(folder, ["generate_measures", "--repairs", "r.json", ...words]);
}

describe("merged labels", () => {
  it("are added up before anything is hidden, in every file of the column and at every date", async () => {
    await inWorkspace(workspace, async (folder) => {
      const made = await measured(folder, [{ merge }]);
      assert.equal(made.code, 0, made.err);
      const output = join(folder, "output");
      assert.equal(
        readFileSync(join(output, "measure_ill_by_region.csv"), "utf8"),
        `region,ill,population,value,date
other,6.0,300,0.02,2020-01-01
South,30.0,50,0.6,2020-01-01
U,,50,,2020-01-01
V,,50,,2020-01-01
other,17.0,300,${17 / 300},2020-02-01
South,30.0,50,0.6,2020-02-01
U,12.0,50,0.24,2020-02-01
V,12.0,50,0.24,2020-02-01
`,
      );
      const crossed = readFileSync(join(output, "measure_ill_by_sex_region.csv"), "utf8");
      assert.match(
        crossed,
        /^F,other,6.0,240,0.025,2020-01-01\nF,South[^]*\nM,other,0.0,60,0.0,2020-01-01\n/m,
      );
      assert.ok(!/,[A-F],/.test(crossed));
      const audited = await cohortline(folder, ["audit", "--certificate", "c.json"]);
      assert.equal(audited.code, 0, audited.out);
      const verified = await cohortline(folder, ["verify-certificate", "c.json"]);
      assert.equal(verified.code, 0, verified.out);
      const before = contentsOf(output);
      await measured(folder, [{ merge }], "--skip-existing");
      assert.deepEqual(contentsOf(output), before);
    });
  });

  it("are read as a sum of what an earlier release has apart", async () => {
    await inWorkspace(workspace, async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      const apart = await cohortline(folder, ["audit"]);
      assert.equal(apart.code, 0, apart.out);
      cpSync(join(folder, "output"), join(folder, "earlier"), { recursive: true });
      await measured(folder, [{ merge: { column: "region", labels: small } }]);
      const { code, out } = await cohortline(folder, ["audit", "--earlier", "earlier", "--json"]);
      assert.equal(code, 1, out);
      const { cells } = JSON.parse(out) as {
        cells: { unsafe: boolean; date: string; groups: object; min: number; max: number }[];
      };
      // Six hidden numbers are 6 together; what all are together no file tells.
      const leaks = cells.filter(({ unsafe }) => unsafe);
      assert.deepEqual(
        leaks.map(({ date, groups, min, max }) => [date, Object.values(groups).join(), min, max]),
        [...small, ...small.map((region) => `${region},F`)].map((group) => [
          "2020-01-01",
          group,
          1,
          1,
        ]),
      );
    });
  });

  it("are refused where they are not labels, or not apart from others", async () => {
    await inWorkspace(workspace, async (folder) => {
      const refused = async (actions: readonly object[], message: RegExp): Promise<void> => {
        const { code, err } = await measured(folder, actions);
        assert.equal(code, 1);
        assert.match(err, message);
      };
      const of = (change: object) => [{ merge: { ...merge, ...change } }];
      await refused(
        of({ column: "regoin" }),
        /column to group by "regoin".*repairs-name-unknown[^]*Nearest: "region"/,
      );
      await refused(of({ labels: ["A", "North"] }), /label "North", which is not measured/);
      await refused(
        of({ into: "South" }),
        /"ill_by_region".*"South", which is.*repairs-label-exists/,
      );
      await refused(of({ labels: ["A"] }), /merge.labels: expected two labels or more/);
      await refused(
        [{ merge }, { merge: { column: "region", labels: ["F", "South"] } }],
        /label "F" of column "region" is merged twice.*repairs-contradict/,
      );
    });
  });
});
