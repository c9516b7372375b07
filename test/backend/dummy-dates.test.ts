import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { isoDateOf, toDayNumber } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { cellsIn, countOf, datesIn, numbersIn, rowsOf, TODAY } from "./dummy-rows.ts";
import { column, day, events } from "./study-of.ts";

describe("dates", () => {
  const days = (rows: readonly string[]) => rows.map((each) => toDayNumber(isoDateOf(each)));

  it("increase exponentially: 63 of 100 within the last tenth, none outside the range", async () => {
    const drawn = days(datesIn(await rowsOf({ day: day({ incidence: 1 }) }, 50_000), "day"));
    const [first, last] = days(["2000-01-01", "2020-01-01"]) as [number, number];
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

  it("can be relative to the index date and from today", async () => {
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

  it("of values lie in the range whatever period the column has: that is for columns of dates", async () => {
    const own = { incidence: 0.6, float: { distribution: "normal", mean: 35, stddev: 1 } };
    const bmi = column("most_recent_bmi", {
      on_or_after: "2019-12-31",
      include_measurement_date: true,
      return_expectations: own,
    });
    assert.equal(datesIn(await rowsOf({ bmi }), "bmi_date_measured").length, 600);
  });

  it("of values have nothing to do with how large these are", async () => {
    const ratios = { A: 0.5, B: 0.5 };
    const rows = await rowsOf(
      {
        kind: events({
          codelist: {
            system: "ctv3",
            codes: [
              ["X", "A"],
              ["Y", "B"],
            ],
          },
          returning: "category",
          include_date_of_match: true,
          date_format: "YYYY-MM-DD",
          return_expectations: { rate: "uniform", incidence: 1, category: { ratios } },
        }),
      },
      10_000,
    );
    const kinds = cellsIn(rows, "kind");
    const early = datesIn(rows, "kind_date").map((each) => each < "2010-01-01");
    const earlyA = early.filter((isEarly, row) => isEarly && kinds[row] === "A").length;
    assert.ok(Math.abs(earlyA - 2500) < 250, String(earlyA));
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
