import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coherenceRules } from "./coherence-rules.ts";
import { numberOf, withRecords } from "./made-database.ts";

/** Queries of what a rule is about: a rule on nothing would hold of an empty database too. */
const subjects: Readonly<Record<string, string>> = {
  "people who die": `SELECT 1 FROM "Patient" WHERE "DateOfDeath" < '9999-12-31'`,
  "people who move between practices": `SELECT 1 FROM "RegistrationHistory" GROUP BY "Patient_ID"
    HAVING count(DISTINCT "Organisation_ID") > 1`,
  "people who are registered today": `SELECT 1 FROM "RegistrationHistory" WHERE "EndDate" = '9999-12-31'`,
  "people who left all practices": `SELECT 1 FROM "Patient" JOIN (SELECT "Patient_ID", max("EndDate") AS ends
    FROM "RegistrationHistory" GROUP BY ALL) USING ("Patient_ID")
    WHERE ends < '9999-12-31' AND "DateOfDeath" = '9999-12-31'`,
  "households of several": `SELECT 1 FROM "Household" WHERE "HouseholdSize" > 2`,
  "unknown deprivation": `SELECT 1 FROM "PatientAddress" WHERE "ImdRankRounded" = -1 AND "MSOACode" <> 'NPC'`,
  "addresses without a postcode": `SELECT 1 FROM "PatientAddress" WHERE "MSOACode" = 'NPC'`,
  "unknown days of events": `SELECT 1 FROM "CodedEvent_SNOMED" WHERE "ConsultationDate" = '1900-01-01'`,
  "undated events": `SELECT 1 FROM "CodedEvent_SNOMED" WHERE "ConsultationDate" IS NULL`,
  "events with a time of day": `SELECT 1 FROM "CodedEvent_SNOMED" WHERE hour("ConsultationDate") > 0`,
  "events at the same moment": `SELECT 1 FROM "CodedEvent_SNOMED" GROUP BY "Patient_ID", "ConsultationDate" HAVING count(*) > 1`,
  "several positive tests": `SELECT 1 FROM "SGSS_AllTests_Positive" GROUP BY "Patient_ID" HAVING count(*) > 1`,
  "vaccinations against COVID-19": `SELECT 1 FROM "Vaccination" WHERE "VaccinationName" LIKE '%COVID%'`,
  "admissions with COVID-19": `SELECT 1 FROM "APCS_ARCHIVED" WHERE contains("Der_Diagnosis_All", 'U071')`,
  "nights in critical care": `SELECT 1 FROM "APCS_Der_ARCHIVED" WHERE "Spell_PbR_CC_Day"::INTEGER > 0`,
  "people who opted out": `SELECT 1 FROM "PatientsWithTypeOneDissent"`,
};

describe("a made-up database", () => {
  it("agrees with itself", async (t) => {
    await withRecords({ patients: 600 }, async (db) => {
      for (const [sentence, sql] of Object.entries(coherenceRules)) {
        await t.test(sentence, async () => {
          assert.equal(await numberOf(db, `SELECT count(*) FROM (${sql})`), 0);
        });
      }
      for (const [what, sql] of Object.entries(subjects)) {
        await t.test(`has ${what}`, async () => {
          assert.ok((await numberOf(db, `SELECT count(*) FROM (${sql})`)) > 0);
        });
      }
    });
  });
});
