import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { cohortline, contentsOf, inWorkspace, smallWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const months = "--index-date-range=2020-01-01 to 2020-03-01 by month";

/** Cohorts of the format, then measures; gives the measure files. */
function measuresFrom(format: string): Promise<Files> {
  return inWorkspace(smallWorkspace, async (folder) => {
    const dummy = ["--expectations-population=500", `--output-format=${format}`];
    const made = await cohortline(folder, ["generate_cohort", ...dummy, months]);
    assert.deepEqual([made.code, made.err.includes("Problem")], [0, false]);
    assert.ok(existsSync(join(folder, `output/input_2020-02-01.${format}`)));
    assert.equal((await cohortline(folder, ["generate_measures"])).code, 0);
    const files = Object.entries(contentsOf(folder));
    return Object.fromEntries(files.filter(([name]) => /^output\/measure_.*\.csv$/.test(name)));
  });
}

describe("generate_cohort in Stata's format", () => {
  it("leads to the same measure files as in csv, plain or gzipped", async () => {
    const csv = await measuresFrom("csv");
    assert.ok(Object.keys(csv).length >= 4);
    for (const format of ["dta", "dta.gz"]) assert.deepEqual(await measuresFrom(format), csv);
  });

  it("may be asked for by the name of the output, and its file taken for dummy data", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const first = ["--expectations-population=50", "--output-file=output/made.dta"];
      assert.equal((await cohortline(folder, ["generate_cohort", ...first])).code, 0);
      const again = ["--dummy-data-file=output/made.dta", "--output-file=output/copy.dta"];
      const copied = await cohortline(folder, ["generate_cohort", ...again]);
      assert.deepEqual([copied.code, copied.out.includes("Problem")], [0, false]);
      const files = contentsOf(folder);
      assert.equal(files["output/copy.dta"], files["output/made.dta"]);
    });
  });
});
