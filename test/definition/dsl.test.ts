import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { codelist, patients, study } from "../../engine/index.ts";
import { functionNames, shapeOf } from "../../engine/definition/function-table.ts";
import type { FunctionName } from "../../engine/definition/function-table.ts";
import type { ArgumentKind } from "../../engine/definition/functions/shape.ts";
import type { ColumnDefinition } from "../../engine/definition/model.ts";
import { camelCase, snakeCase } from "../../engine/definition/snake-case.ts";
import { studyFromJson } from "../../engine/definition/json/study-json.ts";
import { call, thawed } from "./careless-author.ts";

const asthma = codelist(["195967001", "401135008"], "snomed");
const ethnicity = codelist([["9S1..", "1"]], "ctv3");

/** What an author writes, and the definition it is: names and order of arguments as the reference has them. */
const calls: readonly (readonly [ColumnDefinition, FunctionName, Record<string, unknown>])[] = [
  [patients.all(), "all", {}],
  [patients.randomSample(5), "random_sample", { percent: 5 }],
  [patients.sex(), "sex", {}],
  [
    patients.ageAsOf("index_date", {
      returnExpectations: { int: { distribution: "population_ages" } },
    }),
    "age_as_of",
    {
      reference_date: "index_date",
      return_expectations: { int: { distribution: "population_ages" } },
    },
  ],
  [patients.dateOfBirth({ dateFormat: "YYYY-MM" }), "date_of_birth", { date_format: "YYYY-MM" }],
  [patients.registeredAsOf("today"), "registered_as_of", { reference_date: "today" }],
  [
    patients.registeredWithOnePracticeBetween("2020-01-01", "2020-12-31"),
    "registered_with_one_practice_between",
    { start_date: "2020-01-01", end_date: "2020-12-31" },
  ],
  [
    patients.registeredPracticeAsOf("index_date", "nuts1_region_name"),
    "registered_practice_as_of",
    { date: "index_date", returning: "nuts1_region_name" },
  ],
  [
    patients.addressAsOf("index_date", "index_of_multiple_deprivation", { roundToNearest: 100 }),
    "address_as_of",
    { date: "index_date", returning: "index_of_multiple_deprivation", round_to_nearest: 100 },
  ],
  [
    patients.careHomeStatusAsOf("index_date", {
      categorisedAs: [
        [1, "IsPotentialCareHome"],
        [0, "DEFAULT"],
      ],
    }),
    "care_home_status_as_of",
    {
      date: "index_date",
      categorised_as: {
        $pairs: [
          [1, "IsPotentialCareHome"],
          [0, "DEFAULT"],
        ],
      },
    },
  ],
  [
    patients.householdAsOf("2020-02-01", "household_size"),
    "household_as_of",
    { reference_date: "2020-02-01", returning: "household_size" },
  ],
  [
    patients.withEthnicityFromSus("group_6", true),
    "with_ethnicity_from_sus",
    { returning: "group_6", use_most_frequent_code: true },
  ],
  [
    patients.withTheseClinicalEvents(asthma, {
      between: [null, "index_date"],
      ignoreDaysWhereTheseCodesOccur: ethnicity,
      episodeDefinedAs: "series of events each <= 14 days apart",
      returning: "number_of_episodes",
    }),
    "with_these_clinical_events",
    {
      codelist: { system: "snomed", codes: ["195967001", "401135008"] },
      between: [null, "index_date"],
      returning: "number_of_episodes",
      ignore_days_where_these_codes_occur: { system: "ctv3", codes: [["9S1..", "1"]] },
      episode_defined_as: "series of events each <= 14 days apart",
    },
  ],
  [
    patients.withTheseMedications(asthma, { returnFirstDateInPeriod: true, includeDay: true }),
    "with_these_medications",
    {
      codelist: { system: "snomed", codes: ["195967001", "401135008"] },
      return_first_date_in_period: true,
      include_day: true,
    },
  ],
  [
    patients.withVaccinationRecord({
      tpp: { targetDiseaseMatches: ["MEASLES", "MUMPS"] },
      emis: { procedureCodes: asthma },
      onOrAfter: "2020-09-01",
    }),
    "with_vaccination_record",
    {
      tpp: { target_disease_matches: ["MEASLES", "MUMPS"] },
      emis: { procedure_codes: { system: "snomed", codes: ["195967001", "401135008"] } },
      on_or_after: "2020-09-01",
    },
  ],
  [
    patients.withTestResultInSgss("SARS-CoV-2", { restrictToEarliestSpecimenDate: false }),
    "with_test_result_in_sgss",
    { pathogen: "SARS-CoV-2", restrict_to_earliest_specimen_date: false },
  ],
  [
    patients.withRecordInUkrr("2020_ckd", "latest_egfr"),
    "with_record_in_ukrr",
    { from_dataset: "2020_ckd", returning: "latest_egfr" },
  ],
  [
    patients.satisfying("a AND b", { extraColumns: { a: patients.all(), b: patients.sex() } }),
    "satisfying",
    {
      expression: "a AND b",
      extra_columns: { a: { function: "all", args: {} }, b: { function: "sex", args: {} } },
    },
  ],
  [
    patients.categorisedAs({ young: "age < 5", old: "DEFAULT" }),
    "categorised_as",
    {
      category_definitions: {
        $pairs: [
          ["young", "age < 5"],
          ["old", "DEFAULT"],
        ],
      },
    },
  ],
  [
    patients.categorisedAs(
      new Map([
        [2, "age < 5"],
        [1, "DEFAULT"],
      ]),
    ),
    "categorised_as",
    {
      category_definitions: {
        $pairs: [
          [2, "age < 5"],
          [1, "DEFAULT"],
        ],
      },
    },
  ],
  [patients.minimumOf("a", "2020-01-01"), "minimum_of", { column_names: ["a", "2020-01-01"] }],
  [
    patients.maximumOf("a", { b: patients.ageAsOf("today") }),
    "maximum_of",
    {
      column_names: ["a"],
      extra_columns: { b: { function: "age_as_of", args: { reference_date: "today" } } },
    },
  ],
  [
    patients.maximumOf({ b: patients.sex() }),
    "maximum_of",
    { column_names: [], extra_columns: { b: { function: "sex", args: {} } } },
  ],
  [patients.fixedValue(false), "fixed_value", { value: false }],
  [
    patients.dateOf("bmi", { dateFormat: "YYYY-MM" }),
    "date_of",
    { source: "bmi", date_format: "YYYY-MM" },
  ],
  [
    patients.withValueFromFile("output/a.csv", "weight", "float"),
    "with_value_from_file",
    { f_path: "output/a.csv", returning: "weight", returning_type: "float" },
  ],
  [
    patients.sex({ returnExpectations: { category: { ratios: new Map([["F", 0.5]]) } } }),
    "sex",
    { return_expectations: { category: { ratios: { $pairs: [["F", 0.5]] } } } },
  ],
];

describe("what authors write", () => {
  for (const [column, name, args] of calls) {
    it(`${name}(${JSON.stringify(args)})`, () => {
      assert.deepEqual(column, { function: name, args });
      assert.deepEqual(Object.keys(column.args), Object.keys(args));
    });
  }

  it("does not change when the author's own objects change afterwards", () => {
    const period: [string, string] = ["2020-01-01", "2020-02-01"];
    const column = patients.mostRecentBmi({ between: period });
    period[1] = "2030-01-01";
    assert.deepEqual(column.args, { between: ["2020-01-01", "2020-02-01"] });
  });

  it("takes a list as it is at the time of each call", () => {
    const names = ["adalimumab"];
    const before = patients.withHighCostDrugs({ drugNameMatches: names });
    names.push("etanercept");
    const after = patients.withHighCostDrugs({ drugNameMatches: names });
    assert.deepEqual(before.args, { drug_name_matches: ["adalimumab"] });
    assert.deepEqual(after.args, { drug_name_matches: ["adalimumab", "etanercept"] });
  });

  it("counts what is undefined as not given, inside of options too", () => {
    const returnExpectations = { incidence: undefined, rate: "uniform" };
    const column = call("sex", { returnExpectations });
    assert.deepEqual(column.args, { return_expectations: { rate: "uniform" } });
    assert.deepEqual(call("sex", { returnExpectations: undefined }).args, {});
  });

  it("carries a codelist that serves many columns once", () => {
    const first = patients.withTheseClinicalEvents(asthma);
    const second = patients.withTheseMedications(asthma);
    assert.equal(first.args["codelist"], second.args["codelist"]);
  });

  it("has no say after it is written: everything is frozen", () => {
    const column = patients.satisfying("a", {
      extraColumns: { a: patients.registeredAsOf("today") },
    });
    const whole = study({ population: column, columns: { a: column } });
    assert.deepEqual(thawed(whole), []);
  });
});

/** An argument of each kind, as an author writes it. */
const examples: Record<ArgumentKind, unknown> = {
  date: "index_date",
  between: ["2020-01-01", null],
  codelist: asthma,
  texts: ["a"],
  "text-list": ["a"],
  text: "a",
  number: 3,
  flag: true,
  returning: "binary_flag",
  "date-format": "YYYY-MM",
  expectations: { incidence: 0.5 },
  source: "bmi",
  sources: ["bmi"],
  "extra-columns": { a: patients.sex() },
  categories: [["a", "DEFAULT"]],
  condition: "age > 5",
  value: "a",
  "value-type": "int",
  vaccination: { targetDiseaseMatches: "X" },
  "vaccine-codes": { productCodes: asthma },
};

const unusual: readonly FunctionName[] = ["minimum_of", "maximum_of", "with_vaccination_record"];

describe("patients.*", () => {
  it("has each function of the function table and no other", () => {
    assert.deepEqual(Object.keys(patients).map(snakeCase).sort(), [...functionNames].sort());
  });

  for (const name of functionNames.filter((each) => !unusual.includes(each))) {
    const args = Object.entries(shapeOf(name).args);
    const required = args.filter(([, shape]) => shape.required === true);
    const positional = required.map(([, { kind }]) => examples[kind]);

    it(`${name}: what is not given is absent, defaults too`, () => {
      const wanted = required.map(([argument]) => argument);
      assert.deepEqual(Object.keys(call(name, ...positional).args), wanted);
    });

    it(`${name}: takes every argument of the table by its camelCase name`, () => {
      const optional = args.filter(([, shape]) => shape.required !== true);
      const options = optional.map(([argument, { kind }]) => [camelCase(argument), examples[kind]]);
      if (optional.length === 0) return;
      const column = call(name, ...positional, Object.fromEntries(options));
      assert.deepEqual(Object.keys(column.args), Object.keys(shapeOf(name).args));
      const json: unknown = JSON.parse(
        JSON.stringify({ population: patients.all(), columns: { column } }),
      );
      assert.equal(
        JSON.stringify(studyFromJson(json).columns["column"]?.args),
        JSON.stringify(column.args),
      );
    });
  }
});
