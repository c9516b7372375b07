import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { dummy, inMeasured, oneMonth } from "./measured-workspace.ts";
import { cohortline } from "./workspace.ts";

describe("--skip-existing", () => {
  it("makes again what was made from other data: another population, seed or supplied file", async () => {
    await inMeasured(async (folder) => {
      const month = oneMonth("02");
      const supplied = ["generate_cohort", "--dummy-data-file=supplied.csv", ...month];
      const supply = (row: string): void => {
        writeFileSync(join(folder, "supplied.csv"), `patient_id,sex,asthma\n${row}\n`);
      };
      supply("1,F,0");
      for (const words of [dummy(31, ...month), [...dummy(31, ...month), "--seed=x"], supplied]) {
        const skipping = [...words, "--skip-existing"];
        assert.match((await cohortline(folder, skipping)).out, /^Wrote 1 file /);
        assert.match((await cohortline(folder, skipping)).out, /^Wrote 0 files .*kept 1 file/);
      }
      supply("1,F,1");
      const { out } = await cohortline(folder, [...supplied, "--skip-existing"]);
      assert.match(out, /^Wrote 1 file /);
    });
  });
});
