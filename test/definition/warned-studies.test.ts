import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Args } from "../../engine/definition/model.ts";
import { check, checked, columnOf, date, events, grouped } from "./study-of.ts";
import type { Parts } from "./study-of.ts";

function warningsOf(parts: Parts): readonly string[] {
  const result = check(parts);
  assert.ok(result.ok, JSON.stringify(result.ok ? "" : result.problems));
  return result.warnings.map(({ code, message, hint }) => `${code}: ${message} ${hint}`);
}

describe("a date with one parenthesis", () => {
  it("is read as if both were there, with a warning that says how", () => {
    const columns = {
      a: [...events({ between: ["index_date", "last_day_of_month(index_date"] })],
    } as const;
    const [warning = "", ...more] = warningsOf({ columns, index_date: "2020-01-01" });
    assert.deepEqual(more, []);
    assert.match(warning, /^date-parenthesis: Column "a" .*one parenthesis without the other/);
    assert.match(warning, /read as "last_day_of_month\(index_date\)"/);
  });
});

describe("a date column that a flag implies and the author defines again later", () => {
  const flagged = [...events({ include_date_of_match: true, date_format: "YYYY-MM-DD" })] as const;
  const columns = { stage: flagged, sex: ["sex"], stage_date: date("YYYY-MM") } as const;

  it("is what the author defines, where the implied one would stand, with a warning", () => {
    const study = checked(columns);
    assert.deepEqual(study.output, ["stage", "stage_date", "sex"]);
    assert.equal(columnOf(study, "stage_date").function, "with_these_clinical_events");
    assert.equal(columnOf(study, "stage_date").dateFormat, "YYYY-MM");
    const [warning = "", ...more] = warningsOf({ columns });
    assert.deepEqual(more, []);
    assert.match(warning, /^implied-column-replaced: Column "stage_date" .*flag of "stage"/);
  });

  it("is what other columns read", () => {
    const study = checked({
      ...columns,
      after: [...events({ on_or_after: "stage_date + 1 month" })],
    });
    assert.deepEqual(columnOf(study, "after").reads, ["stage_date"]);
  });

  it("replaces the date of a measurement just so", () => {
    const study = checked({
      bmi: ["most_recent_bmi", { include_measurement_date: true, date_format: "YYYY-MM" }],
      bmi_date_measured: date("YYYY-MM-DD"),
    });
    assert.equal(columnOf(study, "bmi_date_measured").dateFormat, "YYYY-MM-DD");
  });

  it("cannot be defined a third time, nor before the column with the flag", () => {
    const third = check({
      columns: {
        ...columns,
        other: ["satisfying", { expression: "sex = 'F'", extra_columns: { stage_date: ["sex"] } }],
      },
    });
    const before = check({ columns: { stage_date: date("YYYY-MM"), stage: flagged } });
    for (const result of [third, before]) {
      assert.ok(!result.ok);
      assert.deepEqual(
        result.problems.map(({ code }) => code),
        ["duplicate-column"],
      );
    }
  });
});

describe("the categories of a codelist", () => {
  it("are left aside wherever a list of texts is asked for", () => {
    const study = checked({
      outpatient: ["outpatient_appointment_date", { with_these_treatment_function_codes: grouped }],
      emergency: ["attended_emergency_care", { with_these_diagnoses: grouped }],
      drug: ["with_high_cost_drugs", { drug_name_matches: grouped }],
      vaccinated: ["with_vaccination_record", { tpp: { product_name_matches: grouped } }],
      admitted: ["admitted_to_hospital", { with_admission_method: grouped }],
    });
    const plain = { system: "ctv3", codes: ["X1", "X2"] };
    const argument = (column: string, name: string) => {
      const args: Args = columnOf(study, column).args;
      return args[name];
    };
    assert.deepEqual(argument("outpatient", "with_these_treatment_function_codes"), plain);
    assert.deepEqual(argument("emergency", "with_these_diagnoses"), plain);
    assert.deepEqual(argument("drug", "drug_name_matches"), plain);
    assert.deepEqual(argument("vaccinated", "tpp"), { product_name_matches: plain });
    assert.deepEqual(argument("admitted", "with_admission_method"), plain);
  });
});

describe("categories that a spreadsheet would run", () => {
  const named = (values: readonly string[]) =>
    [
      "categorised_as",
      {
        category_definitions: {
          $pairs: values.map((value, i) => [value, i === 0 ? "DEFAULT" : "sex"]),
        },
      },
    ] as const;
  const run = [
    "=cmd|'/c calc'!A0",
    "@SUM(1)",
    "+cmd",
    "-2+3",
    "\tx",
    "\r=1",
    "- none",
    "=1",
    "+1",
    "+1.5",
  ];
  const plain = ["-1", "-1.5", "-", "+", "=", ">=", "1=2", "a@b", "x", "", "<5", "£=", "65+"];

  it("are warned of in the categories of a column, a codelist and dummy data", () => {
    const columns = {
      sex: ["sex", { return_expectations: { category: { ratios: { "=F()": 1 } } } }],
      band: named(run),
      group: events({
        returning: "category",
        codelist: {
          system: "ctv3",
          codes: [
            ["H33..", "@x"],
            ["H33z.", "b"],
          ],
        },
      }),
    } as const;
    const told = warningsOf({ columns }).filter((each) => each.startsWith("category-formula"));
    assert.equal(told.length, 3);
    assert.match(told[1] ?? "", /"=cmd\|'\/c calc'!A0", "@SUM\(1\)", "\+cmd", …/);
    for (const value of run)
      assert.ok(warningsOf({ columns: { sex: ["sex"], a: named([value]) } })[0]);
  });

  it("are not numbers with a sign, nor names with a sign further on", () => {
    assert.deepEqual(warningsOf({ columns: { sex: ["sex"], a: named(plain) } }), []);
  });
});
