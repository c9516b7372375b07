import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Calls } from "../definition/study-of.ts";
import { day, events, holds, snomed, stoppedIn } from "./emis-records.ts";

describe("patients of an EMIS database", () => {
  const patients = [
    {
      ...{ registration_id: 1, nhs_no: "a", gender: 1, date_of_birth: "1980-05-01" },
      ...{ registered_date: "2010-01-01", hashed_organisation: "org-1", stp_code: "E1" },
      ...{ msoa: "M1", english_region_name: "North", imd_rank: 300, rural_urban: 4 },
    },
    {
      ...{ registration_id: 2, nhs_no: "b", gender: 2, date_of_birth: "1990-05-01" },
      ...{ registered_date: "2015-01-01", registration_end_date: "2019-06-01" },
      ...{ hashed_organisation: "org-2", date_of_death: "2019-06-03" },
    },
    { registration_id: 3, nhs_no: "c", gender: 9, date_of_death: "9999-12-31" },
    { registration_id: 4, nhs_no: "d", gender: 1 },
    { registration_id: 4, nhs_no: "e", gender: 1, hashed_organisation: "org-2" },
  ];

  it("are as they are registered now; who is registered twice is in nothing", () =>
    holds(
      { patients },
      {
        sex: ["sex", ["M", "F", ""]],
        age: ["age_as_of", { reference_date: "2020-04-30" }, ["39", "29", "0"]],
        born: ["date_of_birth", { date_format: "YYYY-MM" }, ["1980-05", "1990-05", ""]],
        until: ["registered_as_of", { reference_date: "2019-05-31" }, ["1", "1", "0"]],
        ended: ["registered_as_of", { reference_date: "2019-06-01" }, ["1", "0", "0"]],
        all: [
          "registered_with_one_practice_between",
          { start_date: "2015-01-01", end_date: "2019-05-31" },
          ["1", "1", "0"],
        ],
        left: ["date_deregistered_from_all_supported_practices", day, ["", "2019-06-01", ""]],
        left_late: [
          "date_deregistered_from_all_supported_practices",
          { on_or_after: "2019-06-02", ...day },
          ["", "", ""],
        ],
        died: ["with_death_recorded_in_primary_care", ["0", "1", "1"]],
        died_on: [
          "with_death_recorded_in_primary_care",
          {
            returning: "date_of_death",
            on_or_after: "2019-06-03",
            on_or_before: "2020-01-01",
            ...day,
          },
          ["", "2019-06-03", ""],
        ],
      },
    ));

  it("have the practice and the address of today, whatever the day that is asked about", () =>
    holds(
      { patients },
      Object.fromEntries(
        ["1950-01-01", "2020-01-01"].flatMap((date, i) => [
          [
            `stp_${i}`,
            ["registered_practice_as_of", { date, returning: "stp_code" }, ["E1", "", ""]],
          ],
          [`msoa_${i}`, ["registered_practice_as_of", { date, returning: "msoa" }, ["M1", "", ""]]],
          [
            `region_${i}`,
            [
              "registered_practice_as_of",
              { date, returning: "nuts1_region_name" },
              ["North", "", ""],
            ],
          ],
          [
            `practice_${i}`,
            ["registered_practice_as_of", { date, returning: "pseudo_id" }, ["org-1", "org-2", ""]],
          ],
          [
            `imd_${i}`,
            [
              "address_as_of",
              { date, returning: "index_of_multiple_deprivation", round_to_nearest: 100 },
              ["300", "0", "0"],
            ],
          ],
          [
            `rural_${i}`,
            ["address_as_of", { date, returning: "rural_urban_classification" }, ["4", "0", "0"]],
          ],
        ]),
      ),
    ));
});

describe("deaths and intensive care of an EMIS database", () => {
  const patients = ["a", "b", "c", "d"].map((nhs_no, i) => ({ registration_id: i + 1, nhs_no }));
  const death = (pseudonhsnumber: string, reg_stat_dod: number, more: object = {}) => ({
    pseudonhsnumber,
    reg_stat_dod,
    upload_date: "02/02/2021",
    icd10u: "A01",
    ...more,
  });

  it("are those of the latest upload by its date, joined by NHS number", () =>
    holds(
      {
        patients,
        deaths: [
          death("a", 20200201, { icd10u: "J18", icd10001: "U071" }),
          // Later as a text, earlier as a day.
          death("b", 20200202, { upload_date: "31/12/2020" }),
          death("c", 0),
          death("x", 20200202),
        ],
        notifications: [
          { registration_id: 1, dateofdeath: "2020-02-01" },
          { registration_id: 1, dateofdeath: "2020-02-01" },
        ],
        intensiveCare: [
          {
            ...{ registration_id: 1, icuadmissiondatetime: "2020-01-02T10:00:00" },
            ...{ originalicuadmissiondate: "2020-01-01", basicdays_respiratorysupport: 2 },
          },
          { registration_id: 2, originalicuadmissiondate: "2020-01-05" },
        ],
      },
      {
        died: ["died_from_any_cause", ["1", "0", "1", "0"]],
        died_on: [
          "died_from_any_cause",
          { returning: "date_of_death", ...day },
          ["2020-02-01", "", "", ""],
        ],
        cause: [
          "died_from_any_cause",
          { returning: "underlying_cause_of_death" },
          ["J18", "", "A01", ""],
        ],
        covid: [
          "with_these_codes_on_death_certificate",
          { codelist: { system: "icd10", codes: ["U071"] }, on_or_before: "2020-12-31" },
          ["1", "0", "0", "0"],
        ],
        underlying: [
          "with_these_codes_on_death_certificate",
          { codelist: { system: "icd10", codes: ["U071"] }, match_only_underlying_cause: true },
          ["0", "0", "0", "0"],
        ],
        notified: [
          "with_death_recorded_in_cpns",
          { returning: "date_of_death", ...day },
          ["2020-02-01", "", "", ""],
        ],
        icu: ["admitted_to_icu", { on_or_after: "2020-01-01" }, ["1", "1", "0", "0"]],
        icu_date: [
          "admitted_to_icu",
          { returning: "date_admitted", ...day },
          ["2020-01-01", "2020-01-05", "", ""],
        ],
        breathing: [
          "admitted_to_icu",
          { returning: "had_basic_respiratory_support" },
          ["1", "0", "0", "0"],
        ],
      },
    ));

  it("stop the run where a day of death or of upload is none, without showing it", async () => {
    const columns: Calls = { died: ["died_from_any_cause", { on_or_before: "2020-12-31" }] };
    for (const [deaths, column] of [
      [[death("a", 20209943)], "reg_stat_dod"],
      [[death("a", 20200101, { upload_date: "secret 9943" })], "upload_date"],
    ] as const) {
      const told = await stoppedIn({ patients, deaths }, columns);
      assert.equal(told.code, "record-text");
      assert.match(
        told.message,
        new RegExp(`"${column}" of the table "ons_view" .*; 1 row does not`),
      );
      assert.ok(!/9943/.test(JSON.stringify(told)));
    }
  });

  it("stop the run where notifications disagree", async () => {
    const notifications = ["2020-02-01", "2020-02-02"].map((dateofdeath) => ({
      registration_id: 1,
      dateofdeath,
    }));
    const columns: Calls = { died: ["with_death_recorded_in_cpns"] };
    const told = await stoppedIn({ patients, notifications }, columns);
    assert.equal(told.code, "cpns-dates-disagree");
  });
});

describe("what an EMIS database does not hold", () => {
  it("is told at once for all columns that ask for it, with their functions", async () => {
    const told = await stoppedIn(
      { patients: [{ registration_id: 1 }] },
      {
        seen: ["with_gp_consultations", { returning: "number_of_matches_in_period" }],
        seen_twice: ["satisfying", { expression: "seen > 1" }],
        full: [
          "with_complete_gp_consultation_history_between",
          { start_date: "2019-01-01", end_date: "2020-01-01" },
        ],
        area: ["address_as_of", { date: "2020-01-01", returning: "msoa" }],
        place: ["died_from_any_cause", { returning: "place_of_death" }],
        sex: ["sex"],
        bp: events({ returning: "numeric_value" }, "1"),
        bp_sign: ["comparator_from", { source: "bp" }],
      },
    );
    assert.equal(told.code, "database-lacks");
    assert.equal(
      told.message,
      'An EMIS database does not hold what columns of the study "study_definition" ask for: "seen" (with_gp_consultations), "full" (with_complete_gp_consultation_history_between), "area" (address_as_of returning msoa), "place" (died_from_any_cause returning place_of_death), "bp_sign" (comparator_from)',
    );
  });

  for (const [what, codelist, code] of [
    ["of another system", { system: "ctv3", codes: ["X1"] }, "codelist-of-other-database"],
    ["with codes that are no numbers", snomed("12", "12a"), "code-not-a-number"],
  ] as const) {
    it(`are codelists ${what}`, async () => {
      const columns: Calls = { asthma: ["with_these_clinical_events", { codelist }] };
      const told = await stoppedIn({ patients: [{ registration_id: 1 }] }, columns);
      assert.equal(told.code, code);
      assert.match(told.message, /"asthma"/);
    });
  }
});
