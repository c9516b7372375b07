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
      marks: null,
      made: [
        {
          id: "by_sex",
          fileName: "measure_by_sex_2020-01-01.csv",
          rows: 2,
          bytes: text.length,
          sha256: createHash("sha256").update(text).digest("hex"),
          formulas: 0,
        },
      ],
      hidden: [{ measure: "by_sex", column: "population", groups: 1, more: 1 }],
    });
  });

  it("counts the cells that a spreadsheet would run as a formula, and no number among them", async (context) => {
    const labels = ["=1+1", "+SUM(A1)", "-x", "@a", '"\tb"', "-1", "+2.5", "-", "a=b", "F"];
    const rows = labels.map((label, at) => `${at},${label},1`).join("\n");
    const folder = cohortFolder(context, { [january]: `patient_id,sex,ill\n${rows}\n` });
    const byBoth = { ...measureOf("population / population by sex, ill"), id: "both" };
    const answer = await measureCohortFile(taskFor(folder, january, [bySex, byBoth]));
    assert.deepEqual(answer.ok && answer.made.map(({ formulas }) => formulas), [6, 6]);
    const named = cohortFolder(context, { [january]: "patient_id,=x,ill\n1,F,1\n2,M,1\n" });
    const byName = { ...measureOf("population / population by =x"), id: "named" };
    const other = await measureCohortFile(taskFor(named, january, [byName]));
    assert.deepEqual(other.ok && other.made.map(({ formulas }) => formulas), [1]);
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
      marks: null,
      made: [],
      hidden: [],
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
    assert.deepEqual(answer, {
      ok: false,
      problems: [],
      missing: [
        { measure: "a", column: "il", role: "numerator", inStudy: false, nearest: ["ill"] },
        { measure: "b", column: "weight", role: "denominator", inStudy: false, nearest: [] },
        { measure: "b", column: "sexx", role: "group_by", inStudy: false, nearest: ["sex"] },
        { measure: "b", column: "region", role: "group_by", inStudy: true, nearest: ["region"] },
      ],
    });
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
