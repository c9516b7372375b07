import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { hashes } from "../database/hashed-patients.ts";
import { cohortline, inWorkspace } from "./workspace.ts";

const study = `import { codelist, measure, patients, study } from "cohortline";

const asthma = codelist(["195967001"], "snomed");
const cohort = study({
  indexDate: "2020-02-01",
  population: patients.all(),
  columns: {
    practice: patients.registeredPracticeAsOf("index_date", "pseudo_id"),
    seen: patients.withTheseClinicalEvents(asthma, {
      between: ["index_date", "last_day_of_month(index_date)"],
    }),
  },
});
export default cohort;
export const measures = [
  measure(cohort, { id: "seen", numerator: "seen", denominator: "population", groupBy: "practice" }),
];
`;

const lines = (...rows: readonly string[]): string => `${rows.join("\n")}\n`;

const files = {
  "analysis/study_definition.ts": study,
  "records/patient_all_orgs_v2.csv": lines(
    "registration_id,hashed_organisation",
    ...hashes.map((hash, i) => `${hash},org-${i % 2}`),
  ),
  "records/observation_all_orgs_v2.csv": lines(
    "registration_id,snomed_concept_id,effective_date",
    `${hashes[0] ?? ""},195967001,2020-02-03`,
  ),
};

const range = "--index-date-range=2020-02-01 to 2020-03-01 by month";
const database = "--database-url=duckdb:records?provider=emis";

describe("measures of patients whose ids are hashes", () => {
  it("are the same from files of every format and straight from the database", () =>
    inWorkspace(files, async (folder) => {
      const measureIn = (output: string): string =>
        readFileSync(join(folder, output, "measure_seen.csv"), "utf8");
      const direct = await cohortline(folder, [
        ...["generate_measures", database, range, "--output-dir=direct"],
      ]);
      assert.equal(direct.code, 0, direct.err);
      assert.equal(measureIn("direct").split("\n")[1], "org-0,1.0,3,0.3333333333333333,2020-02-01");
      for (const format of ["csv", "feather", "parquet", "dta"]) {
        const output = `--output-dir=${format}`;
        for (const words of [
          ["generate_cohort", database, range, output, `--output-format=${format}`],
          ["generate_measures", output],
        ]) {
          const { code, err } = await cohortline(folder, words);
          assert.equal(code, 0, err);
        }
        assert.equal(measureIn(format), measureIn("direct"), format);
      }
    }));
});
