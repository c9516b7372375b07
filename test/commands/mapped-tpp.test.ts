import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { writeRecordsDatabase } from "../database/records-database.ts";
import { cohortline, inWorkspace } from "./workspace.ts";

const study = `import { patients, study } from "cohortline";

export default study({
  indexDate: "2020-03-01",
  population: patients.all(),
  columns: {
    sex: patients.sex(),
    age: patients.ageAsOf("index_date"),
    region: patients.registeredPracticeAsOf("index_date", "nuts1_region_name"),
    msoa: patients.addressAsOf("index_date", "msoa"),
  },
});
`;

/** Tables and columns in letters of another case than the base has them in. */
const mapping = `based_on: tpp
tables:
  patients: {fields: {sex: {renamed: sex, names: {M: F, F: M}, others: kept}}}
  practice_registrations: {fields: {region: organisation.stpcode}}
  addresses: {fields: {msoa: missing}}
`;

const records = {
  Patient: [1, 2, 3].map((Patient_ID) => ({ Patient_ID, Sex: "F", DateOfBirth: "1980-01-01" })),
  AllowedPatientsWithTypeOneDissent: [{ Patient_ID: 1 }, { Patient_ID: 3 }],
  RegistrationHistory: [1, 2].map((Patient_ID) => ({
    ...{ Registration_ID: Patient_ID, Organisation_ID: 9, Patient_ID },
    ...{ StartDate: "2010-01-01", EndDate: "9999-12-31" },
  })),
  Organisation: [{ Organisation_ID: 9, STPCode: "E54", Region: "North", MSOACode: "E02" }],
  PatientAddress: [1, 2].map((Patient_ID) => ({
    ...{ PatientAddress_ID: Patient_ID, Patient_ID, MSOACode: "E0201", StartDate: "2010-01-01" },
    ...{ EndDate: "9999-12-31", RuralUrbanClassificationCode: 1, ImdRankRounded: 100 },
  })),
};

describe("a mapping file based on TPP", () => {
  it("changes the fields that it names and no others, and lets in nobody who opted out", () =>
    inWorkspace(
      { "analysis/study_definition.ts": study, "records.yaml": mapping },
      async (folder) => {
        await writeRecordsDatabase(join(folder, "records.duckdb"), records);
        const cohort = async (url: string): Promise<readonly string[]> => {
          const ended = await cohortline(folder, ["generate_cohort", `--database-url=${url}`]);
          assert.equal(ended.code, 0, ended.err);
          const text = readFileSync(join(folder, "output", "input.csv"), "utf8");
          return text.trimEnd().split("\n");
        };
        const head = "patient_id,sex,age,region,msoa";
        assert.deepEqual(await cohort("duckdb:records.duckdb?provider=tpp"), [
          head,
          "1,F,40,North,E0201",
          "3,F,40,,",
        ]);
        assert.deepEqual(await cohort("duckdb:records.duckdb?records=records.yaml"), [
          head,
          "1,M,40,E54,",
          "3,M,40,,",
        ]);
        const report = async (url: string) => {
          const words = ["check", "--study-definition=study_definition", `--database-url=${url}`];
          const { code, out, err } = await cohortline(folder, words);
          assert.equal(code, 0, err);
          return out.slice(out.indexOf("study study_definition")).trimEnd().split("\n");
        };
        const told = "study study_definition: every column can be answered";
        assert.deepEqual(await report("duckdb:records.duckdb?provider=tpp"), [
          told,
          "  sex, age, region, msoa: exact",
        ]);
        assert.deepEqual(await report("duckdb:records.duckdb?records=records.yaml"), [
          told,
          "  sex, region, msoa: as the mapping records.yaml says",
          "  age: exact",
        ]);
      },
    ));
});
