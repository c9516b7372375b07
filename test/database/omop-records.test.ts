import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { join } from "node:path";
import { connect } from "../../engine/backend/connect.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { trustedSql } from "../../engine/text/sql.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { checked } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { inDatabase } from "./in-database.ts";
import { cohortTexts } from "./small-records.ts";
import { addDays, isoDateOf } from "../../engine/base/dates.ts";
import { omopTables } from "../../engine/schema/omop/omop-tables.ts";
import {
  condition,
  day,
  events,
  foundIn,
  holds,
  of,
  recordsOf,
  stoppedIn,
  url,
} from "./omop-records.ts";
import { stopped } from "./one-cohort.ts";

const omopWithoutObservations = Object.fromEntries(
  Object.entries(omopTables).filter(([table]) => table !== "observation"),
);

const person = (id: number, more: object): Record<string, unknown> => ({ person_id: id, ...more });

const period = (person_id: number, from: string, to: string) => ({
  observation_period_id: person_id,
  person_id,
  observation_period_start_date: from,
  observation_period_end_date: to,
});

describe("OMOP records", () => {
  it("are others wherever something else is declared of them, so that no cohort made before is kept", () =>
    inDatabase(
      recordsOf({}),
      async (workspace) => {
        const seen = new Map<string, string>();
        const told = [
          "",
          "match=standard",
          "match=source",
          "descendants=true",
          "systems=ctv3:Read",
        ];
        const columns = ["practice.region:location.county", "practice.region:location.zip"];
        const others = ["consultations=9202", "history=complete", "data_until=2024-03-31"];
        const options = [...told, ...columns.map((each) => `columns=${each}`), ...others];
        for (const said of [...options, "absent=observation", ""]) {
          const today = isoDateOf("2024-06-01");
          const readFile = (): Promise<never> => Promise.reject(new Error("no file"));
          const backend = await connect(url(said), {
            ...{ workspace, today, readFile, evaluate: "one-pass" as const },
          });
          const same = seen.get(backend.dataVersion);
          assert.ok(same === undefined || same === said, `${said} is read as ${String(same)}`);
          seen.set(backend.dataVersion, said);
          await backend.close();
        }
        assert.equal(seen.size, options.length + 1);
      },
      omopWithoutObservations,
    ));

  it("tell a birthday by year, month and day, as far as they are known", async () => {
    const births: readonly (readonly [object, string])[] = [
      [{ year_of_birth: 1980, month_of_birth: 2, day_of_birth: 29 }, "1980-02-29"],
      [{ year_of_birth: 1981, month_of_birth: 2, day_of_birth: 31 }, "1981-02-28"],
      [{ year_of_birth: 1981, month_of_birth: 6 }, "1981-06-01"],
      [{ year_of_birth: 1981 }, "1981-01-01"],
      [
        { year_of_birth: 1981, day_of_birth: 9, birth_datetime: "1981-07-08 10:00:00" },
        "1981-07-08",
      ],
      [
        { year_of_birth: 1981, month_of_birth: 3, birth_datetime: "1981-07-08 10:00:00" },
        "1981-03-01",
      ],
    ];
    const people = births.map(([birth], i) => person(i + 1, birth)) as never;
    // A hundred on the birthday, and not yet on the day before.
    const ages = births.flatMap(([, date], i) => {
      const birthday = isoDateOf(date.replace(/^19/, "20"));
      return [birthday, addDays(birthday, -1)].map(
        (on, early) =>
          [`${early === 0 ? "on" : "before"}_${i}`, ["age_as_of", { reference_date: on }]] as const,
      );
    });
    const found = await foundIn({ person: people }, Object.fromEntries(ages));
    const own = births.map((_, i) => [found[`on_${i}`]?.[i], found[`before_${i}`]?.[i]]);
    assert.deepEqual(
      own,
      births.map(() => ["100", "99"]),
    );
  });

  it("have whoever a period of observation covers as registered, the last day included", () =>
    holds(
      {
        observation_period: [
          period(1, "2019-01-01", "2020-03-01"),
          period(2, "2019-01-01", "2020-02-29"),
          period(3, "2020-03-01", "2021-12-31"),
          period(4, "2020-03-02", "2021-12-31"),
          period(5, "2010-01-01", "2015-01-01"),
        ],
      },
      {
        here: ["registered_as_of", { reference_date: "index_date" }, ["1", "0", "1", "0", "0"]],
        left: [
          "date_deregistered_from_all_supported_practices",
          day,
          ["2020-03-02", "2020-03-01", "", "", "2015-01-02"],
        ],
        practice: [
          "registered_practice_as_of",
          { date: "index_date", returning: "pseudo_id" },
          ["7", "", "7", "", ""],
        ],
        region: [
          "registered_practice_as_of",
          { date: "index_date", returning: "nuts1_region_name" },
          ["North", "", "North", "", ""],
        ],
        complete: [
          "with_complete_gp_consultation_history_between",
          { start_date: "2020-02-01", end_date: "index_date" },
          ["1", "0", "0", "0", "0"],
        ],
      },
      "data_until=2021-12-31&history=complete&columns=practice.region:location.county",
      {
        person: [1, 2, 3, 4, 5].map((id) => person(id, { care_site_id: 7, location_id: 2 })),
        care_site: [{ care_site_id: 7, location_id: 1 }],
        location: [
          { location_id: 1, county: "North" },
          { location_id: 2, county: "South" },
        ],
      } as never,
    ));

  it("take the day on which their source was released for the last one, if nobody says another", () =>
    holds(
      {
        observation_period: [
          period(1, "2019-01-01", "2020-01-31"),
          period(2, "2019-01-01", "2020-01-30"),
        ],
        cdm_source: [{ source_release_date: "2020-01-31" }],
      },
      {
        left: ["date_deregistered_from_all_supported_practices", day, ["", "2020-01-31"]],
      },
    ));

  it("hold ids of 64 bits with every digit", async () => {
    const ids = ["9007199254740993", "9007199254740995", "9223372036854775807"];
    const found = await foundIn(
      {
        person: ids.map((person_id) => ({ person_id })),
        condition_occurrence: ids.map((id) => ({ ...condition(1, 11, 11), person_id: id })),
      },
      { asthma: events(of("snomed", "195967001")) },
      "patients_at_once=2",
    );
    assert.deepEqual(found, { patient_id: ids, asthma: ["1", "1", "1"] });
  });

  it("whose ids are texts, or have more than 64 bits, are refused", async () => {
    for (const [type, id, code] of [
      ["HUGEINT", "9223372036854775808", "record-id-range"],
      ["UBIGINT", "18446744073709551615", "record-id-range"],
      ["VARCHAR", "'a1'", "database-column-type"],
    ] as const) {
      await inScratchFolder(async (workspace) => {
        const db = await openDuckDb({ path: join(workspace, "records.duckdb") });
        await db.run(trustedSql(`CREATE TABLE person AS SELECT ${id}::${type} AS person_id`));
        db.close();
        const asking = { workspace, study: checked({}), indexDates: ["2020-03-01"], files: {} };
        const [only] = await problemsOf(() => cohortTexts(url(""), asking));
        assert.equal(only?.code, code);
        assert.doesNotMatch(only.message, /8446744|3372036854775808|a1/);
      });
    }
  });

  it("are asked for a stay in hospital by what was found and done during it", () => {
    const visit = (id: number, kind: number, from: string, to: string, more: object = {}) => ({
      ...{ visit_occurrence_id: id, person_id: 1, visit_concept_id: kind },
      ...{ visit_start_date: from, visit_end_date: to, ...more },
    });
    const during = (visit_occurrence_id: number, concept: number, status: number | null) =>
      condition(1, concept, 11, { visit_occurrence_id, condition_status_concept_id: status });
    const icd = of("icd10", "J45");
    const admitted = (args: object) =>
      ["admitted_to_hospital", { returning: "number_of_matches_in_period", ...args }] as const;
    return holds(
      {
        visit_occurrence: [
          visit(1, 9201, "2020-01-01", "2020-01-03"),
          visit(2, 262, "2020-02-01", "2020-02-01", { discharged_to_source_value: "home" }),
          visit(3, 9203, "2020-03-01", "2020-03-01"),
          visit(4, 32037, "2020-01-02", "2020-01-03"),
        ],
        condition_occurrence: [during(1, 22, 32903), during(1, 21, null), during(2, 21, null)],
      },
      {
        all: [...admitted({}), ["2"]],
        asthma: [...admitted({ with_these_diagnoses: icd }), ["2"]],
        primary: [...admitted({ with_these_primary_diagnoses: icd }), ["1"]],
        other: [...admitted({ with_these_diagnoses: of("icd10", "J46", "J450") }), ["1"]],
        days: ["admitted_to_hospital", { returning: "total_bed_days_in_period" }, ["4"]],
        emergencies: [
          "attended_emergency_care",
          { returning: "number_of_matches_in_period" },
          ["2"],
        ],
        diagnosed: [
          "attended_emergency_care",
          { with_these_diagnoses: ["195967001"], returning: "date_arrived", ...day },
          ["2020-02-01"],
        ],
        intensive: ["admitted_to_icu", { returning: "date_admitted", ...day }, ["2020-01-02"]],
      },
    );
  });

  it("refuse what the model does not tell, with the way to declare it", async () => {
    const told: readonly (readonly [readonly [string, object?], RegExp])[] = [
      [
        ["with_gp_consultations", { returning: "binary_flag" }],
        /\(with_gp_consultations\).*consultations=9202/s,
      ],
      [
        ["died_from_any_cause", { returning: "place_of_death" }],
        /died_from_any_cause returning place_of_death/,
      ],
      [
        ["address_as_of", { date: "index_date", returning: "msoa" }],
        /returning msoa.*columns=address.msoa:/s,
      ],
      [["care_home_status_as_of", { date: "index_date" }], /care_home_status_as_of/],
      [
        ["admitted_to_hospital", { with_admission_method: ["11"], returning: "binary_flag" }],
        /admitted_to_hospital/,
      ],
      [
        [
          "with_these_codes_on_death_certificate",
          { codelist: of("icd10", "J45"), match_only_underlying_cause: true },
        ],
        /with_these_codes_on_death_certificate with match_only_underlying_cause/,
      ],
    ];
    for (const [call, message] of told) {
      const { message: found, hint } = await stoppedIn({}, { x: call as never });
      assert.match(`${found} ${hint}`, message);
    }
  });

  it("that are none are told by the tables that are missing", async () => {
    const { code } = await stoppedIn({}, {}, "columns=practice.regon:location.county");
    assert.equal(code, "database-column-declared");
    const said = { columns: {}, url: "duckdb:records.duckdb?provider=tpp&match=source" };
    const { code: other } = await stopped(recordsOf({}), { ...said, tables: omopTables });
    assert.equal(other, "database-option-layout");
    const { person: people = {} } = omopTables;
    const { code: missing, message } = await stopped(
      { person: [{ person_id: 1 }] },
      { columns: { died: ["died_from_any_cause"] }, url: url(""), tables: { person: people } },
    );
    assert.equal(missing, "database-table-missing");
    assert.match(message, /has no table "death", as an OMOP database has/);
  });
});
