import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aboutOne, answers, cohortOf } from "./cohort-of.ts";
import { Refused } from "./refused.ts";

const three = { Patient: [{ Patient_ID: 30 }, { Patient_ID: 4 }, { Patient_ID: 5, Sex: "F" }] };
const refusedAs = (code: string) => (error: unknown) =>
  error instanceof Refused && error.code === code;

describe("the cohort", () => {
  it("has the patients for whom the population holds, by ascending number", () => {
    const ids = cohortOf({ sex: ["sex"] }, three).map((row) => row["patient_id"]);
    assert.deepEqual(ids, ["4", "5", "30"]);
    const women = ["satisfying", { expression: "sex = 'f'" }] as const;
    const found = cohortOf({ sex: ["sex"] }, three, { population: women });
    assert.deepEqual(found, [{ patient_id: "5", sex: "F" }]);
  });

  it("leaves out who is not on the list of those allowed, unless told otherwise", () => {
    const listed = { ...three, AllowedPatientsWithTypeOneDissent: [{ Patient_ID: 30 }] };
    const ids = cohortOf({ sex: ["sex"] }, listed, { includeOptedOut: false });
    assert.deepEqual(ids, [{ patient_id: "30", sex: "" }]);
  });

  it("of a file has the file's patients, whether the database knows them or not", () => {
    const population = ["which_exist_in_file", { f_path: "people.csv" }] as const;
    const files = { "people.csv": "patient_id\n99\n5\n" };
    const found = cohortOf({ sex: ["sex"] }, three, { population, files });
    assert.deepEqual(found, [
      { patient_id: "5", sex: "F" },
      { patient_id: "99", sex: "" },
    ]);
  });

  it("prints each type as a cohort file does, the empty value where nothing is recorded", () => {
    const events = (returning: string) =>
      [
        "with_these_clinical_events",
        { codelist: { system: "ctv3", codes: ["X"] }, returning },
      ] as const;
    const columns = {
      flag: events("binary_flag"),
      count: events("number_of_matches_in_period"),
      value: events("numeric_value"),
      code: events("code"),
      year: events("date"),
    };
    const one = { CTV3Code: "X", NumericValue: 27.899999618530273, ConsultationDate: "2020-03-01" };
    assert.deepEqual(answers(columns, aboutOne({ CodedEvent: [{ CodedEvent_ID: 1, ...one }] })), {
      flag: "1",
      count: "1",
      value: "27.9",
      code: "X",
      year: "2020",
    });
    assert.deepEqual(answers(columns, aboutOne({})), {
      flag: "0",
      count: "0",
      value: "0.0",
      code: "",
      year: "",
    });
  });
});

describe("conditions", () => {
  const one = aboutOne({});
  const holds = (expression: string) =>
    answers(
      {
        age: ["age_as_of", { reference_date: "2020-01-31" }],
        nothing: ["fixed_value", { value: 0 }],
        name: ["fixed_value", { value: "Ann " }],
        digits: ["fixed_value", { value: "70" }],
        test: ["satisfying", { expression }],
      },
      one,
    )["test"];

  it("compare text whatever its letter case and trailing spaces", () => {
    assert.equal(holds("name = 'ANN'"), "1");
    assert.equal(holds("name = ' ann'"), "0");
  });

  it("order numbers by size and text letter by letter", () => {
    const tests = ["< 70", "<= 70", "> 70", ">= 70", "= 70", "!= 70", "> 8"];
    const expected = ["0", "1", "0", "1", "1", "0", "1"];
    assert.deepEqual(
      tests.map((test) => holds(`age ${test}`)),
      expected,
    );
    assert.equal(holds("digits > '8'"), "0");
    assert.equal(holds("name >= 'ann'"), "1");
  });

  it("take NOT before AND before OR, and a name alone for a value that is not empty", () => {
    assert.equal(holds("age OR nothing AND nothing"), "1");
    assert.equal(holds("NOT nothing AND nothing"), "0");
    assert.equal(holds("NOT (nothing AND nothing)"), "1");
    assert.equal(holds("name AND NOT digits"), "0");
  });

  it("divide whole numbers without a rest and others with one", () => {
    assert.equal(holds("age / 4 = 17"), "1");
    assert.equal(holds("age / 4.0 = 17.5"), "1");
  });

  it("stop the run where they divide by zero", () => {
    assert.throws(() => holds("age / nothing = 1"), refusedAs("division-by-zero"));
  });

  it("that are not reached do no harm", () => {
    assert.equal(holds("nothing AND age / nothing = 1"), "0");
  });
});

describe("data that gives no answer", () => {
  it("stops the run: two renal records of one patient in one dataset", () => {
    const records = aboutOne({ UKRR: [{ dataset: "2019prev" }, { dataset: "2019prev" }] });
    const args = { from_dataset: "2019_prevalence", returning: "binary_flag" };
    assert.throws(
      () => cohortOf({ renal: ["with_record_in_ukrr", args] }, records),
      refusedAs("duplicate-patients"),
    );
  });

  it("stops the run: two days of one death, but not a missing one beside it", () => {
    const died = { died: ["with_death_recorded_in_cpns"] } as const;
    const cpns = (...days: readonly (string | null)[]) =>
      aboutOne({ CPNS: days.map((DateOfDeath) => ({ DateOfDeath })) });
    assert.throws(
      () => cohortOf(died, cpns("2020-03-01", "2020-03-02")),
      refusedAs("cpns-dates-disagree"),
    );
    assert.deepEqual(answers(died, cpns("2020-03-01", null)), { died: "1" });
  });
});
