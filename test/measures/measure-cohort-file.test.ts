import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, it } from "node:test";

import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import { combineFiles } from "../../engine/measures/combine-files.ts";
import { cohortFolder, taskFor, textsIn } from "./cohort-folder.ts";
import { measureOf } from "./measure-of.ts";

const january = "input_2020-01-01.csv";
const patients = "patient_id,sex,ill\n1,F,1\n2,M,0\n3,F,0\n4,F,1\n5,F,1\n6,F,1\n7,F,1\n8,F,1\n";
const bySex = { ...measureOf("ill / population by sex", "hiding small numbers"), id: "by_sex" };
const each = { ...measureOf("ill / population"), id: "each" };

describe("measuring a cohort file", () => {
  it("writes a file per measure and tells its rows and checksum", async (context) => {
    const folder = cohortFolder(context, { [january]: patients });
    const answer = await measureCohortFile(taskFor(folder, january, [bySex]));
    const text = "sex,ill,population,value\nF,6.0,,\nM,0.0,,\n";
    assert.deepEqual(textsIn(folder, "measure"), { "measure_by_sex_2020-01-01.csv": text });
    assert.deepEqual(answer, {
      ok: true,
      patients: 8,
      made: [
        {
          id: "by_sex",
          fileName: "measure_by_sex_2020-01-01.csv",
          rows: 2,
          bytes: text.length,
          sha256: createHash("sha256").update(text).digest("hex"),
          patientLevel: false,
        },
      ],
      suppressed: ["by_sex"],
      messages: [
        "Suppressed small numbers in column population in measure by_sex",
        "Additional suppression in column population in measure by_sex",
      ],
      warnings: [],
    });
  });

  it("marks a measure without groups as patient-level and warns of it", async (context) => {
    const folder = cohortFolder(context, { [january]: patients });
    const answer = await measureCohortFile(taskFor(folder, january, [bySex, each]));
    assert.ok(answer.ok);
    assert.deepEqual(
      answer.made.map(({ id, patientLevel }) => [id, patientLevel]),
      [
        ["by_sex", false],
        ["each", true],
      ],
    );
    assert.deepEqual(answer.warnings, [
      'Measure "each" has no group_by: its files have one row per patient.',
    ]);
  });

  it("warns of a file without patients", async (context) => {
    const folder = cohortFolder(context, { [january]: "patient_id,sex,ill\n" });
    const answer = await measureCohortFile(taskFor(folder, january, [bySex]));
    assert.deepEqual(answer.ok && answer.warnings, [`"${january}" has no patients.`]);
  });

  it("leaves files of kept measures alone, and the cohort file too if all are kept", async (context) => {
    const folder = cohortFolder(context, { [january]: patients });
    const task = taskFor(folder, january, [bySex, each]);
    const some = await measureCohortFile({ ...task, kept: ["by_sex"] });
    assert.deepEqual(Object.keys(textsIn(folder, "measure")), ["measure_each_2020-01-01.csv"]);
    assert.deepEqual(some.ok && some.made.map(({ id }) => id), ["each"]);
    const gone = { ...task, file: join(folder, "gone.csv"), kept: ["by_sex", "each"] };
    assert.deepEqual(await measureCohortFile(gone), {
      ok: true,
      patients: 0,
      made: [],
      suppressed: [],
      messages: [],
      warnings: [],
    });
  });

  it("reads a column as the whole study's measures need it, whichever of them are kept", async (context) => {
    const folder = cohortFolder(context, { [january]: patients });
    const byIll = { ...measureOf("population / population by ill"), id: "by_ill" };
    const task = { ...taskFor(folder, january, [bySex, byIll]), kept: ["by_sex"] };
    await measureCohortFile(task);
    assert.deepEqual(textsIn(folder, "measure"), {
      "measure_by_ill_2020-01-01.csv": "ill,population,value\n0.0,2,1.0\n1.0,6,1.0\n",
    });
  });

  it("names every column it misses, with the measure, its role and the nearest columns", async (context) => {
    const folder = cohortFolder(context, { [january]: patients });
    const measures = [
      { ...measureOf("il / population by sex"), id: "a" },
      { ...measureOf("ill / weight by sexx, region"), id: "b" },
    ];
    const task = { ...taskFor(folder, january, measures), studyColumns: ["ill", "region"] };
    const answer = await measureCohortFile(task);
    assert.ok(!answer.ok);
    assert.deepEqual(
      answer.problems.map(({ code, message, hint }) => [code, message, hint]),
      [
        [
          "measure-column-missing",
          `Measure "a" has "il" as numerator, which "${january}" does not have, nor the study.`,
          'Nearest: "ill".',
        ],
        [
          "measure-column-missing",
          `Measure "b" has "weight" as denominator, which "${january}" does not have, nor the study.`,
          "Define the column in the study, or join it to the cohort files.",
        ],
        [
          "measure-column-missing",
          `Measure "b" has "sexx" as group_by, which "${january}" does not have, nor the study.`,
          'Nearest: "sex".',
        ],
        [
          "measure-column-missing",
          `Measure "b" has "region" as group_by, which "${january}" does not have.`,
          "The file is older than the study: run generate_cohort again.",
        ],
      ],
    );
  });

  it("answers a file it cannot read with a problem, not an exception", async (context) => {
    const folder = cohortFolder(context, { [january]: "patient_id,sex,ill\n1,F,\n" });
    const unreadable = await measureCohortFile(taskFor(folder, january, [bySex]));
    assert.deepEqual(!unreadable.ok && unreadable.problems.map(({ code }) => code), [
      "not-a-number",
    ]);
    const missing = await measureCohortFile(taskFor(folder, "input_2020-02-01.csv", [bySex]));
    assert.deepEqual(!missing.ok && missing.problems.map(({ code }) => code), ["file-not-found"]);
    assert.deepEqual(textsIn(folder, "measure"), {});
  });
});

describe("the combined file of a measure", () => {
  it("holds the rows of all dates and replaces an older one", async (context) => {
    const february = "input_2020-02-01.csv";
    const folder = cohortFolder(context, {
      [january]: patients,
      [february]: "patient_id,sex,ill\n1,F,1\n",
      "measure_all.csv": "old",
    });
    const all = { ...measureOf("ill / population by population"), id: "all" };
    const tasks = [february, january].map((name) => taskFor(folder, name, [all]));
    for (const task of tasks) await measureCohortFile(task);
    const dates = tasks.map(({ date }) => date);
    await combineFiles({ measure: all, folder, dates, format: "csv" });
    assert.equal(
      textsIn(folder, "measure_all.csv")["measure_all.csv"],
      "ill,population,value,date\n6.0,8,0.75,2020-01-01\n1.0,1,1.0,2020-02-01\n",
    );
  });
});
