import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { measureFileName, measureFormats } from "../../engine/base/file-names.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { combineFiles } from "../../engine/measures/combine-files.ts";
import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import { measureFacts } from "../../engine/measures/measure-facts.ts";
import { readMeasure } from "../../engine/measures/read-measure.ts";
import type { MeasureColumns } from "../../engine/measures/read-measure.ts";
import { cohortFolder, taskFor } from "./cohort-folder.ts";
import { measureOf } from "./measure-of.ts";

/** Eight of the women are ill and have a dose, three of nine men are ill, and three of the four in "z". */
const people = [
  ...Array.from({ length: 8 }, (_, at) => `${at},F,1,1.5`),
  ...Array.from({ length: 9 }, (_, at) => `${at + 20},M,${at < 3 ? 1 : 0},0`),
  ...Array.from({ length: 4 }, (_, at) => `${at + 40},"x, y",0,0`),
  ...Array.from({ length: 4 }, (_, at) => `${at + 60},z,${at < 3 ? 1 : 0},0`),
];
const january = "input_2020-01-01.csv";
const cohort = ["patient_id,sex,ill,dose", ...people, ""].join("\n");

type Row = readonly [
  groups: readonly string[],
  numerator: number | null,
  denominator: number | null,
  value: number | null,
];

/** Measures as `measureOf` takes them, and the rows of their files. */
const expected: Readonly<Record<string, readonly Row[]>> = {
  "ill / population by sex": [
    [["F"], 8, 8, 1],
    [["M"], null, 9, null],
    [["x, y"], 0, null, null],
    [["z"], null, null, null],
  ],
  "dose / ill by population, sex": [
    [["1", "F"], 12, 8, 1.5],
    [["1", "M"], 0, null, null],
    [["1", "x, y"], 0, 0, null],
    [["1", "z"], 0, null, null],
  ],
  "population / dose by sex": [
    [["F"], 8, 12, 8 / 12],
    [["M"], 9, 0, Infinity],
    [["x, y"], null, 0, null],
    [["z"], null, 0, null],
  ],
  "ill / ill by ill": [
    [["0.0"], 0, 0, null],
    [["1.0"], 14, 14, 1],
  ],
  "ill / dose by population": [[[], 14, 12, 14 / 12]],
};
const measures = Object.keys(expected).map((words, at) => ({
  ...measureOf(words, "hiding small numbers"),
  id: `m${at}_2020-01-01`,
}));

async function rowsOf(path: string, measure: MeasureColumns) {
  const rows = [];
  for await (const row of readMeasure(path, measure)) rows.push(row);
  return rows;
}

describe("the file of a measure, read back", () => {
  for (const format of measureFormats) {
    it(`gives groups, numbers and dates as they were written: ${format}`, async (context) => {
      const folder = cohortFolder(context, { [january]: cohort });
      const task = { ...taskFor(folder, january, measures), format };
      assert.ok((await measureCohortFile(task)).ok);
      for (const [at, rows] of Object.values(expected).entries()) {
        const measure = measures[at] ?? assert.fail();
        await combineFiles({ measure, folder, dates: [task.date], format });
        for (const date of [task.date, null]) {
          const path = join(folder, measureFileName(measure.id, date, format));
          assert.deepEqual(
            await rowsOf(path, measureFacts(measure)),
            rows.map(([groups, numerator, denominator, value]) => ({
              ...{ groups, numerator, denominator, value, date: task.date },
            })),
            path,
          );
        }
      }
    });
  }

  it("is refused where it is of another measure or has a cell that is none, which is not shown", async (context) => {
    const texts: Readonly<Record<string, readonly [text: string, message: string]>> = {
      "measure_a.csv": [
        "age,ill,population,value\n",
        '"measure_a.csv" does not have the columns of measure "m": "sex", "ill", "population", "value"',
      ],
      "measure_b.csv": [
        "sex,population,ill,value\n",
        '"measure_b.csv" does not have the columns of measure "m": "sex", "ill", "population", "value"',
      ],
      "measure_c.csv": [
        "sex,ill,population,value\nF,8,9,\nM,secret,9,\n",
        'Row 3 of "measure_c.csv" has no number in "ill"',
      ],
      "measure_d.csv": [
        "sex,ill,population,value,date\nF,8,9,,2020-02-30\n",
        'Row 2 of "measure_d.csv" has no date in "date"',
      ],
    };
    const folder = cohortFolder(
      context,
      Object.fromEntries(Object.entries(texts).map(([name, [text]]) => [name, text])),
    );
    const measure = measureFacts(measureOf("ill / population by sex"));
    for (const [name, [, message]] of Object.entries(texts)) {
      await assert.rejects(rowsOf(join(folder, name), measure), (error) => {
        assert.ok(error instanceof ProblemError);
        assert.deepEqual(
          error.problems.map((each) => each.message),
          [message],
        );
        return true;
      });
    }
  });
});
