import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { noCodes, studyCodes } from "../../engine/synthetic/study-codes.ts";
import type { StudyCodes } from "../../engine/synthetic/study-codes.ts";
import { checked, events } from "../definition/study-of.ts";
import type { Calls } from "../definition/study-of.ts";

const list = (system: string, ...codes: readonly unknown[]) => ({ system, codes });
const codesOf = (columns: Calls): StudyCodes => studyCodes([checked(columns)]);
const plain = (...codes: readonly string[]) => [{ codes, values: null }];

describe("the codes that a study looks for", () => {
  it("are none where no column looks for any", () => {
    assert.deepEqual(codesOf({ sex: ["sex"] }), noCodes);
    assert.deepEqual(studyCodes([]), noCodes);
  });

  it("are sorted by the system of the codelist, categories left aside", () => {
    const { groups } = codesOf({
      a: events({ codelist: list("snomed", ["1", "yes"], ["2", "no"]) }),
      b: events({ codelist: list("ctv3", "X1") }),
      c: ["with_these_medications", { codelist: list("snomed", "3") }],
    });
    assert.deepEqual(groups, {
      snomed: plain("1", "2"),
      ctv3: plain("X1"),
      medication: plain("3"),
    });
  });

  it("include those of days to be ignored", () => {
    const { groups } = codesOf({
      a: events({
        codelist: list("ctv3", "X1"),
        ignore_days_where_these_codes_occur: list("snomed", "9"),
      }),
      b: [
        "with_these_medications",
        {
          codelist: list("snomed", "3"),
          ignore_days_where_these_clinical_codes_occur: list("ctv3", "X8"),
        },
      ],
    });
    assert.deepEqual(groups, {
      ctv3: [...plain("X1"), ...plain("X8")],
      snomed: plain("9"),
      medication: plain("3"),
    });
  });

  it("count once when two columns share a list, each code of a list once", () => {
    const codelist = list("snomed", "1", "2", "1");
    const { groups } = codesOf({
      a: events({ codelist }),
      b: events({ codelist, returning: "date" }),
    });
    assert.deepEqual(groups, { snomed: plain("1", "2") });
  });

  it("come with the values that the author expects, from whichever column reads them", () => {
    const codelist = list("snomed", "1");
    const float = { distribution: "normal", mean: 120, stddev: 10 };
    const { groups } = codesOf({
      any: events({ codelist }),
      value: events({ codelist, returning: "numeric_value", return_expectations: { float } }),
      mean: ["mean_recorded_value", { codelist: list("ctv3", "X1") }],
    });
    assert.deepEqual(groups.snomed, [{ codes: ["1"], values: { mean: 120, stddev: 10 } }]);
    assert.equal(typeof groups.ctv3?.[0]?.values?.mean, "number");
  });

  it("are found in hidden columns and in several studies", () => {
    const hidden = checked({
      b: [
        "satisfying",
        { expression: "a", extra_columns: { a: events({ codelist: list("ctv3", "X1") }) } },
      ],
    });
    const other = checked({ a: events({ codelist: list("ctv3", "X2") }) });
    assert.deepEqual(studyCodes([hidden, other]).groups, {
      ctv3: [...plain("X1"), ...plain("X2")],
    });
  });

  it("include causes of death, diagnoses, procedures and names wherever they can be asked for", () => {
    const { groups } = codesOf({
      death: ["with_these_codes_on_death_certificate", { codelist: list("icd10", "U071") }],
      spell: [
        "admitted_to_hospital",
        {
          with_these_diagnoses: list("icd10", "J45"),
          with_these_primary_diagnoses: list("icd10", "I21"),
          with_these_procedures: list("opcs4", "K40"),
          with_admission_method: ["21", "22"],
          with_patient_classification: "1",
        },
      ],
      emergency: [
        "attended_emergency_care",
        { with_these_diagnoses: ["195967001"], discharged_to: ["306689006"] },
      ],
      outpatient: [
        "outpatient_appointment_date",
        { with_these_procedures: list("opcs4", "X29"), with_these_treatment_function_codes: "340" },
      ],
      drug: ["with_high_cost_drugs", { drug_name_matches: "ADALIMUMAB" }],
      treatment: [
        "with_covid_therapeutics",
        { with_these_therapeutics: list("x", "Sotrovimab"), with_these_statuses: "Approved" },
      ],
    });
    assert.deepEqual(groups, {
      "death-cause": plain("U071"),
      diagnosis: [...plain("J45"), ...plain("I21")],
      procedure: plain("K40"),
      "admission-method": plain("21", "22"),
      "patient-classification": plain("1"),
      "emergency-diagnosis": plain("195967001"),
      "emergency-destination": plain("306689006"),
      "outpatient-procedure": plain("X29"),
      "outpatient-function": plain("340"),
      "high-cost-drug": plain("ADALIMUMAB"),
      therapeutic: plain("Sotrovimab"),
      "therapeutic-status": plain("Approved"),
    });
  });

  it("keep together what one vaccination must be", () => {
    const { vaccines } = codesOf({
      a: [
        "with_tpp_vaccination_record",
        { target_disease_matches: "INFLUENZA", product_name_matches: ["P1", "P2"] },
      ],
      b: ["with_vaccination_record", { tpp: { target_disease_matches: ["POLIO"] }, emis: {} }],
    });
    assert.deepEqual(vaccines, [
      { diseases: ["INFLUENZA"], products: ["P1", "P2"] },
      { diseases: ["POLIO"], products: [] },
    ]);
  });
});
