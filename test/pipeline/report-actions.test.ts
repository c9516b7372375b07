/** Pages of measures and cohorts, and dummy tables, as actions of a pipeline. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { inStudy } from "./study-in.ts";

const study = `import { measure, patients, study } from "cohortline";
const half = { incidence: 0.5 };
const cohort = study({
  indexDate: "2020-01-01",
  defaultExpectations: { date: { earliest: "1990-01-01", latest: "today" }, ...half },
  population: patients.all(),
  columns: {
    sex: patients.sex({ returnExpectations: { rate: "universal", category: { ratios: { F: 0.5, M: 0.5 } } } }),
    ill: patients.diedFromAnyCause({ returning: "binary_flag", returnExpectations: half }),
  },
});
export default cohort;
export const measures = [
  measure(cohort, { id: "ill_by_sex", numerator: "ill", denominator: "population", groupBy: ["sex"], smallNumberSuppression: true }),
  measure(cohort, { id: "ill_of_ill", numerator: "ill", denominator: "ill", groupBy: ["sex"], smallNumberSuppression: true }),
];
`;

interface Levels {
  readonly measures?: string;
  readonly page?: string;
  readonly cohorts?: string;
  readonly exact?: string;
}

const pipeline = ({
  measures = "moderately_sensitive",
  page = "moderately_sensitive",
  cohorts = "moderately_sensitive",
  exact = "",
}: Levels = {}): Files => ({
  "analysis/study_definition.ts": study,
  "project.yaml": `version: '3.0'
expectations: { population_size: 200 }
actions:
  cohorts:
    run: cohortline:v0 generate_cohort --index-date-range "2020-01-01 to 2020-02-01 by month" --attrition
    outputs: { highly_sensitive: { cohorts: output/input_*.csv, attrition: output/attrition.csv } }
  measures:
    run: cohortline:v0 generate_measures
    needs: [cohorts]
    outputs: { ${measures}: { measures: output/measure_*.csv } }
  page:
    run: cohortline:v0 measures_report --pictures output/pictures --picture-format svg
    needs: [measures]
    outputs: { ${page}: { page: output/measures.html, pictures: output/pictures/measure_*.svg } }
  columns:
    run: cohortline:v0 cohort_report ${exact} --output-file output/columns.html
    needs: [cohorts]
    outputs: { ${cohorts}: { page: output/columns.html } }
  deciles:
    run: deciles-charts:v0.0.33 --input-files output/measure_ill_of_ill.csv
    needs: [measures]
    outputs: { moderately_sensitive: { tables: output/deciles_table_*.csv, charts: output/deciles_chart_*.png } }
  tables:
    run: cohortline:v0 generate_dummy_tables --patients 20 --output-file output/dummy.duckdb
    outputs: { highly_sensitive: { tables: output/dummy.duckdb } }
`,
});

const told = (files: Files): Promise<string> =>
  inWorkspace(files, async (folder) => (await cohortline(folder, ["check"])).err);

describe("pages as actions", () => {
  it("are made without containers, are let out whole, and a measure of itself is read as it is", () =>
    inStudy(pipeline(), async ({ run, folder }) => {
      const record = await run(["run_all"], { localTools: false });
      const ends = record.jobs.map(({ action, status, message }) => [action, status, message]);
      assert.equal(record.status, "succeeded", JSON.stringify(ends));
      const outputs = record.jobs.flatMap((job) => job.outputs);
      assert.deepEqual(
        outputs.filter(({ withheld }) => withheld !== null),
        [],
      );
      const of = (file: string): string => readFileSync(join(folder, file), "utf8");
      assert.match(of("output/measures.html"), /2 measures of study_definition/);
      // Both count the ill by sex: their denominators tell them apart.
      assert.match(of("output/measures.html"), /<h3><bdi>ill by sex, of population<\/bdi>/);
      assert.match(of("output/measures.html"), /<h3><bdi>ill by sex, of ill<\/bdi>/);
      assert.match(of("output/measures.html"), /From dummy data/);
      assert.match(of("output/columns.html"), /From dummy data/);
      assert.ok(existsSync(join(folder, "output/pictures/measure_ill_of_ill.svg")));
      assert.ok(existsSync(join(folder, "output/dummy.duckdb")));
      // All of them are ill.
      const lines = of("output/deciles_table_ill_of_ill.csv").trim().split("\n");
      assert.equal(lines[0], "date,percentile,value");
      assert.deepEqual(new Set(lines.slice(1).map((line) => line.split(",")[2])), new Set(["1.0"]));
    }));

  it("show no measures that researchers must not see, whatever they are declared", () =>
    inStudy(pipeline({ measures: "highly_sensitive" }), async ({ run, folder }) => {
      const record = await run(["page", "deciles"]);
      const outputsOf = (name: string) =>
        record.jobs.find(({ action }) => action === name)?.outputs ?? [];
      for (const { withheld } of outputsOf("page")) {
        assert.match(
          withheld ?? "",
          /: output\/measure_ill_by_sex\.csv, output\/measure_ill_of_ill\.csv$/,
        );
      }
      assert.equal(outputsOf("page").length, 3);
      for (const { withheld } of outputsOf("deciles"))
        assert.match(withheld ?? "", /must not see: output\/measure_ill_of_ill\.csv$/);
      assert.equal(outputsOf("deciles").length, 2);
      assert.equal(existsSync(join(folder, "output/measures.html")), false);
      assert.equal(existsSync(join(folder, "output/pictures/measure_ill_by_sex.svg")), false);
    }));

  it("that would be withheld are told of before anything runs", async () => {
    const err = await told(pipeline({ measures: "highly_sensitive" }));
    assert.match(
      err,
      /"output\/measures\.html" of page is moderately_sensitive and will be withheld: it draws "output\/measure_\*\.csv" of measures, declared highly_sensitive \[measures-page-withheld\]/,
    );
    assert.match(err, /"output\/deciles_table_\*\.csv" of deciles .* will be withheld/);
    const high = { measures: "highly_sensitive", page: "highly_sensitive" };
    assert.doesNotMatch(await told(pipeline(high)), /of page .*measures-page-withheld/);
  });

  it("with exact numbers of patients are highly sensitive, before anything runs", async () => {
    const exact = { exact: "--exact" };
    assert.match(await told(pipeline(exact)), /\[exact-report-level\]/);
    assert.equal(await told(pipeline({ ...exact, cohorts: "highly_sensitive" })), "");
    assert.equal(await told(pipeline()), "");
  });

  it("are missed before anything runs where they are declared elsewhere, or lie elsewhere", async () => {
    const files = pipeline();
    const changed = (from: string, to: string): Files => ({
      ...files,
      "project.yaml": (files["project.yaml"] ?? "").replace(from, to),
    });
    assert.match(
      await told(changed("{ page: output/columns.html }", "{ page: output/other.html }")),
      /\[cohort-output-missed\]/,
    );
    assert.match(
      await told(changed("--pictures output", "--pictures ../output")),
      /\[project-path\]/,
    );
  });
});

describe("dummy tables as an action", () => {
  it("are never made in a run against a database, and nothing else of that run is", () =>
    inStudy(pipeline(), async ({ ask, folder }) => {
      const said = await ask("run", ["run_all"], { databaseUrl: "duckdb:records.duckdb" });
      assert.deepEqual(
        said.problems.map(({ code }) => code),
        ["dummy-tables-in-real-run"],
      );
      assert.equal(existsSync(join(folder, "output")), false);
    }));
});
