import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { DrawnValues } from "../../engine/definition/expectations/expectation-facts.ts";
import { columnPlan, drawnColumns } from "../../engine/definition/expectations/expectation-plan.ts";
import { checkStudyExpectations } from "../../engine/definition/expectations/expectation-study.ts";
import { mergeExpectations } from "../../engine/definition/expectations/expectations.ts";
import type { ColumnDefinition } from "../../engine/definition/model.ts";
import { column, events, studyOf } from "../backend/study-of.ts";

const date = { earliest: "2000-01-01", latest: "today" };

function check(columns: Readonly<Record<string, ColumnDefinition>>, defaults?: unknown) {
  return checkStudyExpectations(studyOf({ columns, defaults, indexDate: "2020-01-01" }));
}

function messages(columns: Readonly<Record<string, ColumnDefinition>>, defaults?: unknown) {
  return check(columns, defaults).problems.map(({ message, hint }) => `${message}. ${hint}`);
}

/** The problems of one column `x`. */
function messagesOf(definition: ColumnDefinition, defaults?: unknown): string {
  return messages({ x: definition }, defaults).join("\n");
}

function valuesOf(definition: ColumnDefinition, defaults?: unknown): DrawnValues | undefined {
  const { columns, problems } = check({ x: definition }, defaults);
  assert.deepEqual(problems, []);
  return columns.get("x")?.values;
}

describe("merging expectations", () => {
  it("lays the column's over the study's, key by key", () => {
    const defaults = { rate: "uniform", date, int: { distribution: "poisson", mean: 3 } };
    const own = { incidence: 0.2, date: { latest: "2010-01-01" }, int: { mean: 4 } };
    assert.deepEqual(mergeExpectations(defaults, own), {
      rate: "uniform",
      incidence: 0.2,
      date: { earliest: "2000-01-01", latest: "2010-01-01" },
      int: { distribution: "poisson", mean: 4 },
    });
  });

  it("alters neither", () => {
    const defaults = { date: { ...date } };
    const own = { date: { latest: "2010-01-01" } };
    mergeExpectations(defaults, own);
    assert.deepEqual([defaults, own], [{ date }, { date: { latest: "2010-01-01" } }]);
  });

  it("replaces pairs as a whole, because they have no keys to go by", () => {
    const defaults = { category: { ratios: { M: 0.5, F: 0.5 } } };
    const own = { category: { ratios: { $pairs: [[1, 1]] } } };
    assert.deepEqual(mergeExpectations(defaults, own), own);
  });
});

describe("what a column must say", () => {
  const flag = events({});
  const number = events({ returning: "number_of_matches_in_period" });
  const day = events({ returning: "date", date_format: "YYYY-MM-DD" });

  it("is shown in one problem, with what could be written", () => {
    assert.deepEqual(messages({ x: number, y: day }), [
      'Column "x" of study "study_definition" cannot have dummy data: neither its returnExpectations nor defaultExpectations say incidence, int. Write for example returnExpectations: {"incidence":0.5,"int":{"distribution":"normal","mean":25,"stddev":5}}; for a study that runs on records only, check --real-data.',
      'Column "y" of study "study_definition" cannot have dummy data: neither its returnExpectations nor defaultExpectations say incidence, date.earliest, date.latest. Write for example returnExpectations: {"incidence":0.5,"date":{"earliest":"2000-01-01","latest":"today"}}; for a study that runs on records only, check --real-data.',
    ]);
  });

  it("is only what the column uses: no dates for a flag, no incidence for a universal rate", () => {
    assert.deepEqual(messages({ x: events({ return_expectations: { incidence: 0.5 } }) }), []);
    const universal = { rate: "universal", category: { ratios: { F: 1 } } };
    assert.deepEqual(messages({ x: column("sex", { return_expectations: universal }) }), []);
  });

  it("can come from the study's defaults, categories of a text column too", () => {
    const defaults = { incidence: 1, category: { ratios: { F: 0.5, M: 0.5 } } };
    assert.deepEqual(valuesOf(column("sex"), defaults), {
      kind: "category",
      words: ["F", "M"],
      shares: [0.5, 0.5],
    });
  });

  it("is nothing for patients.all(), constants, aggregates and values from files", () => {
    const columns = {
      everybody: column("all"),
      constant: column("fixed_value", { value: 7 }),
      most: column("maximum_of", { column_names: ["constant"] }),
      listed: column("which_exist_in_file", { f_path: "list.csv" }),
    };
    assert.deepEqual(messages(columns), []);
    assert.deepEqual(drawnColumns(studyOf({ columns })), []);
  });

  it("includes dates where a date_of takes them, but only dates if the column itself is hidden", () => {
    const own = { incidence: 0.5, float: { distribution: "normal", mean: 30, stddev: 5 } };
    const bmi = column("most_recent_bmi", { return_expectations: own });
    const when = column("date_of", { source: "bmi" });
    assert.match(messages({ bmi, when }).join(), /"bmi".* say date\.earliest, date\.latest/);
    const hidden = column("most_recent_bmi", { return_expectations: { incidence: 0.5, date } });
    const flagged = column("satisfying", {
      expression: "bmi > 30",
      extra_columns: { bmi: hidden },
      return_expectations: { incidence: 0.1 },
    });
    assert.deepEqual(messages({ flagged, when }), []);
  });

  it("is demanded of hidden columns that feed an aggregate, to any depth, and of no others", () => {
    const least = column("minimum_of", {
      extra_columns: { inner: column("maximum_of", { extra_columns: { a: number } }) },
    });
    assert.match(messages({ least }).join(), /Column "a" .* say incidence, int/);
    const flagged = column("satisfying", {
      expression: "a > 1",
      extra_columns: { a: number },
      return_expectations: { incidence: 0.1 },
    });
    assert.deepEqual(messages({ flagged }), []);
  });

  it("is told once when the defaults are wrong, however many columns use them", () => {
    const defaults = { incidence: "0.5", dates: date };
    assert.deepEqual(messages({ x: flag, y: flag }, defaults), [
      'defaultExpectations of study "study_definition": "dates" is not known there. Nearest: "date", "rate".',
      'defaultExpectations of study "study_definition": "incidence" must be a number above 0 and at most 1. ',
    ]);
  });
});

describe("values that are refused", () => {
  const flag = (own: unknown) => events({ return_expectations: own });
  const number = (int: unknown) =>
    events({
      returning: "number_of_matches_in_period",
      return_expectations: { incidence: 1, int },
    });
  const sex = (ratios: unknown) =>
    column("sex", { return_expectations: { rate: "universal", category: { ratios } } });
  const day = (range: unknown) =>
    events({ returning: "date", return_expectations: { incidence: 1, date: range } });

  const cases: readonly (readonly [string, ColumnDefinition, RegExp])[] = [
    ["an unknown key", flag({ incidence: 1, incidense: 1 }), /"incidense".*"incidence"/],
    ["an unknown rate", flag({ incidence: 1, rate: "poisson" }), /"rate" must be one of/],
    ["incidence as text", flag({ incidence: "0.5" }), /"incidence" must be a number/],
    ["incidence 0", flag({ incidence: 0 }), /"incidence" must be a number above 0/],
    ["incidence above 1", flag({ incidence: 1.01 }), /at most 1/],
    ["incidence not a number", flag({ incidence: NaN }), /"incidence" must be/],
    ["an unknown distribution", number({ distribution: "gamma" }), /"int.distribution" must be/],
    ["a mean as text", number({ distribution: "poisson", mean: "5" }), /"int.mean" must be/],
    ["a negative Poisson mean", number({ distribution: "poisson", mean: -1 }), /number from 0/],
    ["no standard deviation", number({ distribution: "normal", mean: 5 }), /"int.stddev" must be/],
    ["negative spread", number({ distribution: "normal", mean: 5, stddev: -1 }), /number from 0/],
    ["a distribution that is no object", number(5), /"int" must be an object/],
    ["a negative ratio", sex({ M: 1.5, F: -0.5 }), /"category.ratios" must be/],
    ["a ratio as text", sex({ M: "0.5", F: 0.5 }), /"category.ratios" must be/],
    ["a ratio not a number", sex({ M: NaN, F: 0.5 }), /"category.ratios" must be/],
    ["ratios all zero", sex({ M: 0, F: 0 }), /at least one is above 0/],
    ["no ratios at all", sex({}), /"category.ratios" must be/],
    ["an impossible day", day({ earliest: "2020-02-30", latest: "today" }), /"date.earliest"/],
    ["a year alone", day({ earliest: "2020", latest: "today" }), /"date.earliest"/],
    ["a column as date", day({ earliest: "x", latest: "today" }), /"date.earliest"/],
    ["a number as date", day({ earliest: 2020, latest: "today" }), /"date.earliest" must be/],
    ["dates that are no object", day("today"), /"date" must be an object/],
    ["a wrong date that is not used", flag({ incidence: 1, date: { latest: "soon" } }), /latest/],
    ["expectations that are no object", flag("universal"), /must be an object/],
  ];
  for (const [title, definition, message] of cases) {
    it(`refuses ${title}`, () => {
      assert.match(messagesOf(definition), message);
    });
  }

  it("does not look at values that the column does not use", () => {
    const own = { incidence: 1, category: { ratios: { A: "?" } }, float: 7 };
    assert.equal(messagesOf(flag(own)), "");
  });
});

describe("the plan of columns", () => {
  it("tells kinds and which dates belong to which values", () => {
    const columns = {
      sex: column("sex"),
      rural: column("address_as_of", {
        date: "2020-02-01",
        returning: "rural_urban_classification",
      }),
      bmi: column("most_recent_bmi"),
      month: column("date_of", { source: "bmi", date_format: "YYYY-MM" }),
      day: column("date_of", { source: "bmi", date_format: "YYYY-MM-DD" }),
      hidden_age: column("satisfying", {
        expression: "age > 1",
        extra_columns: { age: column("age_as_of", { reference_date: "2020-01-01" }) },
      }),
    };
    const plan = columnPlan(studyOf({ columns }));
    const brief = plan.map((each) => [
      each.name,
      each.kind,
      each.dateFormat,
      each.datedBy,
      each.datesOf,
    ]);
    assert.deepEqual(brief, [
      ["sex", "category", null, null, null],
      ["rural", "category", null, null, null],
      ["bmi", "float", null, "day", null],
      ["month", "date", "YYYY-MM", null, "bmi"],
      ["day", "date", "YYYY-MM-DD", null, "bmi"],
      ["hidden_age", "bool", null, null, null],
    ]);
  });
});
