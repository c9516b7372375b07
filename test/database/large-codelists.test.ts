import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isoDateOf } from "../../engine/base/dates.ts";
import { lowerStudy } from "../../engine/plan/lower/lower-study.ts";
import { planCohort } from "../../engine/plan/passes/plan-cohort.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { querySql } from "../../engine/sql/query.ts";
import { partStatements } from "../../engine/sql/statements.ts";
import { checked } from "../definition/study-of.ts";
import type { Records } from "../naive/row.ts";
import { everybody, inDatabase } from "./in-database.ts";
import { cohortTexts } from "./small-records.ts";

const MANY = 100_000;
const many = Array.from({ length: MANY }, (_, i) => [`M${i}`, `group ${i % 7}`] as const);

function studyOf(codes: readonly (readonly [string, string])[]) {
  const codelist = { system: "ctv3", codes };
  return checked({
    ever: ["with_these_clinical_events", { codelist }],
    group: ["with_these_clinical_events", { codelist, returning: "category" }],
    stays: [
      "admitted_to_hospital",
      {
        with_these_diagnoses: { system: "icd10", codes: codes.map(([code]) => code) },
        returning: "number_of_matches_in_period",
      },
    ],
  });
}

const records: Records = {
  Patient: [{ Patient_ID: 1 }, { Patient_ID: 2 }],
  CodedEvent: [
    { Patient_ID: 1, CodedEvent_ID: 1, CTV3Code: "M99999", ConsultationDate: "2020-01-01" },
    { Patient_ID: 2, CodedEvent_ID: 2, CTV3Code: "m99999", ConsultationDate: "2020-01-01" },
  ],
  APCS_ARCHIVED: [
    { Patient_ID: 1, APCS_Ident: 1, Admission_Date: "2020-01-01", Der_Diagnosis_All: "||X1 ,M77" },
    { Patient_ID: 2, APCS_Ident: 2, Admission_Date: "2020-01-01", Der_Diagnosis_All: "M77 ,X1" },
  ],
  APCS_Der_ARCHIVED: [
    { Patient_ID: 1, APCS_Ident: 1 },
    { Patient_ID: 2, APCS_Ident: 2 },
  ],
};

describe("codelists of 100,000 codes", () => {
  it("find what they should", async () => {
    await inDatabase(records, async (workspace) => {
      const asking = { workspace, study: studyOf(many), indexDates: ["2020-03-01"] };
      const [text = ""] = await cohortTexts(everybody, asking);
      assert.deepEqual(text.trimEnd().split("\n"), [
        "patient_id,ever,group,stays",
        `1,1,group ${99_999 % 7},1`,
        "2,0,,0",
      ]);
    });
  });

  it("make no statement longer than codelists of five do", () => {
    const sql = (codes: readonly (readonly [string, string])[]): number => {
      const lowered = lowerStudy({
        study: studyOf(codes),
        today: isoDateOf("2020-01-01"),
        previousProductIds: [],
        provider: tpp,
      });
      const plan = planCohort(lowered, [isoDateOf("2020-01-01"), isoDateOf("2020-02-01")]);
      const speaking = { dialect: duckdb, provider: tpp, includeOptedOut: false };
      return Math.max(
        ...partStatements(plan, speaking, null).map(
          ({ query }) => querySql(query).toString().length,
        ),
      );
    };
    // Five lengths of codes in both.
    const few = ["M1", "M22", "M333", "M4444", "M55555"].map((code) => [code, "group 1"] as const);
    assert.equal(sql(many), sql(few));
  });
});
