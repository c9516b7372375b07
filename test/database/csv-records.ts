/** A folder of records in csv, and what an evaluation makes of it. */
import assert from "node:assert/strict";
import { checked } from "../definition/study-of.ts";
import type { Calls } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { inRecordsFolder } from "./records-folder.ts";
import type { RecordFiles } from "./records-folder.ts";
import { cohortTexts } from "./small-records.ts";

export const HEADER = "Patient_ID,CodedEvent_ID,ConceptID,ConsultationDate,NumericValue";

export const base: RecordFiles = {
  "Patient.csv": "Patient_ID,Sex,DateOfBirth\n1,F,1950-01-01\n2,M,1980-03-05\n",
  "AllowedPatientsWithTypeOneDissent.csv": "Patient_ID\n1\n2\n",
  "CodedEvent_SNOMED.csv": `${HEADER}\n1,1,111,2020-03-01,5.5\n2,2,222,2020-03-02,7\n`,
};

const codelist = { system: "snomed", codes: ["111", "222", "#1", "a,b", 'say "x"', "007", "é"] };
export const columns: Calls = {
  age: ["age_as_of", { reference_date: "2020-04-01" }],
  code: ["with_these_clinical_events", { codelist, returning: "code" }],
  value: ["with_these_clinical_events", { codelist, returning: "numeric_value" }],
  day: ["with_these_clinical_events", { codelist, returning: "date", date_format: "YYYY-MM-DD" }],
};

/** The rows of the cohort, without its header. */
export async function rowsOf(files: RecordFiles): Promise<readonly string[]> {
  return inRecordsFolder({ ...base, ...files }, async (workspace) => {
    const asking = { workspace, study: checked(columns), indexDates: ["2020-04-01"] };
    const [text = ""] = await cohortTexts("duckdb:records", asking);
    return text.trimEnd().split("\n").slice(1);
  });
}

export async function toldOf(files: RecordFiles): Promise<readonly string[]> {
  const problems = await problemsOf(() => rowsOf(files));
  for (const { exitCode } of problems) assert.equal(exitCode, 1);
  return problems.map(({ code, message, hint }) => `${code}: ${message} | ${hint}`);
}

export const event = (rows: string, header = HEADER): RecordFiles => ({
  "CodedEvent_SNOMED.csv": `${header}\n${rows}`,
});

export const expected = ["1,70,111,5.5,2020-03-01", "2,40,222,7.0,2020-03-02"];
export const row = (code: string, value = "5.5", day = "2020-03-01") =>
  `1,70,${code},${value},${day}`;
