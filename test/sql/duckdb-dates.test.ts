import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { addDays, isoDateOf } from "../../engine/base/dates.ts";
import { dateFrom } from "../../engine/definition/dates/evaluate-date.ts";
import type { DateFunction, DateOffset } from "../../engine/definition/dates/date-expression.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { asked } from "./asked.ts";

describe("a date computed by DuckDB", () => {
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
