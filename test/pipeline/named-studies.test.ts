/** What a command line names and what is there: studies of analysis/, their outputs, and files of databases. */
import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace, smallStudy } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";

const project = (study: string): string => `version: '3.0'
expectations: { population_size: 30 }
actions:
  cohorts:
    run: cohortextractor:latest generate_cohort --study-definition ${study}
    outputs: { highly_sensitive: { cohort: output/input*.csv } }
`;

const files = (study: string): Files => ({
  "analysis/study_definition_asthma.ts": smallStudy,
  "project.yaml": project(study),
});

describe("a study that project.yaml names", () => {
  it("and that is not in analysis/ is told by check, with the nearest name", async () => {
    await inWorkspace(files("study_definition_astma"), async (folder) => {
      const { code, err } = await cohortline(folder, ["check"]);
      assert.equal(code, 1);
      assert.match(
        err,
        /project\.yaml:5:\d+: Action cohorts runs study "study_definition_astma", which is not in analysis\/ \[run-study-missing\]\n {2}Nearest: "study_definition_asthma"/,
      );
    });
  });

  it("and that is there is no problem", async () => {
    await inWorkspace(files("study_definition_asthma"), async (folder) => {
      assert.equal((await cohortline(folder, ["check"])).code, 0);
    });
  });
});

describe("an output of a study whose name stands in quotes", () => {
  const given: Files = {
    "analysis/study_definition.ts": smallStudy.replace(
      'import { codelist, measure, patients, study } from "cohortline";',
      'import { codelist, measure, patients, study, writeOutput } from "cohortline";\nwriteOutput("output/notes.txt", "written");',
    ),
    "project.yaml": `version: '3.0'
expectations: { population_size: 30 }
actions:
  cohorts:
    run: cohortextractor:latest generate_cohort "--study-definition" 'study_definition' --output-dir=output
    outputs: { highly_sensitive: { cohort: output/input*.csv, notes: output/notes.txt } }
`,
  };

  it("is written by run and by the same command typed by hand", async () => {
    await inWorkspace(given, async (folder) => {
      const notes = join(folder, "output/notes.txt");
      assert.equal((await cohortline(folder, ["run", "run_all"])).code, 0);
      assert.ok(existsSync(notes), "by run");
      rmSync(notes);
      const typed = ["generate_cohort", "--study-definition", "study_definition"];
      const { code, err } = await cohortline(folder, [...typed, "--expectations-population", "9"]);
      assert.deepEqual([code, err.includes("notes.txt")], [0, false], err);
      assert.ok(existsSync(notes), "by hand");
    });
  });
});

describe("a database that is named without its kind", () => {
  for (const [url, hint] of [
    ["records.duckdb", "Write duckdb:records.duckdb"],
    ["records.db?threads=2", "Write duckdb:records.db"],
    ["user:secret@host.db", "duckdb:FILE or duckdb:FOLDER"],
  ] as const) {
    it(`is answered with what to write: ${hint}`, async () => {
      await inWorkspace({ "analysis/study_definition.ts": smallStudy }, async (folder) => {
        const { code, err } = await cohortline(folder, ["generate_cohort", "--database-url", url]);
        assert.equal(code, 2);
        assert.ok(err.includes(hint), err);
        assert.ok(!err.includes("secret"), err);
      });
    });
  }
});
