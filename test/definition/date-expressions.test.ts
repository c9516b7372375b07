import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import type { Problem } from "../../engine/base/problems.ts";
import type { DateExpression } from "../../engine/definition/dates/date-expression.ts";
import { dateFunctions } from "../../engine/definition/dates/date-words.ts";
import {
  dateFrom,
  dependsOnIndexDate,
  evaluateDate,
} from "../../engine/definition/dates/evaluate-date.ts";
import { formatDateExpression } from "../../engine/definition/dates/format-date-expression.ts";
import { parseDateExpression } from "../../engine/definition/dates/parse-date-expression.ts";

const columns = new Set(["admission", "bmi.date", "discharge_date"]);
const today = isoDateOf("2024-02-29");

function parsed(text: string, names: ReadonlySet<string> = columns): DateExpression {
  const read = parseDateExpression(text, names);
  assert.ok(read.ok, read.ok ? "" : read.problem.message);
  return read.expression;
}

function refused(text: string, names: ReadonlySet<string> = columns): Problem {
  const read = parseDateExpression(text, names);
  assert.ok(!read.ok, `${text} was accepted`);
  return read.problem;
}

function evaluated(text: string, indexDate: string | null): string | null {
  const known = { indexDate: indexDate === null ? null : isoDateOf(indexDate), today };
  return evaluateDate(parsed(text), known);
}

function stopped(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError && error.problems[0] !== undefined) return error.problems[0];
    throw error;
  }
  return assert.fail("nothing stopped");
}

describe("a date expression", () => {
  const values: readonly (readonly [index: string, text: string, day: string])[] = [
    ["2020-03-15", "index_date", "2020-03-15"],
    ["2020-03-15", "today", "2024-02-29"],
    ["2020-03-15", "today - 1 year", "2023-02-28"],
    ["2020-03-15", "2019-06-10", "2019-06-10"],
    ["2020-03-15", " 2019-06-10 ", "2019-06-10"],
    ["2020-03-15", "index_date + 0 days", "2020-03-15"],
    ["2020-03-15", "index_date - 15 days", "2020-02-29"],
    ["2020-03-15", "index_date+10months", "2021-01-15"],
    ["2020-03-15", "first_day_of_month(index_date)", "2020-03-01"],
    ["2020-02-15", "last_day_of_month(index_date)", "2020-02-29"],
    ["2021-02-15", "last_day_of_month(index_date)", "2021-02-28"],
    ["2020-03-15", "last_day_of_month(index_date) + 1 month", "2020-04-30"],
    ["2020-03-15", "first_day_of_month(index_date) - 15 days", "2020-02-15"],
    ["2020-03-15", "first_day_of_year(index_date)", "2020-01-01"],
    ["2020-03-15", "last_day_of_year(index_date)", "2020-12-31"],
    ["2020-03-31", "first_day_of_nhs_financial_year(index_date)", "2019-04-01"],
    ["2020-04-01", "first_day_of_nhs_financial_year(index_date)", "2020-04-01"],
    ["2020-03-31", "last_day_of_nhs_financial_year(index_date)", "2020-03-31"],
    ["2020-04-01", "last_day_of_nhs_financial_year(index_date)", "2021-03-31"],
    ["2020-08-31", "first_day_of_school_year(index_date)", "2019-09-01"],
    ["2020-09-01", "first_day_of_school_year(index_date)", "2020-09-01"],
    ["2020-08-31", "last_day_of_school_year(index_date)", "2020-08-31"],
    ["2020-09-01", "last_day_of_school_year(index_date)", "2021-08-31"],
    ["2020-02-29", "index_date + 1 year", "2021-02-28"],
    ["2020-02-29", "index_date + 4 years", "2024-02-29"],
    ["2020-01-31", "index_date + 1 month", "2020-02-29"],
    ["2020-05-31", "index_date - 3 months", "2020-02-29"],
    ["9999-12-31", "last_day_of_year(index_date)", "9999-12-31"],
    ["9999-08-31", "last_day_of_school_year(index_date)", "9999-08-31"],
    ["0001-02-01", "last_day_of_nhs_financial_year(index_date)", "0001-03-31"],
  ];
  for (const [index, text, day] of values) {
    it(`${text.trim()} is ${day} at index date ${index}`, () => {
      assert.equal(evaluated(text, index), day);
    });
  }

  it("counts spaces for nothing, wherever they stand", () => {
    assert.deepEqual(parsed("index _date + 1 d a y"), parsed("index_date+1day"));
  });

  it("has one way to add nothing", () => {
    assert.deepEqual(parsed("index_date - 0 days"), parsed("index_date + 0 days"));
  });

  it("on a column has no day until a patient is known", () => {
    assert.equal(evaluated("admission + 6 months", "2020-01-01"), null);
    assert.equal(evaluated("admission + 6 months", null), null);
  });

  it("takes a column named like a built-in date for that column", () => {
    const names = new Set(["today", "index_date"]);
    for (const name of names) {
      const base = { kind: "column", name };
      assert.deepEqual(parsed(name, names), { kind: "from", base, apply: null, offset: null });
    }
  });

  it("tells whether it moves with the index date", () => {
    assert.equal(dependsOnIndexDate(parsed("last_day_of_month(index_date)")), true);
    for (const text of ["today - 1 day", "admission", "2020-01-01"]) {
      assert.equal(dependsOnIndexDate(parsed(text)), false, text);
    }
  });

  it("needs an index date only if it is relative to it", () => {
    assert.equal(evaluated("today", null), "2024-02-29");
    const problem = stopped(() => evaluated("index_date - 1 day", null));
    assert.equal(problem.code, "no-index-date");
    assert.match(problem.message, /"index_date - 1 day"/);
  });

  it("that leaves the years 0001 to 9999 is a problem, or null for a patient's date", () => {
    for (const [text, index] of [
      ["index_date + 1 day", "9999-12-31"],
      ["index_date - 1 year", "0001-06-01"],
      ["first_day_of_school_year(index_date)", "0001-06-01"],
      ["index_date + 9998 years", "2020-01-01"],
    ] as const) {
      const problem = stopped(() => evaluated(text, index));
      assert.equal(problem.code, "date-out-of-range");
      assert.ok(problem.message.includes(index), problem.message);
    }
    const nextDay = { apply: null, offset: { amount: 1, unit: "days" } } as const;
    assert.equal(dateFrom(isoDateOf("9999-12-31"), nextDay), null);
    assert.equal(dateFrom(isoDateOf("9999-12-30"), nextDay), "9999-12-31");
  });

  it("written out and parsed again is the same", () => {
    const base = fc.constantFrom(
      { kind: "index-date" } as const,
      { kind: "today" } as const,
      { kind: "column", name: "admission" } as const,
      { kind: "column", name: "bmi.date" } as const,
    );
    const amount = fc.integer({ min: -9998, max: 9998 }).map((whole) => whole + 0);
    const unit = fc.constantFrom("years" as const, "months" as const, "days" as const);
    const offset = fc.tuple(amount, unit).map(([size, name]) => ({ amount: size, unit: name }));
    const apply = fc.option(fc.constantFrom(...dateFunctions));
    fc.assert(
      fc.property(base, apply, fc.option(offset), (from, applied, shift) => {
        const expression = { kind: "from", base: from, apply: applied, offset: shift } as const;
        assert.deepEqual(parsed(formatDateExpression(expression)), expression);
      }),
    );
  });
});

describe("a text that is no date", () => {
  const refusals: readonly (readonly [text: string, code: string, says: RegExp])[] = [
    ["addmission + 1 month", "unknown-date-name", /Unknown date name 'addmission'.*"admission"/s],
    ["Index_Date", "unknown-date-name", /"index_date"/],
    ["zzzzzzzzzzzz", "unknown-date-name", /relative to index_date/],
    ["last_day_of_month", "unknown-date-name", /"last_day_of_month\(index_date\)"/],
    ["last_day_of_mnth(admission)", "unknown-date-function", /"last_day_of_month"/],
    ["admission + 1 mnth", "unknown-date-unit", /Unknown date unit 'mnth'.*"month"/s],
    ["index_date + 2 weeks", "unknown-date-unit", /"14 days"/],
    ["2021-02-29", "date-not-readable", /no such day.*"2021-02-28"/s],
    ["2021-13-01", "date-not-readable", /Months run from 01 to 12/],
    ["0000-01-01", "date-not-readable", /years from 0001/],
    ["2021-2-9", "date-not-readable", /Did you mean "2021-02-09"/],
    ["20210209", "date-not-readable", /Did you mean "2021-02-09"/],
    ["2021-02", "date-not-readable", /Did you mean "2021-02-01"/],
    ["2021", "date-not-readable", /Did you mean "2021-01-01"/],
    ["09/02/2021", "date-not-readable", /year comes first.*"2021-02-09"/s],
    ["2020-01-31 + 1 month", "date-not-readable", /"2020-02-29"/],
    ["first_day_of_month(2020-01-31)", "date-not-readable", /not for a written day/],
    ["first_day_of_month(", "date-not-readable", /not closed/],
    [") + 1 day", "date-not-readable", /was not opened/],
    ["(index_date)", "date-not-readable", /without a function/],
    ["first_day_of_month(first_day_of_year(today))", "date-not-readable", /inside a function/],
    ["first_day_of_month(today + 1 day)", "date-not-readable", /inside the parentheses/],
    ["today + 1 year + 1 day", "date-not-readable", /more than one offset/],
    ["today + month", "date-not-readable", /number is missing/],
    ["today + 1.5 years", "date-not-readable", /unit is missing|cannot be read/],
    ["today + 3", "date-not-readable", /unit is missing/],
    ["today\t+ 3 days", "date-not-readable", /tab/],
    ["", "date-not-readable", /empty/],
    ["today * 2", "date-not-readable", /cannot be read/],
    ["today + 9999 years", "date-out-of-range", /0001 to 9999/],
    ["today + 99999999999999999999999 days", "date-out-of-range", /0001 to 9999/],
  ];
  for (const [text, code, says] of refusals) {
    it(`${JSON.stringify(text)} is told: ${says.source.slice(0, 40)}`, () => {
      const problem = refused(text);
      assert.equal(problem.code, code);
      assert.match(`${problem.message}\n${problem.hint}`, says);
      assert.ok(problem.message.includes(JSON.stringify(text)), "the text itself is shown");
    });
  }

  const oneParenthesis: readonly (readonly [text: string, readAs: string])[] = [
    ["last_day_of_month(index_date", "last_day_of_month(index_date)"],
    ["first_day_of_year( today + 2 days", "first_day_of_year(today) + 2 days"],
    ["index_date) + 1 day", "index_date + 1 day"],
    ["last_day_of_month(discharge_date - 1 month", "last_day_of_month(discharge_date) - 1 month"],
  ];
  for (const [text, readAs] of oneParenthesis) {
    it(`${text} is read as ${readAs}, though a parenthesis is missing`, () => {
      const read = parseDateExpression(text, columns);
      assert.ok(read.ok && read.oneParenthesis);
      assert.deepEqual(parseDateExpression(readAs, columns), { ...read, oneParenthesis: false });
    });
  }

  it("never stops the parser in any other way", () => {
    const pieces = ["index_date", "today", "(", ")", "+", "-", "3", "days", " ", "2020-01-31", "é"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (words) => {
        const read = parseDateExpression(words.join(""), columns);
        assert.equal(typeof read.ok, "boolean");
      }),
    );
  });
});
