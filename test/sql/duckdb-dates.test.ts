import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { addDays, isoDateOf } from "../../engine/base/dates.ts";
import { dateFrom } from "../../engine/definition/dates/evaluate-date.ts";
import type { DateFunction, DateOffset } from "../../engine/definition/dates/date-expression.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { asked } from "./asked.ts";
import { sql } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";

const day = (text: string): Sql => duckdb.day(isoDateOf(text));

type Shift = readonly [
  from: string,
  apply: DateFunction | null,
  offset: DateOffset | null,
  to: string | null,
];

/** A day, a function, an offset, and the day that comes out; null where it leaves the calendar. */
const shifts: readonly Shift[] = [
  ["2020-02-15", "first_day_of_month", null, "2020-02-01"],
  ["2020-02-15", "last_day_of_month", null, "2020-02-29"],
  ["2019-02-15", "last_day_of_month", null, "2019-02-28"],
  ["2020-12-31", "last_day_of_month", null, "2020-12-31"],
  ["2020-07-04", "first_day_of_year", null, "2020-01-01"],
  ["2020-07-04", "last_day_of_year", null, "2020-12-31"],
  ["2020-03-31", "first_day_of_nhs_financial_year", null, "2019-04-01"],
  ["2020-04-01", "first_day_of_nhs_financial_year", null, "2020-04-01"],
  ["2020-03-31", "last_day_of_nhs_financial_year", null, "2020-03-31"],
  ["2020-04-01", "last_day_of_nhs_financial_year", null, "2021-03-31"],
  ["2020-08-31", "first_day_of_school_year", null, "2019-09-01"],
  ["2020-09-01", "first_day_of_school_year", null, "2020-09-01"],
  ["2020-08-31", "last_day_of_school_year", null, "2020-08-31"],
  ["2020-09-01", "last_day_of_school_year", null, "2021-08-31"],
  ["2020-01-31", null, { amount: 1, unit: "months" }, "2020-02-29"],
  ["2019-01-31", null, { amount: 1, unit: "months" }, "2019-02-28"],
  ["2020-03-31", null, { amount: -1, unit: "months" }, "2020-02-29"],
  ["2020-05-31", null, { amount: 18, unit: "months" }, "2021-11-30"],
  ["2020-02-29", null, { amount: 1, unit: "years" }, "2021-02-28"],
  ["2020-02-29", null, { amount: 4, unit: "years" }, "2024-02-29"],
  ["2020-02-29", null, { amount: -1, unit: "years" }, "2019-02-28"],
  ["2020-02-28", null, { amount: 2, unit: "days" }, "2020-03-01"],
  ["2020-01-01", null, { amount: -1, unit: "days" }, "2019-12-31"],
  ["2020-01-15", "last_day_of_month", { amount: 1, unit: "months" }, "2020-02-29"],
  ["2020-05-15", "first_day_of_month", { amount: -1, unit: "days" }, "2020-04-30"],
  ["9999-12-31", null, { amount: 1, unit: "days" }, null],
  ["9999-12-31", null, { amount: 1, unit: "months" }, null],
  ["9999-12-31", null, { amount: 1, unit: "years" }, null],
  ["9999-12-31", "last_day_of_year", null, "9999-12-31"],
  ["9999-12-31", "last_day_of_school_year", null, null],
  ["9999-06-01", null, { amount: 6, unit: "months" }, "9999-12-01"],
  ["0001-01-01", null, { amount: -1, unit: "days" }, null],
  ["0001-01-31", null, { amount: -1, unit: "months" }, null],
  ["0001-06-01", "first_day_of_school_year", null, null],
  ["0001-01-01", "first_day_of_year", null, "0001-01-01"],
];

describe("a date computed by DuckDB", () => {
  it("is the day that the table says", async () => {
    const found = await asked(
      ...shifts.map(([from, apply, offset]) => duckdb.shiftDate(day(from), { apply, offset })),
    );
    assert.deepEqual(
      found,
      shifts.map(([, , , to]) => to),
    );
  });

  it("is missing where the date is", async () => {
    const none = sql`CAST(NULL AS DATE)`;
    const offset = { amount: 1, unit: "months" } as const;
    const apply = "last_day_of_school_year";
    const found = await asked(
      duckdb.shiftDate(none, { apply: null, offset }),
      duckdb.shiftDate(none, { apply, offset: null }),
    );
    assert.deepEqual(found, [null, null]);
  });

  it("is always the day that the engine itself computes", async () => {
    const dates = fc
      .integer({ min: -3000, max: 3000 })
      .map((n) => addDays(isoDateOf("2020-02-29"), n));
    const functions = fc.constantFrom<DateFunction | null>(
      null,
      "first_day_of_month",
      "last_day_of_month",
      "first_day_of_year",
      "last_day_of_year",
      "first_day_of_nhs_financial_year",
      "last_day_of_nhs_financial_year",
      "first_day_of_school_year",
      "last_day_of_school_year",
    );
    const offsets = fc.option(
      fc.record<DateOffset>({
        amount: fc.integer({ min: -150, max: 150 }),
        unit: fc.constantFrom("days", "months", "years"),
      }),
    );
    const cases = fc.sample(fc.tuple(dates, functions, offsets), { seed: 29, numRuns: 300 });
    const found = await asked(
      ...cases.map(([from, apply, offset]) =>
        duckdb.shiftDate(duckdb.day(from), { apply, offset }),
      ),
    );
    assert.deepEqual(
      found,
      cases.map(([from, apply, offset]) => dateFrom(from, { apply, offset })),
    );
  });
});

const births: readonly (readonly [born: string, at: string, years: string])[] = [
  ["2000-01-01", "2020-01-01", "20"],
  ["2000-01-02", "2020-01-01", "19"],
  ["2000-02-29", "2019-02-28", "19"],
  ["2000-02-29", "2019-02-27", "18"],
  ["2000-02-29", "2020-02-28", "19"],
  ["2000-02-29", "2020-02-29", "20"],
  ["2000-03-01", "2020-02-29", "19"],
  ["1900-01-01", "2020-06-01", "120"],
  ["2020-06-01", "2020-01-01", "-1"],
  ["2020-06-01", "2019-06-01", "-1"],
  ["2020-01-01", "2020-12-31", "0"],
];

describe("completed years in DuckDB", () => {
  it("are those of the table, 29 February being 28 February in common years", async () => {
    const found = await asked(
      ...births.map(([from, to]) => duckdb.completedYears(day(from), day(to))),
    );
    assert.deepEqual(
      found,
      births.map(([, , years]) => years),
    );
  });

  it("are missing where either day is", async () => {
    const none = sql`CAST(NULL AS DATE)`;
    const some = day("2020-01-01");
    assert.deepEqual(
      await asked(duckdb.completedYears(none, some), duckdb.completedYears(some, none)),
      [null, null],
    );
  });
});

describe("a day in DuckDB", () => {
  it("is shown in its format, and as nothing where it is missing", async () => {
    const some = day("0987-06-05");
    const none = sql`CAST(NULL AS DATE)`;
    assert.deepEqual(
      await asked(
        duckdb.shownDate(some, "YYYY"),
        duckdb.shownDate(some, "YYYY-MM"),
        duckdb.shownDate(some, "YYYY-MM-DD"),
        duckdb.shownDate(none, "YYYY-MM"),
      ),
      ["0987", "0987-06", "0987-06-05", ""],
    );
  });

  it("is the calendar day of a time, whatever the hour", async () => {
    const times = [sql`TIMESTAMP '2020-02-29 00:00:00'`, sql`TIMESTAMP '2020-02-29 23:59:59.999'`];
    assert.deepEqual(await asked(...times.map(duckdb.dayOf)), ["2020-02-29", "2020-02-29"]);
  });

  it("is so many midnights from another", async () => {
    const [before, after] = [day("2020-02-28"), day("2020-03-01")];
    assert.deepEqual(
      await asked(duckdb.daysBetween(before, after), duckdb.daysBetween(after, before)),
      ["2", "-2"],
    );
  });
});

/** The year that begins in April, the month counted from April, and the first of that month. */
const financial: readonly (readonly [year: string, month: string, first: string | null])[] = [
  ["201920", "1", "2019-04-01"],
  ["201920", "9", "2019-12-01"],
  ["201920", "10", "2020-01-01"],
  ["201920", "12", "2020-03-01"],
  ["201920", "0", null],
  ["201920", "13", null],
  ["2019", "2", "2019-05-01"],
  ["unknown", "2", null],
  ["201920", "", null],
];

describe("a month of the financial year in DuckDB", () => {
  it("is the first of the month that the table says, missing where the text is no month", async () => {
    const found = await asked(
      ...financial.map(([year, month]) =>
        duckdb.source(
          {
            kind: "financial-month",
            year: { kind: "text", value: year },
            month: { kind: "text", value: month },
          },
          () => sql``,
        ),
      ),
    );
    assert.deepEqual(
      found,
      financial.map(([, , first]) => first),
    );
  });
});
