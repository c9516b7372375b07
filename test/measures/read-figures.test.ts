import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";

import { ProblemError } from "../../engine/base/problems.ts";
import { gatherFigures } from "../../engine/measures/measure-figures.ts";
import { readFigures } from "../../engine/measures/read-figures.ts";
import { readMeasure } from "../../engine/measures/read-measure.ts";

const measure = { id: "m", groups: ["sex", "area"], numerator: "ill", denominator: "people" };
const header = "sex,area,ill,people,value,date\n";
const folder = mkdtempSync(join(tmpdir(), "figures-"));
after(() => {
  rmSync(folder, { recursive: true });
});

async function rowByRow(path: string): Promise<unknown> {
  const gathered = gatherFigures(measure.groups);
  for await (const row of readMeasure(path, measure)) {
    assert(row.date !== null);
    gathered.add(row, row.date);
  }
  return gathered.figures();
}

const many = Array.from(
  { length: 3000 },
  (_, at) =>
    `${"FM"[at % 2]},${at % 700},${at % 13},${1 + (at % 29)},${(at % 13) / (1 + (at % 29))},20${10 + (at % 5)}-01-01\n`,
).join("");

const read: readonly (readonly [string, string])[] = [
  ["thousands of rows, dates in any order", header + many],
  [
    "hidden figures, zeros and no denominators",
    `${header}F,1,,20,,2020-01-01\nM,1,0,20,0.0,2020-01-01\n,1,3,0,inf,2020-01-01\nF,,0,0,,2020-01-01\nF,2,,,,2020-02-01\n`,
  ],
  [
    "labels in quotes, with commas, line ends and emoji",
    `${header}"F,""x""","a\nb",1,3,0.3333333333333333,2020-01-01\nF,😀,1,3,0.3333333333333333,2020-01-01\n`,
  ],
  [
    "numbers as floats are printed",
    `${header}F,1,14.0,1e+21,1.4e-20,2020-01-01\nM,1,-2.5,100.0,-0.025,2020-01-01\nM,2,12345678901234567,2,6172839450617284,2020-01-01\n`,
  ],
  [
    "other line ends, a byte order mark, no line end at the end",
    `\uFEFF${header}F,1,1,2,0.5,2020-01-01\n\nM,1,1,2,0.5,2020-01-01`.replaceAll("\n", "\r\n"),
  ],
];

for (const [what, text] of read) {
  void test(`figures are read as row by row: ${what}`, async () => {
    const path = join(folder, "measure_m.csv");
    writeFileSync(path, text);
    const figures = await readFigures(path, measure);
    assert.deepEqual(figures, await rowByRow(path));
    writeFileSync(`${path}.gz`, gzipSync(text));
    assert.deepEqual(await readFigures(`${path}.gz`, measure), figures);
  });
}

const refused: readonly (readonly [string, string, string])[] = [
  ["a number with a sign", `${header}F,1,+5,10,0.5,2020-01-01\n`, "measure-file-cell"],
  ["a point without a digit behind it", `${header}F,1,5.,10,0.5,2020-01-01\n`, "measure-file-cell"],
  ["a point without a digit before it", `${header}F,1,5,10,.5,2020-01-01\n`, "measure-file-cell"],
  ["two points", `${header}F,1,5,10,0.5.1,2020-01-01\n`, "measure-file-cell"],
  ["a word", `${header}F,1,five,10,0.5,2020-01-01\n`, "measure-file-cell"],
  ["a day that is none", `${header}F,1,5,10,0.5,2020-02-30\n`, "measure-file-cell"],
  ["a row too short", `${header}F,1,5,10,0.5\n`, "ragged-row"],
  ["no rows", header, "measure-file-empty"],
  ["other columns", "sex,ill,people,value,date\nF,5,10,0.5,2020-01-01\n", "measure-file-columns"],
];

void test("what is no figure, no date and no such file is refused as row by row", async () => {
  for (const [what, text, code] of refused) {
    const path = join(folder, "measure_m.csv");
    writeFileSync(path, text);
    const refusal = (error: unknown): boolean =>
      error instanceof ProblemError && error.problems[0]?.code === code;
    await assert.rejects(readFigures(path, measure), refusal, what);
  }
});
