/** Folders with measures that can be released, drawn once for a file of tests. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { dummy } from "../commands/measured-workspace.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { releasableStudy } from "./releasable-study.ts";

const study = releasableStudy(
  "{ E1: 0.5, E2: 0.5 }",
  `  measure(cohort, { id: "by_sex", numerator: "asthma_midpoint6", denominator: "population", groupBy: "sex", ...rule }),
  measure(cohort, { id: "by_region", numerator: "asthma_midpoint6", denominator: "population", groupBy: "region", ...rule }),`,
);

/** `measured` gives `act` a folder with measures of 200 patients by sex and region, and a context in `why.txt`. */
export function measuredRelease(range: readonly string[]) {
  const store = mkdtempSync(join(tmpdir(), "cohortline-release-"));
  after(() => {
    rmSync(store, { recursive: true, force: true });
  });
  const files = { "analysis/study_definition.ts": study, "why.txt": "How common asthma is." };
  const measured = <T>(act: (folder: string) => Promise<T>): Promise<T> =>
    inWorkspace(files, async (folder) => {
      if (!existsSync(join(store, "output"))) {
        await cohortline(folder, dummy(200, ...range));
        assert.equal((await cohortline(folder, ["generate_measures"])).code, 0);
        cpSync(folder, store, { recursive: true });
      }
      cpSync(store, folder, { recursive: true });
      return act(folder);
    });
  return { study, measured };
}
