/** Commands beside `check`, given a study in Python, through the real command. */
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { checkedPython, minimalStudy, saidOf } from "./python-workspace.ts";

const study = `
from cohortextractor import *
from helper import columns
asthma = codelist_from_csv("codelists/asthma.csv", system="snomed", column="code")
study = StudyDefinition(
    index_date="2020-01-01",
    default_expectations={"incidence": 0.5, "date": {"earliest": "2019-01-01", "latest": "2020-01-01"}},
    population=patients.registered_as_of("index_date"),
    asthma=patients.with_these_clinical_events(asthma, returning="binary_flag"),
    **columns,
)
`;

const helper = (name: string): string => `
from cohortextractor import patients
columns = {"${name}": patients.age_as_of("index_date", return_expectations={"rate": "universal", "int": {"distribution": "population_ages"}})}
`;

const files = {
  "analysis/study_definition.py": study,
  "analysis/helper.py": helper("age"),
  "analysis/notes.py": "",
  "codelists/asthma.csv": "code\n195967001\n",
  "project.yaml": `version: "3.0"
expectations: { population_size: 10 }
actions:
  make:
    run: cohortextractor:latest generate_cohort
    outputs: { highly_sensitive: { cohort: output/input.csv } }
`,
};

describe("a study in Python", () => {
  it("is made again by run once a helper or a codelist of it has changed, and not otherwise", async () => {
    await inWorkspace(files, async (folder) => {
      const isMadeAgain = async (): Promise<boolean> => {
        const { code, out, err } = await cohortline(folder, ["run", "run_all"]);
        assert.equal(code, 0, err + out);
        return /make: Executing/.test(out + err);
      };
      assert.ok(await isMadeAgain());
      assert.ok(!(await isMadeAgain()), "nothing changed");
      const changes = [
        ["analysis/notes.py", "a = 1\n", false],
        ["codelists/asthma.csv", "code\n195967001\n271737000\n", true],
        ["analysis/helper.py", helper("years"), true],
      ] as const;
      for (const [path, text, isRead] of changes) {
        writeFileSync(join(folder, path), text);
        assert.equal(await isMadeAgain(), isRead, path);
      }
    });
  });

  it("is explained, printed as yaml, and given dummy tables", async () => {
    await inWorkspace(files, async (folder) => {
      const explained = await cohortline(folder, ["explain"]);
      assert.equal(explained.code, 0, explained.err);
      assert.match(explained.out, /asthma/);
      const printed = await cohortline(folder, ["dump_study_yaml"]);
      assert.match(printed.out, /with_these_clinical_events/);
      const words = ["generate_dummy_tables", "--patients", "5", "--output-file", "dummy.duckdb"];
      const tables = await cohortline(folder, [...words, "--study-definition", "all"]);
      assert.equal(tables.code, 0, tables.err);
      assert.ok(existsSync(join(folder, "dummy.duckdb")));
    });
  });

  it("gets its parameters, and is told what pandas cannot do here", async () => {
    const ended = await checkedPython(
      {
        param: `from cohortextractor import params\nassert params["region"] == "north"\nassert params.get("none") is None\n${minimalStudy}`,
        pandas: `import pandas as pd\nt = pd.DataFrame({"a": [1]})\nt.groupby("a")\n${minimalStudy}`,
      },
      { words: ["--param", "region=north"] },
    );
    assert.deepEqual(saidOf(ended, "param"), []);
    assert.match(
      saidOf(ended, "pandas")[0] ?? "",
      /:3: .*groupby.*cannot be used.*python-not-here/s,
    );
  });
});
