import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { fromDayNumber, isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { parseIndexDates } from "../../engine/definition/dates/parse-index-dates.ts";

const today = isoDateOf("2020-03-05");

describe("a range of index dates, newest first", () => {
  const ranges: readonly (readonly [range: string, dates: readonly string[]])[] = [
    ["2020-01-31", ["2020-01-31"]],
    ["today", ["2020-03-05"]],
    ["2020-01-01 to 2020-03-01", ["2020-03-01", "2020-02-01", "2020-01-01"]],
    ["2019-11-15 to 2020-01-14 by month", ["2019-12-15", "2019-11-15"]],
    ["2020-01-05 to today", ["2020-03-05", "2020-02-05", "2020-01-05"]],
    ["2020-01-31 to 2020-04-30", ["2020-04-30", "2020-03-31", "2020-02-29", "2020-01-31"]],
    ["2020-01-30 to 2020-03-29", ["2020-02-29", "2020-01-30"]],
    ["2021-01-31 to 2021-02-28", ["2021-02-28", "2021-01-31"]],
    ["2020-02-24 to 2020-03-09 by week", ["2020-03-09", "2020-03-02", "2020-02-24"]],
    ["2020-02-24 to 2020-03-08 by week", ["2020-03-02", "2020-02-24"]],
    ["9999-11-30 to 9999-12-31", ["9999-12-30", "9999-11-30"]],
    ["9999-12-20 to 9999-12-31 by week", ["9999-12-27", "9999-12-20"]],
    ["2020-01-01 to 2020-01-01 by week", ["2020-01-01"]],
  ];
  for (const [range, dates] of ranges) {
    it(range, () => {
      assert.deepEqual(parseIndexDates(range, today), dates);
    });
  }

  it("is the study's own index date when empty", () => {
    assert.deepEqual(parseIndexDates("", today), [null]);
  });

  it("by month has one date in each month, by week one each seven days, none after the end", () => {
    const day = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(day, fc.nat(1500), fc.constantFrom("month", "week"), (first, span, step) => {
        const [start, end] = [fromDayNumber(first), fromDayNumber(first + span)];
        const dates = parseIndexDates(`${start} to ${end} by ${step}`, today).map(String);
        assert.deepEqual(dates, stepped(first, first + span, step).reverse());
      }),
    );
  });
});

/** Looks at every day of the range: in a month without the start's day, its last day counts. */
function stepped(first: number, last: number, step: "month" | "week"): string[] {
  const days = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (step === "week") return days.filter((day) => (day - first) % 7 === 0).map(fromDayNumber);
  const wanted = fromDayNumber(first).slice(8);
  const isLastOfMonth = (day: number): boolean => fromDayNumber(day + 1).endsWith("-01");
  return days
    .filter((day) => {
      const number = fromDayNumber(day).slice(8);
      return number === wanted || (number < wanted && isLastOfMonth(day));
    })
    .map(fromDayNumber);
}

describe("a range that cannot be read", () => {
  const refusals: readonly (readonly [range: string, code: string, says: RegExp])[] = [
    ["soon", "index-date-range", /"soon" is not an existing day/],
    ["2020-1-1", "index-date-range", /"2020-1-1" is not an existing day/],
    ["2020-01-01 to 2020-02-30", "index-date-range", /"2020-02-30" is not an existing day/],
    ["2020-01-01 to", "index-date-range", /none of the forms.*"today" stands/s],
    ["2020-01-01 by week", "index-date-range", /none of the forms/],
    ["2020-01-01  to  2020-02-01", "index-date-range", /Did you mean "2020-01-01 to 2020-02-01"/],
    ["2020-01-01 TO 2020-02-01", "index-date-range", /Did you mean "2020-01-01 to 2020-02-01"/],
    [" 2020-01-01", "index-date-range", /Did you mean "2020-01-01"/],
    ["2020-01-01 to 2020-02-01 by day", "index-date-step", /"day".*"month", "week"/s],
    ["2020-01-01 to 2020-02-01 by  month", "index-date-step", /" month"/],
    [
      "2020-03-01 to 2020-01-01",
      "index-date-range-reversed",
      /earlier than its start.*"2020-01-01 to 2020-03-01"/s,
    ],
  ];
  for (const [range, code, says] of refusals) {
    it(`${JSON.stringify(range)} is a problem of usage`, () => {
      assert.throws(
        () => parseIndexDates(range, today),
        (error) => {
          const problem = error instanceof ProblemError ? error.problems[0] : undefined;
          assert.equal(problem?.code, code);
          assert.match(`${problem.message}\n${problem.hint}`, says);
          assert.equal(problem.exitCode, 2);
          return true;
        },
      );
    });
  }

  it("offers nothing that would be refused too", () => {
    const tidied = /Did you mean/;
    for (const range of ["2020-01-01 TO 2020-02-30", "2020-01-01 TO 2020-02-01 by day", "X"]) {
      assert.throws(
        () => parseIndexDates(range, today),
        (error) => error instanceof ProblemError && !tidied.test(error.problems[0]?.hint ?? ""),
      );
    }
  });
});
