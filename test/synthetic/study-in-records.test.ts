import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import type { CodeGroup, StudyCodes } from "../../engine/synthetic/study-codes.ts";
import { textList } from "../../engine/synthetic/draws.ts";
import { makeRecords, numberOf } from "./made-database.ts";

const group = (...codes: readonly string[]): CodeGroup => ({ codes, values: null });
const lists = (prefix: string, count: number): readonly CodeGroup[] =>
  Array.from({ length: count }, (_, i) =>
    group(`${prefix}${i}a`, `${prefix}${i}b`, `${prefix}${i}c`),
  );

/** As many lists as a large study has. */
const codes: StudyCodes = {
  groups: {
    snomed: [...lists("s", 19), { codes: ["bp"], values: { mean: 120, stddev: 5 } }],
    ctv3: lists("c", 10),
    medication: lists("m", 10),
    diagnosis: lists("d", 4),
    procedure: lists("p", 2),
    "emergency-diagnosis": lists("e", 3),
    "outpatient-procedure": lists("o", 2),
    "outpatient-function": [group("f'1")],
    "admission-method": [group("am")],
    "death-cause": lists("z", 2),
    "high-cost-drug": [group("o'drug")],
    therapeutic: [group("new cure")],
    "therapeutic-status": [group("Unheard")],
  },
  vaccines: [
    { diseases: ["D1"], products: ["P1", "P2"] },
    { diseases: ["INFLUENZA", "D2"], products: [] },
    { diseases: [], products: ["P3"] },
  ],
};

/** Months of 2019 to 2021 in which the table has a row that meets the condition. */
const monthsOf = (from: string, day: string, condition: string): string =>
  `SELECT count(DISTINCT date_trunc('month', ${day})) FROM ${from}
    WHERE ${day} >= '2019-01-01' AND ${day} < '2022-01-01' AND ${condition}`;

const inList = (column: string, { codes: of }: CodeGroup): string =>
  `list_contains(${textList(of).toString()}, ${column})`;

describe("a database made for a study of 1,000 patients", () => {
  let db: DuckDb;
  let remove: () => void;
  before(async () => {
    ({ db, remove } = await makeRecords({ patients: 1000, codes }));
  });
  after(() => {
    remove();
  });

  it("has something of every list in every month of 2019 to 2021", async () => {
    const everyMonth = async (from: string, day: string, condition: string): Promise<void> => {
      const months = await numberOf(db, monthsOf(from, day, condition));
      assert.equal(months, 36, `${from}: ${condition}`);
    };
    const { groups } = codes;
    for (const each of groups.snomed ?? []) {
      await everyMonth(`"CodedEvent_SNOMED"`, `"ConsultationDate"`, inList(`"ConceptID"`, each));
    }
    for (const each of groups.ctv3 ?? []) {
      await everyMonth(`"CodedEvent"`, `"ConsultationDate"`, inList(`"CTV3Code"`, each));
    }
    const issues = `"MedicationIssue" JOIN "MedicationDictionary" USING ("MultilexDrug_ID")`;
    for (const each of groups.medication ?? []) {
      await everyMonth(issues, `"ConsultationDate"`, inList(`"DMD_ID"`, each));
    }
    const spells = `"APCS_ARCHIVED" JOIN "APCS_Der_ARCHIVED" USING ("APCS_Ident")`;
    for (const each of groups.diagnosis ?? []) {
      await everyMonth(spells, `"Admission_Date"`, inList(`"Spell_Primary_Diagnosis"`, each));
    }
    for (const each of groups.procedure ?? []) {
      const code = `regexp_matches("Der_Procedure_All", '${each.codes.join("|")}')`;
      await everyMonth(spells, `"Admission_Date"`, code);
    }
    const attendances = `"EC_ARCHIVED" JOIN "EC_Diagnosis_ARCHIVED" USING ("EC_Ident")`;
    for (const each of groups["emergency-diagnosis"] ?? []) {
      const some = ["01", "02", "03", "04"].map((nr) => inList(`"EC_Diagnosis_${nr}"`, each));
      await everyMonth(attendances, `"Arrival_Date"`, `(${some.join(" OR ")})`);
    }
    const visits = `"OPA_ARCHIVED" JOIN "OPA_Proc_ARCHIVED" USING ("OPA_Ident")`;
    for (const each of groups["outpatient-procedure"] ?? []) {
      await everyMonth(visits, `"Appointment_Date"`, inList(`"Primary_Procedure_Code"`, each));
    }
    await everyMonth(`"OPA_ARCHIVED"`, `"Appointment_Date"`, `"Treatment_Function_Code" = 'f''1'`);
    await everyMonth(`"APCS_ARCHIVED"`, `"Admission_Date"`, `"Admission_Method" = 'am'`);
    const vaccinations = `"Vaccination" AS v JOIN "VaccinationReference" AS r USING ("VaccinationName_ID")`;
    for (const condition of [
      `r."VaccinationName" = 'P1' AND "VaccinationContent" = 'D1'`,
      `r."VaccinationName" = 'P2' AND "VaccinationContent" = 'D1'`,
      `"VaccinationContent" = 'INFLUENZA'`,
      `"VaccinationContent" = 'D2'`,
      `r."VaccinationName" = 'P3'`,
    ]) {
      await everyMonth(vaccinations, `"VaccinationDate"`, condition);
    }
  });

  it("has something of what is rare at all", async () => {
    for (const [from, condition] of [
      [`"ONS_Deaths"`, `icd10u LIKE 'z0_'`],
      [`"ONS_Deaths"`, `"ICD10001" LIKE 'z1_'`],
      [`"HighCostDrugs"`, `"DrugName" = 'o''drug'`],
      [`"Therapeutics"`, `"Intervention" = 'new cure'`],
      [`"Therapeutics"`, `"CurrentStatus" = 'Unheard'`],
    ] as const) {
      assert.ok(
        (await numberOf(db, `SELECT count(*) FROM ${from} WHERE ${condition}`)) > 0,
        condition,
      );
    }
  });

  it("records the numbers that the author expects", async () => {
    const values = `FROM "CodedEvent_SNOMED" WHERE "ConceptID" = 'bp' AND "NumericValue" > 0`;
    assert.ok(Math.abs((await numberOf(db, `SELECT avg("NumericValue") ${values}`)) - 120) < 1);
    assert.ok(Math.abs((await numberOf(db, `SELECT stddev("NumericValue") ${values}`)) - 5) < 0.5);
  });
});
