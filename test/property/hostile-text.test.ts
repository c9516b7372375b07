import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isoDateOf } from "../../engine/base/dates.ts";
import { checkStudy } from "../../engine/definition/check/check-study.ts";
import { studyFileFromJson } from "../../engine/definition/json/study-json.ts";
import { naiveExtract } from "../conformance/evaluators.ts";
import { duckDbExtract } from "../database/duckdb-extract.ts";
import type { Extraction } from "../conformance/extraction-cases.ts";

const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 25);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200301);

/** Pieces that end a text, a name, a statement, a pattern or a line somewhere. */
const pieces = fc.constantFrom(
  "'",
  "''",
  '"',
  "[",
  "]",
  "{",
  "(",
  ")",
  ";",
  "--",
  "/*",
  "*/",
  "'); DROP TABLE Patient; --",
  "\\",
  "\\'",
  "%",
  "_",
  "$1",
  "?",
  "\0",
  "\n",
  "\r\n",
  "\t",
  ",",
  "|",
  "||",
  ".*",
  "^",
  "NULL",
  "x",
  "X",
  " ",
  "7",
  "\u00df",
  "\u00e9",
  "\u03a3",
  "\u0130",
  "\u{1f9ea}",
  "\u{1f468}\u{200d}\u{1f469}",
);
const joined = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((each) => each.join(""));
const long = joined.map((text) => text.repeat(Math.ceil(10_000 / text.length)));
const hostile = fc.oneof({ weight: 30, arbitrary: joined }, { weight: 1, arbitrary: long });

/** Words are given out again and again, so that rows and lists meet. */
const words = fc.uniqueArray(hostile, {
  minLength: 6,
  maxLength: 6,
  selector: (text) => text.trim().toLowerCase(),
});

interface Asked {
  readonly words: readonly string[];
  /** Of the columns. */
  readonly names: readonly string[];
  /** Which word each row holds. */
  readonly picks: readonly number[];
}

const NAMES = 13;

const asked: fc.Arbitrary<Asked> = fc.record({
  words,
  names: fc.uniqueArray(
    hostile.filter((name) => name.length < 100),
    { minLength: NAMES, maxLength: NAMES },
  ),
  picks: fc.array(fc.nat(5), { minLength: 40, maxLength: 40 }),
});

/** A text as a condition has it, if there is a way to say it. */
function quoted(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? "''" : `"${text}"`;
}

/** Every cell in quotes. */
function csvOf(lines: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  return lines.map((cells) => `${cells.map(cell).join(",")}\n`).join("");
}

const PATIENTS = 5;

function extraction({ words: given, names, picks }: Asked): Extraction {
  const word = (at: number): string => given[at] ?? "";
  const picked = (at: number): string => word(picks[at] ?? 0);
  const codes = (system: string) => ({ system, codes: [word(0), word(1), word(2)] });
  const grouped = (system: string) => ({
    system,
    codes: [
      [word(0), word(3)],
      [word(1), word(4)],
      [word(4), word(5)],
    ],
  });
  const value = (returning: string) => ({ f_path: "people.csv", returning, returning_type: "str" });
  const definitions = [
    ["sex", {}],
    ["with_these_clinical_events", { codelist: codes("ctv3"), returning: "code" }],
    ["with_these_clinical_events", { codelist: grouped("ctv3"), returning: "category" }],
    ["with_these_clinical_events", { codelist: grouped("snomed"), returning: "category" }],
    [
      "with_these_medications",
      { codelist: codes("snomed"), returning: "number_of_matches_in_period" },
    ],
    ["address_as_of", { date: "index_date", returning: "msoa" }],
    ["with_tpp_vaccination_record", { product_name_matches: [word(1), word(5)] }],
    ["with_high_cost_drugs", { drug_name_matches: [word(0), word(4)] }],
    ["fixed_value", { value: word(3) }],
    ["with_value_from_file", value("grp")],
    [
      "categorised_as",
      {
        category_definitions: {
          $pairs: [
            [word(1), `recorded = ${quoted(word(0))} OR recorded = ${quoted(word(2))}`],
            [word(2), `recorded > ${quoted(word(4))}`],
            [word(5), "DEFAULT"],
          ],
        },
        extra_columns: { recorded: { function: "sex", args: {} } },
      },
    ],
    ["with_these_codes_on_death_certificate", { codelist: codes("icd10") }],
    [
      "admitted_to_hospital",
      { with_these_diagnoses: codes("icd10"), returning: "number_of_matches_in_period" },
    ],
  ] as const;
  assert.equal(definitions.length, NAMES);
  const columns = Object.fromEntries(
    definitions.map(([name, args], i) => [names[i] ?? "", { function: name, args }]),
  );
  const study = {
    index_date: "2020-03-01",
    default_expectations: null,
    population: { function: "all", args: {} },
    columns,
    column_order: names,
  };
  const checked = checkStudy("study_definition", studyFileFromJson({ study, measures: [] }));
  if (!checked.ok) throw new Error(checked.problems.map(({ message }) => message).join("\n"));
  const ids = Array.from({ length: PATIENTS }, (_, i) => i + 1);
  const rows = (from: number, of: (text: string, id: number) => Record<string, string | number>) =>
    ids.map((id, i) => ({ Patient_ID: id, ...of(picked(from + i), id) }));
  const day = { ConsultationDate: "2020-01-01T00:00:00" };
  const files = {
    "people.csv": csvOf([["patient_id", "grp"], ...ids.map((id, i) => [String(id), picked(i)])]),
  };
  const records = {
    Patient: rows(0, (Sex) => ({ Sex, DateOfBirth: "1950-01-01" })),
    CodedEvent: rows(5, (CTV3Code, id) => ({ ...day, CTV3Code, CodedEvent_ID: id })),
    CodedEvent_SNOMED: rows(10, (ConceptID, id) => ({ ...day, ConceptID, CodedEvent_ID: id })),
    MedicationIssue: rows(15, (_, id) => ({
      ...day,
      MultilexDrug_ID: String(id),
      MedicationIssue_ID: id,
    })),
    MedicationDictionary: ids.map((id, i) => ({
      MultilexDrug_ID: String(id),
      DMD_ID: picked(15 + i),
    })),
    PatientAddress: rows(20, (MSOACode, id) => ({
      MSOACode,
      PatientAddress_ID: id,
      StartDate: "2000-01-01T00:00:00",
      EndDate: "9999-12-31T00:00:00",
    })),
    Vaccination: rows(25, (_, id) => ({
      VaccinationName_ID: id,
      VaccinationDate: "2020-01-01T00:00:00",
    })),
    VaccinationReference: ids.map((id, i) => ({
      VaccinationName_ID: id,
      VaccinationName: picked(25 + i),
      VaccinationContent: "any",
    })),
    HighCostDrugs: rows(30, (DrugName) => ({
      DrugName,
      FinancialYear: "201920",
      FinancialMonth: "5",
    })),
    ONS_Deaths: rows(35, (icd10u) => ({ icd10u, dod: "2020-01-01" })),
    APCS_ARCHIVED: rows(35, (text, id) => ({
      APCS_Ident: id,
      Admission_Date: "2020-01-01",
      Der_Diagnosis_All: `||${text} ,J45||${picked(id)}`,
    })),
    APCS_Der_ARCHIVED: ids.map((id) => ({ APCS_Ident: id })),
  };
  return {
    study: checked.study,
    records,
    indexDates: [isoDateOf("2020-03-01"), isoDateOf("2020-04-01")],
    today: isoDateOf("2020-05-20"),
    includeOptedOut: true,
    files,
  };
}

describe("characters that mean something in SQL", () => {
  it("are data in codes, categories, lists, names of columns, files and rows", async () => {
    const holds = fc.asyncProperty(asked, async (each) => {
      const extracted = extraction(each);
      const naive = await naiveExtract(extracted);
      assert.deepEqual(await duckDbExtract("one-pass")(extracted), naive);
    });
    await fc.assert(holds, { numRuns: Math.ceil(runs / 4), seed });
  });

  it("are met by the rows of such cases, not passed by", async () => {
    const met = new Map<string, number>();
    for (const each of fc.sample(asked, { seed, numRuns: 20 })) {
      const { study, ...rest } = extraction(each);
      for (const row of (await naiveExtract({ study, ...rest }))[0] ?? []) {
        for (const [i, name] of study.output.entries()) {
          const found = row[name] !== "" && row[name] !== "0";
          met.set(String(i), (met.get(String(i)) ?? 0) + Number(found));
        }
      }
    }
    for (let i = 0; i < NAMES; i++) assert.ok((met.get(String(i)) ?? 0) > 3, `column ${i}`);
  });
});
