import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aboutOne, answers, table } from "./cohort-of.ts";

const asthma = { system: "ctv3", codes: ["H33..", "H33z."] };
const review = { system: "ctv3", codes: ["66YJ."] };
const events = (args: object = {}) =>
  ["with_these_clinical_events", { codelist: asthma, ...args }] as const;
const day = { returning: "date", date_format: "YYYY-MM-DD" };

const coded = (...rows: readonly (readonly (string | number | null)[])[]) =>
  aboutOne({
    CodedEvent: table(["CodedEvent_ID", "CTV3Code", "ConsultationDate", "NumericValue"], ...rows),
  });

describe("the match that is picked", () => {
  const sameDay = coded(
    [9, "H33..", "2020-03-01T10:00:00", 9],
    [5, "H33z.", "2020-03-01T10:00:00", 5],
    [7, "H33..", "2020-03-01T08:00:00", 7],
  );

  it("is the latest of the day by the clock, of the same moment the lowest id", () => {
    const { last, first } = answers(
      {
        last: events({ returning: "numeric_value" }),
        first: events({ returning: "numeric_value", find_first_match_in_period: true }),
      },
      sameDay,
    );
    assert.deepEqual([last, first], ["5.0", "7.0"]);
  });

  it("is the lowest id for the first of the same moment too", () => {
    const records = coded(
      [9, "H33..", "2020-03-01T10:00:00", 9],
      [5, "H33z.", "2020-03-01T10:00:00", 5],
    );
    const found = answers(
      { code: events({ returning: "code", find_first_match_in_period: true }) },
      records,
    );
    assert.equal(found["code"], "H33z.");
  });

  it("can be one without a date where no period is asked for, and then comes first", () => {
    const records = coded([1, "H33..", null, 4], [2, "H33..", "2020-03-01T10:00:00", 6]);
    const first = { find_first_match_in_period: true };
    assert.deepEqual(
      answers(
        {
          value: events({ returning: "numeric_value", ...first, include_date_of_match: true }),
          day: events({ ...day, ...first }),
          bounded: events({ returning: "numeric_value", ...first, on_or_after: "1900-01-01" }),
        },
        records,
      ),
      { value: "4.0", value_date: "", day: "2020-03-01", bounded: "6.0" },
    );
  });

  it("has its code in the letter case of the list", () => {
    const found = answers({ any: events() }, coded([1, "h33..", "2020-03-01", 1]));
    assert.equal(found["any"], "0");
  });
});

describe("a period", () => {
  it("holds the whole of both its days", () => {
    const records = coded(
      [1, "H33..", "2020-02-29T23:59:59", 0],
      [2, "H33..", "2020-03-01T00:00:00", 0],
      [3, "H33..", "2020-03-31T23:59:59", 0],
      [4, "H33..", "2020-04-01T00:00:00", 0],
    );
    const march = ["index_date", "last_day_of_month(index_date)"];
    const found = answers(
      { n: events({ returning: "number_of_matches_in_period", between: march }) },
      records,
      { indexDate: "2020-03-01" },
    );
    assert.equal(found["n"], "2");
  });

  it("that is relative to a column without a date holds nothing", () => {
    const records = coded([1, "H33..", "2020-03-01", 0]);
    const never = ["with_these_clinical_events", { codelist: review, ...day }] as const;
    const found = answers({ never, after: events({ on_or_after: "never - 1 year" }) }, records);
    assert.deepEqual(found, { never: "", after: "0" });
  });

  it("that leaves the calendar on the way from a column holds nothing", () => {
    const records = coded([1, "H33..", "9999-12-31", 0], [2, "66YJ.", "2020-03-01", 0]);
    const reviewed = [
      "with_these_clinical_events",
      { codelist: review, on_or_before: "last + 1 day" },
    ] as const;
    const found = answers({ last: events(day), reviewed }, records);
    assert.deepEqual(found, { last: "9999-12-31", reviewed: "0" });
  });
});

describe("ignored days", () => {
  const records = coded(
    [1, "H33..", "2020-03-01T09:00:00", 1],
    [2, "66YJ.", "2020-03-01T17:30:00", null],
    [3, "H33..", "2020-03-02T09:00:00", 2],
    [4, "66YJ.", "2020-04-01T09:00:00", null],
    [5, "H33..", "2020-04-01T10:00:00", 3],
  );

  it("are days with an event of the other list at any time", () => {
    const count = events({
      returning: "number_of_matches_in_period",
      ignore_days_where_these_codes_occur: review,
    });
    assert.equal(answers({ count }, records)["count"], "1");
  });

  it("count only within the period that is asked for", () => {
    const first = events({
      returning: "numeric_value",
      ignore_days_where_these_codes_occur: review,
      find_first_match_in_period: true,
      on_or_before: "2020-03-31",
    });
    assert.equal(answers({ first }, records)["first"], "2.0");
  });

  it("of medications are those of clinical events", () => {
    const withIssue = {
      ...records,
      MedicationDictionary: [{ MultilexDrug_ID: "m", DMD_ID: "1" }],
      MedicationIssue: [
        {
          Patient_ID: 1,
          MedicationIssue_ID: 1,
          MultilexDrug_ID: "m",
          ConsultationDate: "2020-03-01",
        },
        {
          Patient_ID: 1,
          MedicationIssue_ID: 2,
          MultilexDrug_ID: "m",
          ConsultationDate: "2020-03-02",
        },
      ],
    };
    const args = {
      codelist: { system: "snomed", codes: ["1"] },
      returning: "number_of_matches_in_period",
      ignore_days_where_these_clinical_codes_occur: review,
    };
    assert.equal(answers({ n: ["with_these_medications", args] }, withIssue)["n"], "1");
  });
});

describe("episodes", () => {
  const records = coded(
    [1, "H33..", "2020-01-01T23:00:00", 0],
    [2, "H33..", "2020-01-02T01:00:00", 0],
    [3, "H33..", "2020-01-16T00:00:00", 0],
    [4, "H33..", "2020-01-31T12:00:00", 0],
    [5, "H33..", "2020-01-31T12:00:00", 0],
  );
  const episodes = (days: number | null) =>
    events({
      returning: "number_of_episodes",
      ...(days === null
        ? {}
        : { episode_defined_as: `series of events each <= ${days} days apart` }),
    });

  it("are days with a match where no gap is stated", () => {
    assert.equal(answers({ n: episodes(null) }, records)["n"], "4");
  });

  it("are chains whose gaps are counted from match to match, in midnights", () => {
    const found = answers(
      { one: episodes(1), fourteen: episodes(14), fifteen: episodes(15) },
      records,
    );
    assert.deepEqual(found, { one: "3", fourteen: "2", fifteen: "1" });
  });

  it("begin anew at every match without a date", () => {
    const undated = coded(
      [1, "H33..", null, 0],
      [2, "H33..", null, 0],
      [3, "H33..", "2020-01-01", 0],
    );
    assert.equal(answers({ n: episodes(100) }, undated)["n"], "3");
  });
});
