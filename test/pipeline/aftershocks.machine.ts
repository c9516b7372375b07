/**
 * The example study from cohorts to notebook, as a person runs it: needs Debian's jupyter-nbconvert,
 * python3-ipykernel, python3-pandas and python3-matplotlib. `npm run test:pipeline`.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, inWorkspace } from "../commands/workspace.ts";

const study = join(import.meta.dirname, "../../study-definitions/aftershocks");
const localTools = { COHORTLINE_LOCAL_TOOLS: "1" };

/** Only what git knows: outputs of the demo may lie beside it. */
function copyStudy(folder: string): void {
  const known = execFileSync("git", ["ls-files", "-z"], { cwd: study, encoding: "utf8" });
  for (const path of known.split("\0").filter((name) => name !== "")) {
    cpSync(join(study, path), join(folder, path));
  }
}

describe("the aftershocks study", () => {
  it("is run by run_all as it stands, is fresh then, and stale where a codelist is touched", async () => {
    await inWorkspace({}, async (folder) => {
      copyStudy(folder);
      const { code, out, err } = await alone(folder, ["run", "run_all"], localTools);
      assert.equal(code, 0, out + err);
      const measures = readdirSync(join(folder, "output/measures"));
      const count = (name: RegExp): number => measures.filter((file) => name.test(file)).length;
      // 9 events by 6 groups on 12 dates, and all dates together.
      assert.equal(count(/^input_2020-\d\d-01\.csv$/), 12);
      assert.equal(count(/^measure_.*_2020-\d\d-01\.csv$/), 9 * 6 * 12);
      assert.equal(count(/^measure_.*[a-z]\.csv$/), 9 * 6);
      const notebook = readFileSync(join(folder, "output/event_incidence_charts.html"), "utf8");
      const charts = notebook.match(/<img[^>]+src="data:image\/png;base64,[A-Za-z0-9+/=\s]{1000}/g);
      assert.equal(charts?.length, 9);

      const plan = async (): Promise<readonly string[]> =>
        (await alone(folder, ["plan"])).out.trim().split("\n");
      for (const line of await plan()) assert.match(line, /^fresh /);
      appendFileSync(join(folder, "codelists/asthma.csv"), "1234567,Another asthma\n");
      const [cohorts, measured, charted] = await plan();
      assert.match(cohorts ?? "", /^stale +generate_cohorts +codelists\/asthma\.csv changed$/);
      assert.match(measured ?? "", /^stale +generate_measures +codelists\/asthma\.csv changed/);
      assert.match(charted ?? "", /^stale +generate_notebook .*generate_measures runs first$/);
      const verified = await alone(folder, ["verify"]);
      assert.equal(verified.code, 0, verified.out);
    });
  });
});
