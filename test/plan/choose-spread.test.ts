import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { events } from "../definition/study-of.ts";
import type { Call } from "../definition/study-of.ts";
import { months, planOf, scansOf, spreadOf } from "./plan-of.ts";

const month = ["index_date", "last_day_of_month(index_date)"];
const value = { returning: "numeric_value" };
const count = { returning: "number_of_matches_in_period" };

/** What is asked of rows, and how they are spread over three months. engine/plan/README.md holds the rules. */
const table: readonly (readonly [string, Call, string])[] = [
  ["without a period", events(), "once"],
  ["between fixed days", events({ between: ["2019-01-01", "2019-12-31"] }), "once"],
  ["in the month of the index date", events({ between: month }), "one-date"],
  ["ever before the index date", events({ on_or_before: "index_date" }), "from-then-on"],
  [
    "counted before the index date",
    events({ on_or_before: "index_date", ...count }),
    "from-then-on",
  ],
  [
    "the latest value before the index date",
    events({ on_or_before: "index_date", ...value }),
    "from-then-on",
  ],
  ["since a fixed day", events({ between: ["2015-04-01", "index_date"] }), "from-then-on"],
  ["after the index date", events({ on_or_after: "index_date" }), "until-then"],
  ["up to a fixed day", events({ between: ["index_date", "2021-12-31"] }), "until-then"],
  [
    "in the year before the index date",
    events({ between: ["index_date - 1 year", "index_date"] }),
    "repeated",
  ],
  [
    "in the school year of the index date",
    events({ between: ["first_day_of_school_year(index_date)", "index_date"] }),
    "from-then-on",
  ],
  ["in force at the index date", ["registered_as_of", { reference_date: "index_date" }], "spans"],
  ["in force on a fixed day", ["registered_as_of", { reference_date: "2020-01-01" }], "once"],
];

describe("rows of a table", () => {
  for (const [asked, call, spread] of table) {
    it(`that count ${asked} are spread as "${spread}"`, () => {
      assert.equal(spreadOf(call), spread);
    });
  }

  it("are not spread over a single index date", () => {
    for (const [, call] of table) assert.equal(spreadOf(call, ["2020-01-01"]), "once");
  });

  it("are repeated where two months' windows share one day", () => {
    const shared = events({ between: ["index_date", "index_date + 1 month"] });
    assert.equal(spreadOf(shared), "repeated");
    const apart = events({ between: ["index_date + 1 day", "index_date + 1 month"] });
    assert.equal(spreadOf(apart), "one-date");
  });

  it("are apart or not by the index dates that are asked for", () => {
    const week = events({ between: ["index_date", "index_date + 10 days"] });
    assert.equal(spreadOf(week), "one-date");
    assert.equal(spreadOf(week, ["2020-01-01", "2020-01-08"]), "repeated");
  });

  it("bounded by a column are found patient by patient where that column moves", () => {
    const plan = planOf({
      first: events({ on_or_before: "index_date", returning: "date", date_format: "YYYY-MM-DD" }),
      later: events({ on_or_after: "first" }),
    });
    assert.deepEqual(
      scansOf(plan).map(({ spread }) => spread),
      ["from-then-on", "by-column"],
    );
    assert.deepEqual(
      plan.parts.flatMap((part) => (part.kind === "dates" ? [part.columns, part.keyed] : [])),
      [["first"], "date"],
    );
  });

  it("bounded by a column that does not move are found once", () => {
    const plan = planOf({
      first: events({ returning: "date", date_format: "YYYY-MM-DD" }),
      later: events({ on_or_after: "first" }),
    });
    assert.deepEqual(
      scansOf(plan).map(({ spread }) => spread),
      ["once", "once"],
    );
  });

  it("bounded by a column and the index date are found for each index date", () => {
    const plan = planOf({
      first: events({ returning: "date", date_format: "YYYY-MM-DD" }),
      later: events({ between: ["first", "index_date"] }),
    });
    assert.equal(scansOf(plan)[1]?.spread, "by-column");
  });
});

describe("a plan", () => {
  it("has each index date once, ascending, in whatever order they are given", () => {
    const { indexDates } = planOf({ any: events() }, ["2020-03-01", "2020-01-01", "2020-03-01"]);
    assert.deepEqual(indexDates, ["2020-01-01", "2020-03-01"]);
  });

  it("is the same for dates in another order", () => {
    const study = { n: events({ between: ["index_date - 1 year", "index_date"], ...count }) };
    assert.deepEqual(planOf(study, [...months].reverse()), planOf(study, months));
  });
});
