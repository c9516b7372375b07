import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { cellsIn, countOf, datesIn, numbersIn, rowsOf } from "./dummy-rows.ts";
import { column, count, day, flag } from "./study-of.ts";

const average = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

describe("how many patients have a value", () => {
  // int((1 - incidence) * N) are emptied: float arithmetic, then truncation.
  const table: readonly (readonly [incidence: number, patients: number, emptied: number])[] = [
    [0.9, 10, 0],
    [0.7, 10, 3],
    [0.5, 10, 5],
    [0.2, 1000, 800],
    [0.1, 1000, 900],
    [1, 1000, 0],
    [0.999, 100, 0],
    [0.001, 1, 0],
  ];
  for (const [incidence, patients, emptied] of table) {
    it(`incidence ${incidence} of ${patients} leaves ${emptied} empty, whatever the type`, async () => {
      const ratios = { A: 0.5, B: 0.5 };
      const int = { distribution: "normal", mean: 1000, stddev: 1 };
      const rows = await rowsOf(
        {
          flag: flag({ incidence }),
          count: count({ incidence, int }),
          bmi: column("most_recent_bmi", { return_expectations: { incidence, float: int } }),
          sex: column("sex", { return_expectations: { incidence, category: { ratios } } }),
          day: day({ incidence }),
        },
        patients,
      );
      const empty = { flag: 0, count: 0, bmi: 0, sex: "", day: null };
      for (const [name, value] of Object.entries(empty)) {
        assert.equal(countOf(cellsIn(rows, name), value), emptied, name);
      }
    });
  }

  it("universal means everybody, dates too, whatever the incidence says", async () => {
    const rows = await rowsOf({
      day: day({ rate: "universal", incidence: 0.1 }),
      all: column("all"),
    });
    assert.equal(datesIn(rows, "day").length, 1000);
    assert.ok(datesIn(rows, "day").every((each) => each > "2000-01-01" && each <= "2020-01-01"));
    assert.deepEqual([...new Set(cellsIn(rows, "all"))], [1]);
  });

  it("the empty ones are other patients in each column", async () => {
    const rows = await rowsOf({ a: flag({ incidence: 0.5 }), b: flag({ incidence: 0.5 }) });
    const a = numbersIn(rows, "a");
    const both = numbersIn(rows, "b").filter((value, row) => value === 1 && a[row] === 1).length;
    // 250 expected of two independent halves, standard deviation about 8.
    assert.ok(both > 200 && both < 300, String(both));
  });
});

describe("values", () => {
  it("normal whole numbers are cut towards zero, never -0, and may be negative", async () => {
    const int = { distribution: "normal", mean: 0, stddev: 2 };
    const values = numbersIn(await rowsOf({ x: count({ rate: "universal", int }) }, 20_000), "x");
    assert.ok(values.every((value) => Number.isInteger(value) && !Object.is(value, -0)));
    assert.ok(values.some((value) => value < 0));
    // Within one of 0 on either side: half a standard deviation, 38.3 % of a normal distribution.
    const zeros = values.filter((value) => value === 0).length / values.length;
    assert.ok(Math.abs(zeros - 0.383) < 0.02, String(zeros));
  });

  it("decimals are not rounded", async () => {
    const float = { distribution: "normal", mean: 35, stddev: 10 };
    const bmi = column("most_recent_bmi", { return_expectations: { rate: "universal", float } });
    const values = numbersIn(await rowsOf({ bmi }), "bmi");
    assert.ok(Math.abs(average(values) - 35) < 2);
    assert.ok(values.some((value) => Math.round(value * 1000) !== value * 1000));
  });

  it("population ages run from 0 to 109", async () => {
    const int = { distribution: "population_ages" };
    const age = column("age_as_of", {
      reference_date: "2020-01-01",
      return_expectations: { rate: "universal", int },
    });
    const values = numbersIn(await rowsOf({ age }, 50_000), "age");
    assert.equal(Math.min(...values), 0);
    assert.ok(Math.max(...values) > 99 && Math.max(...values) <= 109);
    assert.ok(Math.abs(average(values) - 40.3) < 0.6, String(average(values)));
  });

  it("categories come in their shares; an empty text can be one of them", async () => {
    const ratios = { A: 0.1, B: 0.7, "": 0.2 };
    const sex = column("sex", { return_expectations: { rate: "universal", category: { ratios } } });
    const values = cellsIn(await rowsOf({ sex }, 20_000), "sex");
    for (const [word, share] of Object.entries(ratios)) {
      const seen = countOf(values, word) / values.length;
      assert.ok(Math.abs(seen - share) < 0.02, `${word}: ${seen}`);
    }
  });

  it("deprivation and rural classes are numbers; nobody known is -1 and 0", async () => {
    const address = (returning: string, extra = {}) =>
      column("address_as_of", {
        date: "2020-01-01",
        returning,
        ...extra,
        return_expectations: { incidence: 0.5, category: { ratios: { 100: 0.5, 0: 0.5 } } },
      });
    const rows = await rowsOf({
      imd: address("index_of_multiple_deprivation", { round_to_nearest: 100 }),
      rural: address("rural_urban_classification"),
    });
    assert.deepEqual([...new Set(numbersIn(rows, "imd"))].sort(), [-1, 0, 100]);
    assert.equal(countOf(cellsIn(rows, "imd"), -1), 500);
    assert.deepEqual([...new Set(numbersIn(rows, "rural"))].sort(), [0, 100]);
  });

  it("dates can be categories", async () => {
    const definition = column("categorised_as", {
      category_definitions: {
        $pairs: [
          ["2020-04-14", "sex = 'F'"],
          ["2020-06-16", "DEFAULT"],
        ],
      },
      extra_columns: { sex: column("sex") },
      return_expectations: {
        incidence: 0.5,
        category: { ratios: { "2020-04-14": 0.5, "2020-06-16": 0.5 } },
      },
    });
    const rows = await rowsOf({ definition });
    assert.deepEqual([...new Set(datesIn(rows, "definition"))].sort(), [
      "2020-04-14",
      "2020-06-16",
    ]);
    assert.equal(countOf(cellsIn(rows, "definition"), null), 500);
  });

  it("conditions are not evaluated: flags come from their incidence", async () => {
    const impossible = column("satisfying", {
      expression: "sex = 'F' AND sex = 'M'",
      extra_columns: { sex: column("sex") },
      return_expectations: { incidence: 0.25 },
    });
    assert.equal(countOf(cellsIn(await rowsOf({ impossible }), "impossible"), 1), 250);
  });

  it("constants are the same for everybody, of any type", async () => {
    const values = { a: 7, b: 1.5, c: "text", d: "2020-02-29", e: true };
    const columns = Object.entries(values).map(([name, value]) => {
      return [name, column("fixed_value", { value })] as const;
    });
    const rows = await rowsOf(Object.fromEntries(columns), 3);
    const seen = Object.keys(values).map((name) => [...new Set(cellsIn(rows, name))]);
    assert.deepEqual(seen, [[7], [1.5], ["text"], ["2020-02-29"], [1]]);
  });
});
