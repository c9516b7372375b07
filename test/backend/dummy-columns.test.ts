import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { isoDateOf, toDayNumber } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import type { ColumnDefinition } from "../../engine/definition/model.ts";
import { cellsIn, countOf, datesIn, dummyRowsAt, numbersIn, TODAY } from "./dummy-rows.ts";
import { column, events, studyOf } from "./study-of.ts";

const date = { earliest: "2000-01-01", latest: "2020-01-01" };

function rowsOf(
  columns: Readonly<Record<string, ColumnDefinition>>,
  patients = 1000,
  defaults: unknown = { date },
) {
  return dummyRowsAt(studyOf({ columns, defaults, indexDate: "2020-03-01" }), { patients });
}

const flag = (own: unknown) => events({ return_expectations: own });
const day = (own: unknown, args = {}) =>
  events({ returning: "date", date_format: "YYYY-MM-DD", return_expectations: own, ...args });
const count = (own: unknown) =>
  events({ returning: "number_of_matches_in_period", return_expectations: own });
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

describe("dates", () => {
  const days = (rows: readonly string[]) => rows.map((each) => toDayNumber(isoDateOf(each)));

  it("increase exponentially: 63 of 100 within the last tenth, none outside the range", async () => {
    const drawn = days(datesIn(await rowsOf({ day: day({ incidence: 1 }) }, 50_000), "day"));
    const [first, last] = days([date.earliest, date.latest]) as [number, number];
    assert.ok(drawn.every((each) => each >= first && each <= last));
    const length = last - first;
    // The distribution function of the exponential distribution with mean 0.1.
    for (const tenths of [0.25, 0.5, 1, 2, 4]) {
      const within = drawn.filter((each) => last - each < (tenths / 10) * length).length;
      const wanted = 1 - Math.exp(-tenths);
      assert.ok(Math.abs(within / drawn.length - wanted) < 0.01, `${tenths}: ${within}`);
    }
  });

  it("uniform ones fall on every day of the range but the first", async () => {
    const range = { earliest: "2020-01-01", latest: "2020-01-11" };
    const own = { rate: "uniform", incidence: 1, date: range };
    const drawn = datesIn(await rowsOf({ day: day(own) }, 50_000), "day");
    const seen = new Map<string, number>();
    for (const each of drawn) seen.set(each, (seen.get(each) ?? 0) + 1);
    const wanted = Array.from(
      { length: 10 },
      (_, n) => `2020-01-${String(n + 2).padStart(2, "0")}`,
    );
    assert.deepEqual([...seen.keys()].sort(), wanted);
    for (const [each, number] of seen)
      assert.ok(Math.abs(number - 5000) < 400, `${each} ${number}`);
  });

  it("of a range of one day are that day, at any rate", async () => {
    const own = { incidence: 1, date: { earliest: "2020-01-01", latest: "2020-01-01" } };
    const columns = { a: day(own), b: day({ ...own, rate: "uniform" }) };
    const rows = await rowsOf(columns, 20);
    assert.deepEqual([...new Set([...datesIn(rows, "a"), ...datesIn(rows, "b")])], ["2020-01-01"]);
  });

  it("of a reversed range are a problem where they should increase, else lie between the ends", async () => {
    const range = { earliest: "2020-01-11", latest: "2020-01-01" };
    await assert.rejects(rowsOf({ day: day({ incidence: 1, date: range }) }), (error) => {
      assert.ok(error instanceof ProblemError);
      assert.equal(error.problems[0]?.code, "reversed-expectation-dates");
      assert.match(
        error.message,
        /"day".*"earliest" \(2020-01-11\) is after "latest" \(2020-01-01\)/,
      );
      return true;
    });
    const own = { rate: "uniform", incidence: 1, date: range };
    const drawn = datesIn(await rowsOf({ day: day(own) }, 500), "day");
    assert.ok(drawn.every((each) => each >= "2020-01-01" && each < "2020-01-11"));
    assert.equal(new Set(drawn).size, 10);
  });

  it("can be reckoned from the index date and from today", async () => {
    const range = { earliest: "index_date - 1 month", latest: "today" };
    const own = { rate: "uniform", incidence: 1, date: range };
    const drawn = datesIn(await rowsOf({ day: day(own) }, 5000), "day");
    assert.ok(drawn.every((each) => each > "2020-02-01" && each <= TODAY));
    assert.ok(drawn.includes(TODAY) && drawn.some((each) => each < "2020-03-01"));
  });

  it("outside the column's own period are blanked, both ends of which are inside", async () => {
    const own = {
      rate: "uniform",
      incidence: 1,
      date: { earliest: "2020-01-01", latest: "2020-01-31" },
    };
    const rows = await rowsOf({
      between: day(own, { between: ["2020-01-10", "2020-01-12"] }),
      after: day(own, { on_or_after: "2020-01-30" }),
      before: day(own, { on_or_before: "index_date - 2 months" }),
      dynamic: day(own, { between: ["between", "between + 1 day"] }),
    });
    const distinct = (name: string) => [...new Set(datesIn(rows, name))].sort();
    assert.deepEqual(distinct("between"), ["2020-01-10", "2020-01-11", "2020-01-12"]);
    assert.deepEqual(distinct("after"), ["2020-01-30", "2020-01-31"]);
    assert.deepEqual(distinct("before"), []);
    assert.equal(datesIn(rows, "dynamic").length, 1000);
  });

  it("of values: a value is empty exactly where its date is missing", async () => {
    const own = { incidence: 0.6, float: { distribution: "normal", mean: 35, stddev: 1 } };
    const rows = await rowsOf({
      bmi: column("most_recent_bmi", {
        return_expectations: own,
        include_measurement_date: true,
        date_format: "YYYY-MM",
      }),
      again: column("date_of", { source: "bmi", date_format: "YYYY-MM-DD" }),
    });
    const dates = cellsIn(rows, "bmi_date_measured");
    assert.deepEqual(
      numbersIn(rows, "bmi").map((value) => value === 0),
      dates.map((each) => each === null),
    );
    assert.equal(countOf(dates, null), 400);
    assert.deepEqual(cellsIn(rows, "again"), dates);
  });

  it("of a column that returns dates are those dates, in its period too", async () => {
    const rows = await rowsOf({
      day: day({ incidence: 0.5 }, { on_or_after: "2019-01-01" }),
      again: column("date_of", { source: "day" }),
    });
    assert.deepEqual(cellsIn(rows, "again"), cellsIn(rows, "day"));
    assert.ok(datesIn(rows, "again").every((each) => each >= "2019-01-01"));
  });

  it("of a hidden column can be shown", async () => {
    const heavy = column("satisfying", {
      expression: "bmi > 30",
      extra_columns: {
        bmi: column("most_recent_bmi", { return_expectations: { incidence: 0.3 } }),
      },
      return_expectations: { incidence: 0.1 },
    });
    const rows = await rowsOf({ heavy, when: column("date_of", { source: "bmi" }) });
    assert.equal(datesIn(rows, "when").length, 300);
    assert.equal(rows["bmi"], undefined);
  });
});

describe("minimum_of and maximum_of", () => {
  const int = { distribution: "normal", mean: 25, stddev: 5 };
  const texts = {
    rate: "universal",
    category: { ratios: { é: 0.3, z: 0.3, "": 0.2, "😀": 0.1, "\uffee": 0.1 } },
  };

  /** Compares each row with what a reader would work out by hand. */
  async function assertExtremes(
    columns: Record<string, ColumnDefinition>,
    empty: number | string | null,
  ) {
    const names = Object.keys(columns);
    const rows = await rowsOf({
      ...columns,
      least: column("minimum_of", { column_names: names }),
      most: column("maximum_of", { column_names: names }),
      nested: column("maximum_of", { column_names: [names[0], "least"] }),
    });
    const compare = (a: unknown, b: unknown) =>
      typeof a === "string"
        ? Buffer.compare(Buffer.from(a), Buffer.from(String(b)))
        : Number(a) - Number(b);
    const ofRow = (sources: readonly string[], row: number) =>
      sources
        .map((name) => cellsIn(rows, name)[row])
        .filter((cell) => cell !== empty)
        .sort(compare);
    let bothEmpty = 0;
    for (let row = 0; row < 1000; row++) {
      const sorted = ofRow(names, row);
      if (sorted.length === 0) bothEmpty++;
      assert.equal(cellsIn(rows, "least")[row], sorted[0] ?? empty);
      assert.equal(cellsIn(rows, "most")[row], sorted.at(-1) ?? empty);
      assert.equal(
        cellsIn(rows, "nested")[row],
        ofRow([names[0] ?? "", "least"], row).at(-1) ?? empty,
      );
    }
    assert.ok(bothEmpty > 0);
  }

  it("ignore 0 among whole numbers", () =>
    assertExtremes({ a: count({ incidence: 0.5, int }), b: count({ incidence: 0.5, int }) }, 0));

  it("ignore missing dates", () =>
    assertExtremes({ a: day({ incidence: 0.5 }), b: day({ incidence: 0.5 }) }, null));

  it("compare texts by code point and ignore empty ones", () =>
    assertExtremes(
      {
        a: column("sex", { return_expectations: texts }),
        b: column("sex", { return_expectations: texts }),
      },
      "",
    ));

  it("ignore 0 among flags", () =>
    assertExtremes({ a: flag({ incidence: 0.5 }), b: flag({ incidence: 0.5 }) }, 0));

  it("work on hidden columns, hidden aggregates and literal days, before dates are cut", async () => {
    const hidden = { hidden: day({ rate: "universal" }, { date_format: "YYYY-MM-DD" }) };
    const rows = await rowsOf({
      day: day({ rate: "universal" }),
      least: column("minimum_of", {
        column_names: ["day", "2010-06-15"],
        extra_columns: { inner: column("maximum_of", { extra_columns: hidden }) },
      }),
    });
    const least = datesIn(rows, "least");
    assert.equal(least.length, 1000);
    assert.ok(
      least.every((each, row) => each <= "2010-06-15" && each <= (datesIn(rows, "day")[row] ?? "")),
    );
    assert.ok(new Set(least).size > 10);
    assert.deepEqual(Object.keys(rows), ["patient_id", "day", "least"]);
  });
});
