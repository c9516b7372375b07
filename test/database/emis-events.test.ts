import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coded, day, events, holds, snomed, stoppedIn } from "./emis-records.ts";

describe("events of an EMIS database", () => {
  const patients = [{ registration_id: 1 }, { registration_id: 2 }];

  it("without a date count as of 1900, but not for episodes and days that are left out", () =>
    holds(
      {
        patients,
        observations: [
          coded(1, 10, undefined, 4),
          coded(1, 10, "2020-02-01", 6),
          coded(1, 10, "2020-02-05", 8),
          coded(2, 10),
          coded(2, 20),
        ],
      },
      {
        ever: [...events({}, "10"), ["1", "1"]],
        first: [
          ...events({ returning: "date", find_first_match_in_period: true, ...day }, "10"),
          ["1900-01-01", "1900-01-01"],
        ],
        last: [...events({ returning: "date", ...day }, "10"), ["2020-02-05", "1900-01-01"]],
        until: [...events({ on_or_before: "2020-01-01" }, "10"), ["1", "1"]],
        since: [...events({ on_or_after: "2000-01-01" }, "10"), ["1", "0"]],
        matches: [
          ...events({ returning: "number_of_matches_in_period", on_or_before: "2020-02-01" }, "10"),
          ["2", "1"],
        ],
        episodes: [
          ...events(
            {
              returning: "number_of_episodes",
              episode_defined_as: "series of events each <= 14 days apart",
              on_or_before: "2020-03-01",
            },
            "10",
          ),
          ["1", "0"],
        ],
        days: [
          ...events(
            {
              returning: "number_of_matches_in_period",
              ignore_days_where_these_codes_occur: snomed("20"),
            },
            "10",
          ),
          ["3", "1"],
        ],
        mean: [
          "mean_recorded_value",
          {
            codelist: snomed("10"),
            on_most_recent_day_of_measurement: false,
            on_or_before: "2020-02-01",
          },
          ["5.0", "0.0"],
        ],
      },
    ));

  it("have values that may be missing, ids that nobody knows, and codes that are numbers", () =>
    holds(
      {
        patients,
        observations: [
          coded(1, "999000111222333444", "2020-01-01", 1),
          ...[7, 3, 5].map((value) => coded(1, 30, "2020-02-01", value)),
          coded(1, 31, "2020-02-02"),
          coded(1, 31, "2020-02-01", 0),
          coded(1, 31, "2020-01-31", 2),
          coded(2, 31, "2020-02-02"),
        ],
      },
      {
        long: [...events({ returning: "code" }, "999000111222333444"), ["999000111222333444", ""]],
        tied: [...events({ returning: "numeric_value" }, "30"), ["3.0", "0.0"]],
        missing: [...events({ returning: "numeric_value" }, "31"), ["0.0", "0.0"]],
        ignoring: [
          ...events({ returning: "numeric_value", ignore_missing_values: true }, "31"),
          ["2.0", "0.0"],
        ],
        code: [...events({ returning: "code" }, "0030", "31"), ["31", "31"]],
        grouped: [
          "with_these_clinical_events",
          { codelist: { system: "snomed", codes: [["030", "low"]] }, returning: "category" },
          ["low", ""],
        ],
        least: [
          "min_recorded_value",
          { codelist: snomed("31"), on_most_recent_day_of_measurement: true },
          ["0.0", "0.0"],
        ],
      },
    ));

  it("give a body mass index by codes of their own; a height of 0 gives none", () =>
    holds(
      {
        patients: [1, 2, 3, 4, 5].map((registration_id) => ({
          registration_id,
          date_of_birth: "1970-01-01",
        })),
        observations: [
          coded(1, 162763007, "2019-01-01", 80),
          coded(1, 162755006, "1999-01-01", 2),
          coded(2, 301331008, "2019-01-01", 31.24),
          coded(3, 27113001, "2019-01-02", 80),
          coded(3, 271603002, "2019-01-02", 0),
          coded(3, 301331008, "2019-01-01", 30),
          // A weight without a value is none.
          coded(4, 27113001, "2019-01-02"),
          coded(4, 271603002, "2019-01-02", 2),
          coded(4, 301331008, "2019-01-01", 30),
          coded(5, 301331008, "1980-01-01", 30),
        ],
      },
      {
        bmi: [
          "most_recent_bmi",
          { on_or_after: "2010-01-01", minimum_age_at_measurement: 16 },
          ["20.0", "31.2", "0.0", "30.0", "0.0"],
        ],
        bmi_date: [
          "date_of",
          { source: "bmi", ...day },
          ["2019-01-01", "2019-01-01", "2019-01-02", "2019-01-01", ""],
        ],
      },
    ));
});

describe("vaccinations of an EMIS database", () => {
  const records = {
    patients: [1, 2, 3, 4].map((registration_id) => ({ registration_id })),
    immunisations: [coded(1, 50, "2020-01-10"), coded(1, 50, "2020-03-10"), coded(2, 50)],
    medications: [
      coded(1, 60, "2020-02-10"),
      coded(2, 60, "2020-02-11"),
      coded(3, 60, "2020-02-12"),
    ],
  };
  const tpp = { target_disease_matches: "INFLUENZA" };
  const procedures = { procedure_codes: snomed("50") };
  const products = { product_codes: snomed("60") };
  const both = { ...procedures, ...products };
  const given = (emis: object, args: object = {}) =>
    ["with_vaccination_record", { tpp, emis, ...args }] as const;
  const first = { returning: "date", find_first_match_in_period: true, ...day };
  const last = { returning: "date", ...day };

  it("are procedures, products, or each pair of both with the earlier or the later date", () =>
    holds(records, {
      procedure: [...given(procedures), ["1", "1", "0", "0"]],
      product: [...given(products), ["0", "0", "0", "0"].map((_, i) => (i < 3 ? "1" : "0"))],
      pair: [...given(both), ["1", "1", "0", "0"]],
      first: [...given(both, first), ["2020-01-10", "1900-01-01", "", ""]],
      last: [...given(both, last), ["2020-03-10", "2020-02-11", "", ""]],
      // Its other pair is dated by the procedure of January.
      first_since: [
        ...given(both, { ...first, on_or_after: "2020-02-01" }),
        ["2020-02-10", "", "", ""],
      ],
      last_until: [
        ...given(both, { ...last, on_or_before: "2020-02-28" }),
        ["2020-02-10", "2020-02-11", "", ""],
      ],
      procedure_last: [...given(procedures, last), ["2020-03-10", "1900-01-01", "", ""]],
    }));

  it("cannot be asked for without codes", async () => {
    for (const emis of [{}, { procedure_codes: null }]) {
      const told = await stoppedIn(records, { jab: given(emis) });
      assert.equal(told.code, "vaccine-codes-missing");
      assert.match(told.message, /"jab" of study "study_definition" .* an EMIS database/);
    }
  });
});
