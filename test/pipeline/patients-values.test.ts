/** Values of patients in a supplied file: who typed the command sees them, logs and records do not. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace, smallStudy } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";

/** With the sign that messages put values in. */
const VALUE = "9434`765919";
const HEADER_VALUE = "Brown_7659";

const files: Files = {
  "analysis/study_definition.ts": smallStudy,
  "analysis/dummy.csv": `patient_id,sex,age,asthma,first_asthma\n1,F,${VALUE},0,\n2,F,30,0,\n2,M,31,0,\n`,
  "analysis/headless.csv": `patient_id,sex,age,asthma,first_asthma,${HEADER_VALUE}\n1,F,30,0,,1\n`,
  "project.yaml": ["dummy", "headless"].reduce(
    (text, name) => `${text}  ${name}:
    run: cohortextractor:latest generate_cohort --output-dir=output/${name}
    dummy_data_file: analysis/${name}.csv
    outputs: { highly_sensitive: { cohort: output/${name}/input*.csv } }
`,
    "version: '3.0'\nexpectations: { population_size: 30 }\nactions:\n",
  ),
};

/** All that a run keeps beside the outputs. */
function metadataIn(folder: string): string {
  const all = readdirSync(join(folder, "metadata"), { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

describe("a wrong value in a supplied file", () => {
  it("is shown to who typed the command", async () => {
    await inWorkspace(files, async (folder) => {
      const typed = await cohortline(folder, [
        ...["generate_cohort", "--dummy-data-file", "analysis/dummy.csv"],
      ]);
      assert.match(typed.err, /Invalid value `'9434`765919'` for age in row 2/);
      assert.match(typed.err, /Invalid value `2` for patient_id in row 4/);
    });
  });

  it("is neither printed nor kept where a pipeline's action finds it, nor is a header's", async () => {
    await inWorkspace(files, async (folder) => {
      const ran = await cohortline(folder, ["run", "run_all", "--continue-on-error"]);
      const said = `${ran.out}\n${ran.err}\n${metadataIn(folder)}`;
      assert.match(said, /Invalid value `\(not shown\)` for age in row 2 of/);
      assert.match(said, /Unexpected column in dummy data: \(not shown\)/);
      for (const value of [VALUE, "765919", HEADER_VALUE]) assert.ok(!said.includes(value), value);
    });
  });
});
