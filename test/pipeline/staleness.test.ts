import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, copyFileSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { smallStudy } from "../commands/workspace.ts";
import { inStudy, programs, smallPipeline, studyIn } from "./study-in.ts";

const withCodelist = smallStudy
  .replace("import { codelist,", "import { codelistFromCsv,")
  .replace(
    'codelist(["195967001"], "snomed")',
    'codelistFromCsv("codelists/asthma.csv", { system: "snomed" })',
  );

/** Two studies with a codelist each, their measures, and a program behind each. */
const twoStudies = {
  "analysis/study_definition_one.ts": withCodelist,
  "analysis/study_definition_two.ts": withCodelist
    .replaceAll("asthma.csv", "other.csv")
    .replaceAll("asthma_by", "other_by"),
  "codelists/asthma.csv": "code\n195967001\n",
  "codelists/other.csv": "code\n13645005\n",
  "project.yaml": `version: '3.0'
expectations: { population_size: 30 }
actions:
${["one", "two"]
  .map(
    (name) => `  cohorts_${name}:
    run: cohortextractor:latest generate_cohort --study-definition study_definition_${name} --index-date-range 2020-01-01
    outputs: { highly_sensitive: { cohort: output/${name}/input_*.csv } }
  measures_${name}:
    run: cohortextractor:latest generate_measures --study-definition study_definition_${name} --output-dir=output/${name}
    needs: [cohorts_${name}]
    outputs: { moderately_sensitive: { measures: output/${name}/measure_*.csv } }
`,
  )
  .join("")}`,
};

describe("a codelist that changes", () => {
  it("makes exactly the actions stale that depend on it", async () => {
    await inStudy(twoStudies, async ({ run, plan, write }) => {
      assert.equal((await run(["run_all"])).status, "succeeded");
      write("codelists/asthma.csv", "code\n195967001\n304527002\n");
      assert.deepEqual(await plan(), [
        "cohorts_one stale: codelists/asthma.csv changed",
        "measures_one stale: codelists/asthma.csv changed; cohorts_one runs first",
        "cohorts_two fresh",
        "measures_two fresh",
      ]);
    });
  });

  it("makes nothing stale if only its time changes", async () => {
    await inStudy(twoStudies, async ({ folder, run, plan }) => {
      await run(["cohorts_one"]);
      utimesSync(join(folder, "codelists/asthma.csv"), 1, 1);
      assert.deepEqual(await plan("cohorts_two"), ["cohorts_two run: requested explicitly"]);
      assert.equal((await plan())[0], "cohorts_one fresh");
    });
  });
});

describe("an action is stale", () => {
  it("when what it is made from changed, and is told what", async () => {
    await inStudy(smallPipeline, async (study) => {
      const { folder, run, plan, write } = study;
      await run(["run_all"]);
      const project = smallPipeline["project.yaml"] ?? "";
      const first = async (): Promise<string> => (await plan())[0] ?? "";
      const last = async (): Promise<string> => (await plan())[2] ?? "";
      write("project.yaml", project.replace("size: 100", "size: 200"));
      assert.equal(
        await first(),
        "generate_cohorts stale: population_size changed from 100 to 200",
      );
      write("project.yaml", project.replace("2020-02-01", "2020-03-01"));
      assert.equal(await first(), "generate_cohorts stale: its command changed");
      write(
        "project.yaml",
        project.replace("cohort: output/input_*", "cohort: output/input_2020*"),
      );
      assert.equal(await first(), "generate_cohorts stale: its declared outputs changed");
      write(
        "project.yaml",
        project.replace(
          "    needs: [generate_measures]",
          "    needs: [generate_measures]\n    config: { a: 1 }",
        ),
      );
      assert.equal(await last(), "summarise stale: its config changed");
      write(
        "project.yaml",
        `# a remark\n${project.replaceAll("\n  ", "\n   ")}`.replaceAll("\n   ", "\n  "),
      );
      assert.equal(await first(), "generate_cohorts fresh");
      write("project.yaml", project);
      appendFileSync(join(folder, "analysis/summarise.js"), "// more\n");
      assert.deepEqual(await plan(), [
        "generate_cohorts fresh",
        "generate_measures fresh",
        "summarise stale: analysis/summarise.js changed",
      ]);
      write("analysis/summarise.js", smallPipeline["analysis/summarise.js"] ?? "");
      write("analysis/new.js", "");
      assert.equal(await last(), "summarise stale: analysis/new.js is new");
      const newer = studyIn(folder, { engineVersion: "10.0.0" });
      assert.equal(
        (await newer.plan())[0],
        "generate_cohorts stale: the engine changed from v9.9.9 to v10.0.0",
      );
    });
  });

  it("when an output was altered, and missing when one is gone", async () => {
    await inStudy(smallPipeline, async ({ folder, run, plan, remove }) => {
      await run(["run_all"]);
      const file = join(folder, "output/input_2020-01-01.csv");
      const text = readFileSync(file, "utf8");
      const time = join(folder, "metadata/time");
      execFileSync("touch", ["-r", file, time]);
      writeFileSync(file, text.replace("F", "M"));
      execFileSync("touch", ["-r", time, file]);
      assert.match((await plan())[0] ?? "", /was altered$/, "as many bytes, and its time put back");
      writeFileSync(file, `${text}7,F,1,0,\n`);
      assert.equal(
        (await plan())[0],
        "generate_cohorts stale: output/input_2020-01-01.csv was altered",
      );
      writeFileSync(file, text);
      assert.equal((await plan())[0], "generate_cohorts fresh");
      remove("output/input_2020-02-01.csv");
      assert.deepEqual(await plan(), [
        "generate_cohorts missing: output/input_2020-02-01.csv is gone",
        "generate_measures stale: generate_cohorts runs first",
        "summarise stale: generate_measures runs first",
      ]);
    });
  });

  it("when what it needs was run by itself and came out otherwise", async () => {
    const files = programs({
      a: { script: 'fs.writeFileSync("a.txt", "1")', moderate: "a.txt" },
      b: { script: 'fs.writeFileSync("b.txt", "2")', needs: ["a"], moderate: "b.txt" },
    });
    await inStudy(files, async ({ run, plan, write }) => {
      await run(["run_all"]);
      assert.deepEqual(await plan(), ["a fresh", "b fresh"]);
      write("analysis/a.js", (files["analysis/a.js"] ?? "").replace('"1"', '"3"'));
      await run(["a"]);
      assert.match((await plan())[1] ?? "", /^b stale: .*a\.txt changed/);
    });
  });

  it("when the patients that it is supplied with changed", async () => {
    const project = `version: '3.0'
expectations: { population_size: 30 }
actions:
  cohorts:
    run: cohortextractor:latest generate_cohort --index-date-range 2020-01-01
    dummy_data_file: supplied.csv
    outputs: { highly_sensitive: { cohort: output/input_*.csv } }
`;
    const supplied = "patient_id,sex,age,asthma,first_asthma\n1,F,30,1,2019-01-01\n";
    const files = { "analysis/study_definition.ts": smallStudy, "supplied.csv": supplied };
    await inStudy({ ...files, "project.yaml": project }, async ({ run, plan, write }) => {
      await run(["run_all"]);
      assert.deepEqual(await plan(), ["cohorts fresh"]);
      write("supplied.csv", supplied.replace("30", "31"));
      assert.deepEqual(await plan(), ["cohorts stale: supplied.csv changed"]);
    });
  });

  it("when all studies are run and there is another one", async () => {
    await inStudy(smallPipeline, async ({ folder, run, plan }) => {
      await run(["generate_cohorts"]);
      copyFileSync(
        join(folder, "analysis/study_definition.ts"),
        join(folder, "analysis/study_definition_two.ts"),
      );
      assert.equal(
        (await plan())[0],
        "generate_cohorts stale: the set of study definitions changed",
      );
    });
  });

  it("when it would ask a database instead of making patients up", async () => {
    await inStudy(smallPipeline, async ({ folder, run }) => {
      await run(["generate_cohorts"]);
      const real = studyIn(folder, {
        environment: { DATABASE_URL: "duckdb://ada:secret@/data/x.duckdb?key=1" },
      });
      const [first = ""] = await real.plan();
      assert.match(
        first,
        /^generate_cohorts stale: the data are duckdb database x\.duckdb \([0-9a-f]{8}\) now$/,
      );
    });
  });
});

describe("an action whose needs come out as before", () => {
  it("is not run again", async () => {
    const files = programs({
      a: { script: '/* 1 */ fs.writeFileSync("a.txt", "same")', moderate: "a.txt" },
      b: { script: 'fs.writeFileSync("b.txt", "b")', needs: ["a"], moderate: "b.txt" },
    });
    const project = (files["project.yaml"] ?? "").replace(
      "node analysis/a.js",
      "node analysis/a.js --again",
    );
    await inStudy(files, async ({ run, write }) => {
      await run(["run_all"]);
      write("project.yaml", project);
      const record = await run(["run_all"]);
      assert.deepEqual(
        record.jobs.map(({ action, status }) => `${action} ${status}`),
        ["a succeeded", "b unchanged"],
      );
      assert.equal(record.status, "succeeded");
      assert.deepEqual(
        record.jobs[1]?.outputs.map(({ path }) => path),
        ["b.txt"],
      );
    });
  });
});

describe("what is requested explicitly", () => {
  it("runs though it is fresh; what it needs only with -f", async () => {
    await inStudy(smallPipeline, async ({ run }) => {
      await run(["run_all"]);
      const named = await run(["summarise"]);
      assert.deepEqual(
        named.jobs.map(({ action }) => action),
        ["summarise"],
      );
      assert.deepEqual(
        named.kept.map(({ action }) => action),
        ["generate_cohorts", "generate_measures"],
      );
      const forced = await run(["summarise"], { forceRunDependencies: true });
      assert.equal(forced.jobs.length, 3);
      assert.equal(forced.force_run_dependencies, true);
    });
  });
});
