import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { check, checked, columnOf, events, grouped } from "./study-of.ts";
import type { Calls } from "./study-of.ts";

describe("the columns of a checked study", () => {
  it("stand after all that they read, whatever the order of definition", () => {
    const study = checked({
      high: ["satisfying", { expression: "twice OR later" }],
      twice: ["satisfying", { expression: "visits > 1" }],
      visits: [...events({ returning: "number_of_matches_in_period" })],
      later: [...events({ between: ["first + 1 day", null] })],
      first: [...events({ returning: "date", date_format: "YYYY-MM-DD" })],
    });
    const order = study.columns.map(({ name }) => name);
    assert.deepEqual(order, ["visits", "twice", "first", "later", "high", "population"]);
    assert.deepEqual(study.output, ["high", "twice", "visits", "later", "first"]);
  });

  it("include hidden ones, and those inside the population, in one namespace", () => {
    const study = checked({ old: ["satisfying", { expression: "age > 70" }] }, [
      "satisfying",
      {
        expression: "age > 0",
        extra_columns: { age: ["age_as_of", { reference_date: "2020-01-01" }] },
      },
    ]);
    assert.deepEqual(study.output, ["old"]);
    assert.equal(columnOf(study, "age").hidden, true);
    assert.deepEqual(columnOf(study, "old").reads, ["age"]);
  });

  it("include the date columns that flags imply, right after their owner", () => {
    const study = checked({
      a: [
        ...events({
          include_date_of_match: true,
          returning: "category",
          codelist: grouped,
          date_format: "YYYY-MM",
        }),
      ],
      bmi: ["most_recent_bmi", { include_measurement_date: true, include_month: true }],
      z: ["sex"],
    });
    assert.deepEqual(study.output, ["a", "a_date", "bmi", "bmi_date_measured", "z"]);
    assert.equal(columnOf(study, "a_date").dateFormat, "YYYY-MM");
    assert.equal(columnOf(study, "bmi_date_measured").dateFormat, "YYYY-MM");
    assert.deepEqual(columnOf(study, "bmi_date_measured").reads, ["bmi"]);
  });

  it("name literal dates of minimum_of as hidden columns", () => {
    const study = checked({
      fixed_value_1: ["fixed_value", { value: "x" }],
      d: [...events({ returning: "date", date_format: "YYYY-MM-DD" })],
      low: ["minimum_of", { column_names: ["d", "2020-01-01", "2021-01-01"] }],
    });
    assert.deepEqual(columnOf(study, "low").reads, ["d", "fixed_value_2", "fixed_value_3"]);
    assert.deepEqual(columnOf(study, "fixed_value_2").args, { value: "2020-01-01" });
    assert.deepEqual(study.output, ["fixed_value_1", "d", "low"]);
  });

  it("know whether they depend on the index date, through whatever they read", () => {
    const study = checked({
      fixed: [
        ...events({ on_or_before: "2020-01-01", returning: "date", date_format: "YYYY-MM-DD" }),
      ],
      moving: [
        ...events({ on_or_before: "index_date", returning: "date", date_format: "YYYY-MM-DD" }),
      ],
      after: [...events({ on_or_after: "moving" })],
      flag: ["satisfying", { expression: "after AND sex = 'F'" }],
      sex: ["sex"],
    });
    const depends = study.columns.filter(({ readsIndexDate }) => readsIndexDate);
    assert.deepEqual(
      depends.map(({ name }) => name),
      ["moving", "after", "flag"],
    );
  });
});

describe("a study in order", () => {
  it("keeps its measures and index date", () => {
    const measure = { id: "m", numerator: "x", denominator: "population", group_by: ["sex"] };
    const result = check({
      index_date: "2020-02-29",
      columns: { x: [...events()], sex: ["sex"] },
      measures: [{ ...measure, small_number_suppression: true }],
    });
    assert.ok(result.ok);
    assert.equal(result.study.indexDate, "2020-02-29");
    assert.equal(result.study.measures[0]?.id, "m");
  });

  it("may group by a column that only the cohort file has", () => {
    const measure = { id: "m", numerator: "x", denominator: "population", group_by: ["ethnicity"] };
    const full = { ...measure, from_file: ["ethnicity"], small_number_suppression: false };
    assert.ok(check({ columns: { x: [...events()] }, measures: [full] }).ok);
  });

  it("of ten thousand columns in a chain is checked without a stack overflow", () => {
    const columns: Record<string, readonly [string, object]> = { c0: ["all", {}] };
    for (let i = 1; i < 10_000; i++) columns[`c${i}`] = ["satisfying", { expression: `c${i - 1}` }];
    const reversed = Object.fromEntries(Object.entries(columns).reverse()) as Calls;
    assert.equal(checked(reversed).columns.at(-1)?.name, "population");
  });
});
