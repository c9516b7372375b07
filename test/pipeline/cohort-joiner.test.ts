import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { smallStudy } from "../commands/workspace.ts";
import { one, read } from "./project-texts.ts";
import { inStudy } from "./study-in.ts";

const byRegion = smallStudy
  .replace("import { codelist,", "import { codelist, fromFile,")
  .replace('groupBy: "sex"', 'groupBy: fromFile("region")');

const regions = (shares: string): string => `import { patients, study } from "cohortline";
export default study({
  indexDate: "2020-01-01",
  defaultExpectations: { date: { earliest: "1990-01-01", latest: "today" } },
  population: patients.all(),
  columns: {
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name", {
      returnExpectations: { rate: "universal", category: { ratios: ${shares} } },
    }),
  },
});
`;

/** Two months, a column of its own study joined to them, and measures by it. */
const joining = (image: string, version = "'3.0'\nexpectations: { population_size: 60 }") => ({
  "analysis/study_definition.ts": byRegion,
  "analysis/study_definition_region.ts": regions("{ North: 0.5, South: 0.5 }"),
  "project.yaml": `version: ${version}
actions:
  months:
    run: cohortline:v0 generate_cohort --study-definition study_definition --index-date-range "2020-01-01 to 2020-02-01 by month" --output-dir output
    outputs: { highly_sensitive: { cohorts: output/input_2*.csv } }
  region:
    run: cohortline:v0 generate_cohort --study-definition study_definition_region --output-dir output
    outputs: { highly_sensitive: { cohort: output/input_region.csv } }
  joined:
    run: ${image} --lhs output/input_2*.csv --rhs output/input_region.csv
    needs: [months, region]
    outputs: { highly_sensitive: { cohorts: output/joined/input_2*.csv } }
  measures:
    run: cohortline:v0 generate_measures --study-definition study_definition --output-dir output/joined
    needs: [joined]
    outputs: { moderately_sensitive: { measures: output/joined/measure_*_by_sex.csv } }
`,
});

describe("the action cohort-joiner", () => {
  it("is performed without containers in any version, and its files are measured as the engine's own", () =>
    inStudy(joining("cohort-joiner:v0.0.7"), async ({ folder, ask, run, plan, write }) => {
      const record = await run(["run_all"], { localTools: false });
      assert.equal(record.status, "succeeded", JSON.stringify(record.jobs));
      const header = readFileSync(join(folder, "output/joined/input_2020-02-01.csv"), "utf8").split(
        "\n",
      )[0];
      assert.equal(header, "patient_id,sex,age,asthma,first_asthma,region");
      const measured = readFileSync(
        join(folder, "output/joined/measure_asthma_by_sex.csv"),
        "utf8",
      );
      assert.deepEqual(measured.match(/^(North|South|region)/gm), [
        "region",
        "North",
        "South",
        "North",
        "South",
      ]);
      const log = readFileSync(join(folder, "metadata/measures.log"), "utf8");
      assert.doesNotMatch(log, /warning|not in cohortline.manifest|older version/i);
      assert.deepEqual(await plan(), [
        "months fresh",
        "region fresh",
        "joined fresh",
        "measures fresh",
      ]);
      write("analysis/study_definition_region.ts", regions("{ North: 0.5, East: 0.5 }"));
      assert.deepEqual((await plan()).slice(1), [
        "region stale: analysis/study_definition_region.ts changed",
        "joined stale: region runs first",
        "measures stale: joined runs first",
      ]);
      const next = await run(["measures"], { localTools: false });
      assert.equal(next.status, "succeeded");
      assert.match(
        readFileSync(join(folder, "output/joined/measure_asthma_by_sex.csv"), "utf8"),
        /^East/m,
      );
      assert.equal((await ask("verify")).exitCode, 0);
    }));

  it("is an action of every version, and cohortline:v0 cohort_joiner is the same", () => {
    for (const image of [
      "cohort-joiner:v0.0.7",
      "cohort-joiner:v1",
      "cohortline:v0 cohort_joiner",
    ]) {
      for (const version of ["4", "5", "'3.0'\nexpectations: { population_size: 60 }"]) {
        assert.deepEqual(read(joining(image, version)["project.yaml"]).problems, []);
      }
    }
    const [latest] = read(joining("cohort-joiner:latest", "5")["project.yaml"]).problems;
    assert.equal(latest?.code, "run-not-supported");
  });

  it("is refused before anything runs where its words, folders or levels cannot be", () => {
    const sides = "--lhs output/input_2*.csv --rhs output/input_region.csv";
    const faults = {
      "--lhs a/x.csv": /required option '--rhs <pattern>' not specified/,
      [`${sides} --out-dir b`]: /unknown option '--out-dir' \(Did you mean --output-dir\?\)/,
      [`${sides} --output-dir output`]: /would put joined files where their inputs are: "output"/,
      [`${sides} --output-dir ../elsewhere`]: /escapes the study folder/,
      "--lhs /etc/x.csv --rhs output/input_region.csv":
        /--lhs of a, "\/etc\/x.csv", is an absolute path/,
      [`${sides} --output-dir joined`]:
        /matches no file that its command writes, such as "joined\/input_2\*.csv"/,
    };
    for (const [words, message] of Object.entries(faults)) {
      const { problems } = read(one(`cohort-joiner:v0.0.7 ${words}`));
      assert.ok(
        problems.some((found) => message.test(found.message)),
        `${words}: ${JSON.stringify(problems)}`,
      );
    }
    const low = read(
      joining("cohort-joiner:v1")["project.yaml"].replace(
        /(joined\n|needs: \[months.*\n.*)highly/,
        "$1moderately",
      ),
    );
    assert.deepEqual(
      low.problems.map(({ code }) => code),
      ["cohort-level-low"],
    );
  });

  it("joins nothing that was changed by hand: the action that made it is run again", () =>
    inStudy(joining("cohort-joiner:v1"), async ({ folder, run }) => {
      await run(["months", "region"], { localTools: false });
      appendFileSync(join(folder, "output/input_region.csv"), "9999999,North\n");
      const record = await run(["joined"], { localTools: false });
      assert.deepEqual(
        record.jobs.map(({ action }) => action),
        ["region", "joined"],
      );
    }));
});
