import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, contentsOf, inWorkspace, smallWorkspace } from "./workspace.ts";

const cohorts = [
  "generate_cohort",
  "--expectations-population=200",
  "--index-date-range",
  "2020-01-01 to 2020-03-01 by month",
];

describe("generate_cohort", () => {
  it("writes a cohort file for each index date, columns in the author's order", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const { code, out, err } = await cohortline(folder, cohorts);
      assert.deepEqual({ code, err }, { code: 0, err: "" });
      assert.equal(out, "Wrote 3 files to output, 200 patients each.\n");
      assert.deepEqual(readdirSync(join(folder, "output")).sort(), [
        "cohortline.manifest.json",
        "input_2020-01-01.csv",
        "input_2020-02-01.csv",
        "input_2020-03-01.csv",
      ]);
      const text = readFileSync(join(folder, "output/input_2020-02-01.csv"), "utf8");
      assert.equal(text.split("\n")[0], "patient_id,sex,age,asthma,first_asthma");
      assert.equal(text.split("\n").length, 202);
    });
  });

  it("makes the newest date first and tells of each file when asked to", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const { err } = await cohortline(folder, [...cohorts, "--verbose"]);
      const dates = [...err.matchAll(/wrote input_(\S+)\.csv/g)].map(([, date]) => date);
      assert.deepEqual(dates, ["2020-03-01", "2020-02-01", "2020-01-01"]);
    });
  });

  it("keeps finished files with --skip-existing, and remakes an altered one", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      await cohortline(folder, cohorts);
      const before = contentsOf(folder);
      writeFileSync(join(folder, "output/input_2020-02-01.csv"), "patient_id\n");
      const { out } = await cohortline(folder, [...cohorts, "--skip-existing"]);
      assert.equal(
        out,
        "Wrote 1 file to output, 200 patients, kept 2 files that needed no change.\n",
      );
      assert.deepEqual(contentsOf(folder), before);
    });
  });

  it("remakes every file when the study changes", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      await cohortline(folder, cohorts);
      const file = join(folder, "analysis/study_definition.ts");
      writeFileSync(file, readFileSync(file, "utf8").replace("195967001", "708090002"));
      const { out } = await cohortline(folder, [...cohorts, "--skip-existing"]);
      assert.equal(out, "Wrote 3 files to output, 200 patients each.\n");
    });
  });

  it("keeps a patient's lasting columns over the months and lets her age move on", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const range = ["--index-date-range", "2020-01-01 to 2021-01-01 by month"];
      await cohortline(folder, ["generate_cohort", "--expectations-population=50", ...range]);
      const rows = (date: string): string[][] =>
        readFileSync(join(folder, `output/input_${date}.csv`), "utf8")
          .trim()
          .split("\n")
          .slice(1)
          .map((line) => line.split(","));
      const [first, last] = [rows("2020-01-01"), rows("2021-01-01")];
      assert.deepEqual(
        first.map(([id, sex, age]) => [id, sex, String(Number(age) + 1)]),
        last.map(([id, sex, age]) => [id, sex, age]),
      );
    });
  });

  it("writes other data for another seed", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      await cohortline(folder, cohorts);
      const before = contentsOf(join(folder, "output"));
      await cohortline(folder, [...cohorts, "--seed=another"]);
      assert.notDeepEqual(contentsOf(join(folder, "output")), before);
    });
  });

  it("writes csv.gz that holds the same text", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const { gunzipSync } = await import("node:zlib");
      await cohortline(folder, [
        "generate_cohort",
        "--expectations-population=20",
        "--output-file=a/x.csv",
      ]);
      await cohortline(folder, [
        "generate_cohort",
        "--expectations-population=20",
        "--output-file=a/x.csv.gz",
      ]);
      const packed = gunzipSync(readFileSync(join(folder, "a/x.csv.gz"))).toString();
      assert.equal(packed, readFileSync(join(folder, "a/x.csv"), "utf8"));
    });
  });

  it("uses a supplied dummy file for every date after checking it", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const text = "patient_id,sex,age,asthma,first_asthma\n1,F,30,1,2019-05-01\n2,M,41,0,\n";
      writeFileSync(join(folder, "dummy.csv"), text);
      const words = ["generate_cohort", "--dummy-data-file=dummy.csv", ...cohorts.slice(2)];
      assert.equal(
        (await cohortline(folder, words)).out,
        "Wrote 3 files to output, 2 patients each.\n",
      );
      assert.equal(readFileSync(join(folder, "output/input_2020-03-01.csv"), "utf8"), text);
    });
  });
});

describe("generate_measures", () => {
  it("adds up every cohort file and combines the dates", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      await cohortline(folder, cohorts);
      const { code, out } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 0);
      assert.match(
        out,
        /^Wrote 8 files to output from 3 cohorts, 200 patients each\.\nSmall numbers are suppressed in 1 measure;/,
      );
      const text = readFileSync(join(folder, "output/measure_asthma_by_sex.csv"), "utf8");
      const [header, ...rows] = text.trim().split("\n");
      assert.equal(header, "sex,asthma,population,value,date");
      assert.deepEqual(
        rows.map((row) => row.split(",").filter((_, i) => i === 0 || i === 4)),
        ["2020-01-01", "2020-02-01", "2020-03-01"].flatMap((date) => [
          ["F", date],
          ["M", date],
        ]),
      );
    });
  });

  it("keeps measures whose cohort file is unchanged and remakes the others", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      await cohortline(folder, cohorts);
      await cohortline(folder, ["generate_measures"]);
      const before = contentsOf(folder);
      const again = await cohortline(folder, ["generate_measures", "--skip-existing"]);
      assert.match(again.out, /kept 8 files/);
      rmSync(join(folder, "output/measure_asthma_by_sex_2020-02-01.csv"));
      const mended = await cohortline(folder, ["generate_measures", "--skip-existing"]);
      assert.match(mended.out, /kept 7 files/);
      assert.deepEqual(contentsOf(folder), before);
    });
  });

  it("does not take another study's cohort files for its own", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      await cohortline(folder, cohorts);
      writeFileSync(join(folder, "output/input_other_2020-01-01.csv"), "not,a,cohort\n");
      const { code } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 0);
    });
  });

  it("says what to do when there is no cohort file, and fails", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const { code, err } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 1);
      assert.match(err, /Run generate_cohort with --index-date-range/);
    });
  });

  it("measures the other files when one is broken, and names the broken one", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      await cohortline(folder, cohorts);
      writeFileSync(
        join(folder, "output/input_2020-02-01.csv"),
        "patient_id,sex,age,asthma\n1,F,3,1\n2,M\n",
      );
      const { code, err } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 1);
      assert.match(err, /input_2020-02-01\.csv/);
      const names = readdirSync(join(folder, "output"));
      assert.ok(names.includes("measure_asthma_by_sex_2020-01-01.csv"));
      assert.ok(!names.includes("measure_asthma_by_sex_2020-02-01.csv"));
      assert.ok(!names.includes("measure_asthma_by_sex.csv"));
    });
  });
});

describe("check and dump_study_yaml", () => {
  it("report that a study is in order and print it", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const { code, out } = await cohortline(folder, ["check"]);
      assert.equal(code, 0);
      assert.equal(out, "study_definition: 4 columns, 2 measures, no problem\n");
      const yaml = (await cohortline(folder, ["dump_study_yaml"])).out;
      assert.match(yaml, /^name: study_definition\nstudy:\n {2}index_date: "?2020-01-01"?\n/);
      assert.match(yaml, /function: with_these_clinical_events/);
    });
  });
});
