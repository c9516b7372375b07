import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { ProblemError } from "../../engine/base/problems.ts";
import { aggregate } from "../../engine/measures/aggregate.ts";
import { measureOf, textOf } from "./measure-of.ts";
import { cellsOf, readingOf } from "./reading-of.ts";
import type { Cells } from "./reading-of.ts";

const patients = cellsOf(`
  patient_id sex region ill visits dose
  1          F   North  1   3      0.5
  2          M   North  0   0      1.25
  3          F   South  1   10     0
  4          F   -      0   2      2
  5          F   North  1   1      0.25
`);

/** The rows of a file, cells apart by spaces, as people line them up. */
function lines(text: string): string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).join(",").replaceAll("-", ""));
}

async function shows(words: string, expected: string, cells: Cells = patients): Promise<void> {
  const text = await textOf(cells, measureOf(words));
  assert.deepEqual(text.trimEnd().split("\n"), lines(expected));
}

describe("aggregating a cohort file", () => {
  it("adds numerator and denominator up in each group", async () => {
    await shows(
      "ill / visits by sex",
      `sex ill visits value
       F   3.0 16.0   0.1875
       M   0.0 0.0    -`,
    );
  });

  it("counts every patient once in population, without a point", async () => {
    await shows(
      "ill / population by sex",
      `sex ill population value
       F   3.0 4          0.75
       M   0.0 1          0.0`,
    );
  });

  it("makes an empty group value a group of its own, sorted first", async () => {
    await shows(
      "ill / population by region",
      `region ill population value
       -      0.0 1          0.0
       North  2.0 3          0.6666666666666666
       South  1.0 1          1.0`,
    );
  });

  it("shows every combination of two columns' values, 0 and blank where nobody is", async () => {
    await shows(
      "ill / population by region, sex",
      `region sex ill population value
       -      F   0.0 1          0.0
       -      M   0.0 0          -
       North  F   2.0 2          1.0
       North  M   0.0 1          0.0
       South  F   1.0 1          1.0
       South  M   0.0 0          -`,
    );
  });

  it("keeps the order of the group columns as written", async () => {
    const text = await textOf(patients, measureOf("ill / population by sex, region"));
    assert.deepEqual(text.split("\n").slice(0, 4), [
      "sex,region,ill,population,value",
      "F,,0.0,1,0.0",
      "F,North,2.0,2,1.0",
      "F,South,1.0,1,1.0",
    ]);
  });

  it("has one row for the whole population, whose size stands beside a numeric denominator", async () => {
    await shows(
      "ill / population by population",
      `ill population value
       3.0 5          0.6`,
    );
    await shows(
      "ill / visits by population",
      `ill visits population value
       3.0 16.0   5          0.1875`,
    );
    await shows(
      "population / visits by population",
      `population visits value
       5          16.0   0.3125`,
    );
  });

  it("takes population among other groups as a column that is always 1", async () => {
    await shows(
      "ill / visits by population, sex",
      `population sex ill visits value
       1          F   3.0 16.0   0.1875
       1          M   0.0 0.0    -`,
    );
  });

  it("writes a column once that is numerator and denominator", async () => {
    await shows(
      "visits / visits by sex",
      `sex visits value
       F   16.0   1.0
       M   0.0    -`,
    );
  });

  it("without groups has one row per patient in the order of the file, without identifiers", async () => {
    const expected = `
      dose population value
      0.5  1          0.5
      1.25 1          1.25
      0.0  1          0.0
      2.0  1          2.0
      0.25 1          0.25`;
    await shows("dose / population", expected);
    await shows(
      "dose / visits",
      `dose visits value
       0.5  3.0    0.16666666666666666
       1.25 0.0    inf
       0.0  10.0   0.0
       2.0  2.0    1.0
       0.25 1.0    0.25`,
    );
    const emptyList = { ...measureOf("dose / population"), group_by: [] };
    assert.deepEqual((await textOf(patients, emptyList)).trimEnd().split("\n"), lines(expected));
  });

  it("has only the header when the file has no patients, for the whole population too", async () => {
    const nobody = patients.slice(0, 1);
    await shows("ill / population by sex", "sex ill population value", nobody);
    await shows("ill / population by sex, region", "sex region ill population value", nobody);
    await shows("ill / population by population", "ill population value", nobody);
    await shows("ill / visits by population, sex", "population sex ill visits value", nobody);
    await shows("ill / population", "ill population value", nobody);
  });

  it("sorts group values as text, so 100 stands before 9", async () => {
    const ages = cellsOf(`age ill
      9 1
      100 1
      10 1`);
    await shows(
      "ill / population by age",
      `age ill population value
       10  1.0 1          1.0
       100 1.0 1          1.0
       9   1.0 1          1.0`,
      ages,
    );
  });

  it("sorts by value and writes as numbers the groups that another measure adds up", async () => {
    const text = await textOf(patients, measureOf("ill / population by visits"), [
      { ...measureOf("visits / population by sex"), id: "other" },
    ]);
    assert.deepEqual(
      text.split("\n").map((line) => line.split(",")[0]),
      ["visits", "0.0", "1.0", "2.0", "3.0", "10.0", ""],
    );
  });

  it("leaves missing numbers out of sums but shows them blank per patient", async () => {
    const cells: Cells = [
      ["sex", "dose"],
      ["F", "NaN"],
      ["F", "1.5"],
      ["M", "NaN"],
    ];
    await shows(
      "dose / population by sex",
      `sex dose population value
       F   1.5  2          0.75
       M   0.0  1          0.0`,
      cells,
    );
    assert.equal(
      await textOf(cells, measureOf("dose / population")),
      "dose,population,value\n,1,\n1.5,1,1.5\n,1,\n",
    );
  });

  it("makes all tables from one read, whatever they share", async () => {
    const measures = [
      "ill / population by sex",
      "dose / visits by sex",
      "dose / visits by region, sex",
      "dose / visits",
    ];
    const specs = measures.map((words, id) => ({ ...measureOf(words), id: String(id) }));
    const together = await aggregate(readingOf(patients, specs, 2), specs, "input.csv");
    const apart = await Promise.all(
      specs.map(async (spec) => (await aggregate(readingOf(patients, [spec], 4), [spec], "i"))[0]),
    );
    assert.deepEqual(together, apart);
    for (const { columns, rows } of together) {
      assert.ok(columns.every(({ values }) => values.length === rows));
    }
  });
});

describe("a product of groups that is too large", () => {
  const many = (keys: number): Cells => [
    ["a", "b", "n"],
    ...Array.from({ length: keys }, (_, i) => [`a${i}`, `b${i}`, "1"]),
  ];
  const measure = measureOf("n / population by a, b");

  it("is a problem that names the columns with the number of their values", async () => {
    const specs = [measure, { ...measure, id: "second" }, measureOf("n / population by a")];
    await assert.rejects(
      aggregate(readingOf(many(1001), specs, 400), specs, "input_2020-01-01.csv"),
      (error) => {
        assert.ok(error instanceof ProblemError);
        assert.deepEqual(
          error.problems.map(({ code }) => code),
          ["measure-too-many-groups", "measure-too-many-groups"],
        );
        assert.equal(
          error.problems[0]?.message,
          'Measure "m" would have 1002001 rows, more than 1000000, from "input_2020-01-01.csv": ' +
            'every combination of "a" (1001 values) and "b" (1001 values).',
        );
        return true;
      },
    );
  });

  it("begins above a million rows", async () => {
    const [table] = await aggregate(readingOf(many(1000), [measure], 400), [measure], "i.csv");
    assert.equal(table?.rows, 1_000_000);
    const sum = table.columns[0]?.values.reduce((total, value) => total + value);
    assert.equal(sum, 1000);
  });

  it("is found before room for it is taken: here 64 thousand million combinations", async () => {
    const cells = many(4000).map(([a = "", b = "", n = ""]) => [a, b, `c${a}`, n]);
    cells[0] = ["a", "b", "c", "n"];
    const three = measureOf("n / population by a, b, c");
    await assert.rejects(
      aggregate(readingOf(cells, [three], 4000), [three], "i.csv"),
      /64000000000 rows/,
    );
  });

  it("is not a matter of one column, of which only values that occur are shown", async () => {
    const single = measureOf("n / population by a");
    const [table] = await aggregate(readingOf(many(2000), [single], 700), [single], "i.csv");
    assert.equal(table?.rows, 2000);
  });
});
