/** A pipeline of the years of cohortextractor, which nobody changes any more, through the real command. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

const study = `
from cohortextractor import StudyDefinition, Measure, patients, params

study = StudyDefinition(
    index_date="2020-01-01",
    population=patients.all(),
    sex=patients.sex(
        return_expectations={"rate": "universal", "category": {"ratios": {"F": 0.5, "M": 0.5}}}
    ),
    older=patients.satisfying(f"age > {params['age']}", age=patients.age_as_of("index_date"),
        return_expectations={"incidence": 0.4}),
)
measures = [Measure("older_by_sex", "population", "older", group_by="sex", small_number_suppression=True)]
`;

const project = `version: "3.0"
expectations: { population_size: 60 }
actions:
  cohorts:
    run: cohortextractor:latest generate_cohort --study-definition study_definition --param age=60 --index-date-range "2020-01-01 to 2020-02-01 by month" --output-dir=output
    outputs: { highly_sensitive: { cohort: output/measures/inp*.csv } }
  measures:
    run: cohortextractor:latest generate_measures --study-definition study_definition --param age=60 --output-dir=output/measures --output-format=csv.gz
    needs: [cohorts]
    outputs: { moderately_sensitive: { tables: output/measures/measure_*.csv.gz } }
models:
  run: r:latest analysis/models.R
`;

const files = { "analysis/study_definition.py": study, "project.yaml": project };

describe("a pipeline of cohortextractor", () => {
  it("runs unchanged: cohorts go where they are declared, and what may not be shown is withheld", async () => {
    await inWorkspace(files, async (folder) => {
      const { code, err } = await cohortline(folder, ["run", "run_all"]);
      assert.equal(code, 0, err);
      assert.match(
        err,
        /cohorts writes to "output\/measures".*not to "output" as its --output-dir/,
      );
      assert.match(err, /has "models" beside its actions, which is ignored/);
      assert.match(
        err,
        /Of measures, "output\/measures\/measure_\*\.csv\.gz" cannot be moderately/,
      );
      assert.deepEqual(readdirSync(join(folder, "output")), ["measures"]);
      assert.deepEqual(
        readdirSync(join(folder, "output/measures")).filter((name) => !name.endsWith(".json")),
        ["input_2020-01-01.csv", "input_2020-02-01.csv"],
      );
      assert.match(err, /measure_older_by_sex\.csv\.gz of measures is withheld/);
    });
  });
});

describe("check", () => {
  it("reads a study with the parameters of each action that runs it", async () => {
    await inWorkspace(files, async (folder) => {
      const { code, out, err } = await cohortline(folder, ["check"]);
      assert.deepEqual(
        [code, out.split("\n")[0]],
        [0, "study_definition: 2 columns, 1 measure, no problem"],
        err,
      );
      const typed = await cohortline(folder, ["check", "--param", "age=old,"]);
      assert.match(typed.err, /Column "older".*age > old,/s);
    });
    const later = project.replace(
      "models:",
      "  older:\n    run: cohortextractor:latest generate_cohort --param age=70, --output-format=feather\n    outputs: { highly_sensitive: { cohort: output/old/input.feather } }\nmodels:",
    );
    await inWorkspace({ ...files, "project.yaml": later }, async (folder) => {
      const { code, err } = await cohortline(folder, ["check"]);
      assert.equal(code, 1);
      assert.match(err, /age > 70,/);
    });
  });

  it("warns of a study that needs what an action has not made yet, and passes", async () => {
    const reads = study.replace("params['age']", "open('output/limit.txt').read()");
    const made = project.replace(
      "models:",
      "  limit:\n    run: python:latest python analysis/limit.py\n    outputs: { moderately_sensitive: { limit: output/limit.txt } }\nmodels:",
    );
    const all = {
      "analysis/study_definition.py": reads,
      "analysis/limit.py": "",
      "project.yaml": made,
    };
    await inWorkspace(all, async (folder) => {
      const early = await cohortline(folder, ["check"]);
      assert.match(
        early.err,
        /^warning: .*output\/limit\.txt" is not there yet: the action limit makes it/m,
      );
      assert.deepEqual([early.code, early.out], [0, "project.yaml: 3 actions, no problem\n"]);
      const asked = await cohortline(folder, ["generate_cohort", "--expectations-population", "9"]);
      assert.deepEqual([asked.code, asked.err.includes("study-path-not-made")], [1, true]);
    });
  });
});
