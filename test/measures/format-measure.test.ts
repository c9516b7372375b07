import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formatMeasure } from "../../engine/measures/write-measure.ts";
import type { MeasureTable } from "../../engine/measures/measure-table.ts";
import { publishable } from "../../engine/measures/publishable.ts";
import { measureOf, textOf } from "./measure-of.ts";
import { cellsOf } from "./reading-of.ts";

function ratio(numerator: number, denominator: number): string {
  const table: MeasureTable = {
    measure: measureOf("n / d by population"),
    labels: [],
    rows: 1,
    columns: [
      { name: "n", whole: false, values: Float64Array.of(numerator) },
      { name: "d", whole: false, values: Float64Array.of(denominator) },
    ],
  };
  const [, row] = [...formatMeasure(publishable(table).table)].join("").split("\n");
  return row ?? "";
}

describe("a row of a measure file", () => {
  const rows: readonly (readonly [numerator: number, denominator: number, row: string])[] = [
    [3, 4, "3.0,4.0,0.75"],
    [1, 3, "1.0,3.0,0.3333333333333333"],
    [0, 4, "0.0,4.0,0.0"],
    [0, 0, "0.0,0.0,"],
    [3, 0, "3.0,0.0,inf"],
    [-3, 0, "-3.0,0.0,-inf"],
    [0, -4, "0.0,-4.0,-0.0"],
    [NaN, 4, ",4.0,"],
    [4, NaN, "4.0,,"],
    [0.00001, 1e16, "1e-05,1e+16,1.0000000000000001e-21"],
    [123456789012, 1, "123456789012.0,1.0,123456789012.0"],
  ];
  for (const [numerator, denominator, row] of rows) {
    it(`is ${row} for ${numerator} over ${denominator}`, () => {
      assert.equal(ratio(numerator, denominator), row);
    });
  }
});

describe("a measure file", () => {
  const patients = cellsOf(`sex ill
    F 1
    F 1
    M 0
    F 0`);

  it("shows counts of patients as whole numbers until one of them is hidden", async () => {
    const many = [...patients, ...Array.from({ length: 20 }, () => ["M", "1"])];
    assert.equal(
      await textOf(many, measureOf("ill / population by sex")),
      "sex,ill,population,value\nF,2.0,3,0.6666666666666666\nM,20.0,21,0.9523809523809523\n",
    );
    const three = [...many, ...Array.from({ length: 7 }, () => ["X", "0"])];
    assert.equal(
      await textOf(three, measureOf("ill / population by sex", "hiding small numbers")),
      "sex,ill,population,value\nF,,,\nM,,21.0,\nX,0.0,,\n",
    );
  });

  it("hides every patient's 1 in a file of one row per patient", async () => {
    assert.equal(
      await textOf(patients, measureOf("ill / population", "hiding small numbers")),
      "ill,population,value\n,,\n,,\n0.0,,\n0.0,,\n",
    );
  });

  it("quotes texts only where they hold a comma, a quote or a line end", async () => {
    const words = ["a,b", 'say "x"', "two\nlines", "cr\rcr", " lead", "trail ", "O'Brien", "#1"];
    const text = await textOf([["of, what", "n"], ...words.map((word) => [word, "1"])], {
      ...measureOf("n / n"),
      group_by: ["of, what"],
    });
    assert.equal(
      text,
      [
        '"of, what",n,value',
        " lead,1.0,1.0",
        "#1,1.0,1.0",
        "O'Brien,1.0,1.0",
        '"a,b",1.0,1.0',
        '"cr\rcr",1.0,1.0',
        '"say ""x""",1.0,1.0',
        "trail ,1.0,1.0",
        '"two\nlines",1.0,1.0',
        "",
      ].join("\n"),
    );
  });

  it("comes in pieces that end with a row, however many rows there are", () => {
    const rows = 20_000;
    const table: MeasureTable = {
      measure: measureOf("n / n"),
      labels: [],
      rows,
      columns: [{ name: "n", whole: false, values: new Float64Array(rows).fill(6) }],
    };
    const pieces = [...formatMeasure(publishable(table).table)];
    assert.ok(pieces.length > 2);
    assert.ok(pieces.every((piece) => piece.endsWith("\n")));
    assert.equal(pieces.join(""), `n,value\n${"6.0,1.0\n".repeat(rows)}`);
  });
});
