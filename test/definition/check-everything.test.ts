import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { age, coded, events, grouped, measure, problemsOf, snomed } from "./study-of.ts";
import type { Parts } from "./study-of.ts";

describe("the checker", () => {
  it("reports every problem of a study at once, each with its column", () => {
    const problems = problemsOf({
      index_date: "soon",
      population: [...age],
      columns: {
        a: ["with_these_medications", { codelist: coded }],
        b: [...events({ between: ["2020-01-01", "index_dat"] })],
        c: ["satisfying", { expression: "a AND (d OR" }],
        d: [...events({ returning: "category" })],
        e: ["satisfying", { expression: "a > 'x' AND nobody" }],
      },
      measures: [measure({ numerator: "sex", group_by: ["sex"] })],
    });
    const text = problems.map(({ message }) => message).join("\n");
    for (const column of ["a", "b", "c", "d", "e"]) {
      assert.match(text, new RegExp(`Column "${column}" of study "study_definition"`));
    }
    assert.match(text, /index date/);
    assert.match(text, /population/);
    assert.match(text, /numerator and group_by/);
    assert.match(
      text,
      /Measure "m" of study "study_definition" uses "sex", which the study does not/,
    );
    assert.equal(problems.length, 10, text);
  });

  it("accepts what each function of the disease datasets takes", () => {
    const fine: Parts = {
      columns: {
        a: ["with_covid_therapeutics", { with_these_indications: "hospital_onset" }],
        b: [
          "with_test_result_in_sgss",
          { pathogen: "SARS-CoV-2", test_result: "positive", returning: "case_category" },
        ],
        c: [
          "with_an_isaric_record",
          { returning: "sex", between: ["2020-01-01", null], date_filter_column: "cestdat" },
        ],
        d: [
          "admitted_to_hospital",
          {
            with_these_diagnoses: { system: "icd10", codes: ["I21"] },
            with_admission_method: "21",
          },
        ],
        e: ["attended_emergency_care", { with_these_diagnoses: ["1"], discharged_to: snomed }],
        f: ["with_vaccination_record", { tpp: { product_name_matches: ["x"] }, emis: {} }],
        g: [...events({ codelist: grouped, returning: "category" })],
        h: [
          "mean_recorded_value",
          {
            codelist: coded,
            on_most_recent_day_of_measurement: true,
            include_measurement_date: true,
          },
        ],
      },
    };
    assert.deepEqual(problemsOf(fine), []);
  });
});
