import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { querySql } from "../../engine/sql/query.ts";
import { partStatements } from "../../engine/sql/statements.ts";
import { age, coded, events, snomed } from "../definition/study-of.ts";
import { problemOf } from "../table/problem-of.ts";
import { planOf, scansOf } from "./plan-of.ts";

const month = ["index_date", "last_day_of_month(index_date)"];
const monthly = (args: object = {}) => events({ between: month, ...args });
const other = { system: "ctv3", codes: ["Z9"] };

describe("columns that ask the same table in the same window", () => {
  it("share one scan, whatever their codelists and whatever they take", () => {
    const plan = planOf({
      asthma: monthly(),
      count: monthly({ returning: "number_of_matches_in_period" }),
      other: monthly({ codelist: other }),
      value: monthly({ codelist: other, returning: "numeric_value" }),
    });
    const [scan, ...more] = scansOf(plan);
    assert.deepEqual(more, []);
    assert.equal(scan?.summaries.length, 4);
  });

  it("do not share it with another table, nor with another window", () => {
    const plan = planOf({
      asthma: monthly(),
      coded: monthly({ codelist: snomed }),
      ever: events({ on_or_before: "index_date" }),
    });
    assert.equal(plan.parts.length, 3);
  });

  it("share what was asked before: two columns alike are answered once", () => {
    const plan = planOf({ one: monthly(), two: monthly() });
    assert.deepEqual(
      scansOf(plan).map(({ summaries }) => summaries.length),
      [1],
    );
    assert.deepEqual(
      plan.columns.find(({ name }) => name === "one")?.value,
      plan.columns.find(({ name }) => name === "two")?.value,
    );
  });

  it("share codelists with the same codes, in whatever order", () => {
    const plan = planOf({
      one: events({ between: month }),
      two: events({ codelist: { ...coded, codes: [...coded.codes].reverse() } }),
    });
    assert.deepEqual(plan.codelists, [
      {
        name: "codelist_1",
        codes: [
          ["X1", ""],
          ["X2", ""],
        ],
        number: 1,
        folded: false,
        authors: [{ files: [], size: 2, standIns: [], columns: ["one", "two"] }],
      },
    ]);
  });

  it("do not share rows that must be one for a patient", () => {
    const plan = planOf({
      size: ["household_as_of", { reference_date: "2020-02-01", returning: "household_size" }],
      prison: ["household_as_of", { reference_date: "2020-02-01", returning: "is_prison" }],
    });
    assert.equal(plan.parts.length, 2);
  });
});

describe("what a plan leaves out", () => {
  it("is a hidden column that nothing reads", () => {
    const extra_columns = { seen: ["sex", {}], idle: monthly() } as const;
    const either = ["satisfying", { expression: "seen = 'F'", extra_columns }] as const;
    const plan = planOf({ either });
    assert.deepEqual(plan.columns.map(({ name }) => name).sort(), ["either", "population", "seen"]);
    assert.deepEqual(plan.parts, []);
  });

  it("is all of the table but the columns that are read", () => {
    const plan = planOf({ asthma: monthly() });
    const speaking = { dialect: duckdb, provider: tpp, includeOptedOut: false };
    const [statement] = partStatements(plan, speaking, null);
    assert.ok(statement);
    assert.deepEqual(
      new Set(
        querySql(statement.query)
          .toString()
          .match(/e\."\w+"/g),
      ),
      new Set(['e."Patient_ID"', 'e."CTV3Code"', 'e."ConsultationDate"']),
    );
  });

  it("is a scan for what the patient's own record tells", () => {
    assert.deepEqual(planOf({ age, sex: ["sex"] }).parts, []);
  });
});

describe("a window between fixed days", () => {
  it("is scanned once, however many index dates there are", () => {
    const study = { then: events({ between: ["2019-01-01", "2019-12-31"] }) };
    const many = Array.from({ length: 12 }, (_, i) => `2020-${String(i + 1).padStart(2, "0")}-01`);
    assert.deepEqual(planOf(study, many).parts, planOf(study, ["2020-01-01"]).parts);
  });
});

describe("an index date", () => {
  const late = events({ on_or_before: "index_date + 1 year" });

  it("from which a study goes beyond the year 9999 is a problem that tells both", async () => {
    const dates = ["2020-01-01", "9999-06-01"];
    const told = await problemOf(() => planOf({ late }, dates));
    assert.match(told, /^date-out-of-range: .*index_date \+ 1 year.*9999-06-01/);
  });

  it("is not needed by a study that does not name it", () => {
    const plan = planOf({ any: events(), age }, []);
    assert.deepEqual(plan.indexDates, []);
    assert.equal(scansOf(plan)[0]?.spread, "once");
  });
});

describe("parts", () => {
  it("stand after those whose dates they need, in whatever order the study names its columns", () => {
    const plan = planOf({
      after: events({ on_or_after: "first" }),
      first: events({ returning: "date", date_format: "YYYY-MM-DD" }),
    });
    assert.deepEqual(
      plan.parts.map(({ kind }) => kind),
      ["scan", "dates", "scan"],
    );
    assert.equal(scansOf(plan)[1]?.dates, plan.parts[1]?.name);
  });
});
