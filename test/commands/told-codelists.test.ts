import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { databaseUrl, inRecordedWorkspace } from "./recorded-workspace.ts";
import { cohortline } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const studyFile = `import { codelist, codelistFromCsv, patients, study } from "cohortline";

const fromFile = (path: string) => codelistFromCsv(path, { system: "ctv3", column: "code" });
const events = (codes: ReturnType<typeof fromFile>) =>
  patients.withTheseClinicalEvents(codes, {
    onOrBefore: "index_date",
    returnExpectations: { incidence: 0.5 },
  });
export default study({
  indexDate: "2020-04-01",
  defaultExpectations: { date: { earliest: "1900-01-01", latest: "today" }, incidence: 0.5 },
  population: patients.all(),
  columns: {
    asthma: events(fromFile("codelists/local/asthma.csv")),
    asthma_again: events(fromFile("codelists/local/asthma.csv")),
    mistyped: events(fromFile("codelists/copd.csv")),
    written: events(codelist(["X1...", "Y1..."], "ctv3")),
  },
});
`;

const files: Files = {
  "analysis/study_definition.ts": studyFile,
  "codelists/local/asthma.csv": "code\nX1...\nX2...\nX3...\n",
  "codelists/copd.csv": "code\nx1...\nx2...\n",
};
const words = [
  "generate_cohort",
  `--database-url=${databaseUrl}`,
  "--index-date-range=2020-04-01 to 2020-06-01 by month",
];
const lines = [
  "codelist asthma: 2 of 3 codes occur",
  "codelist copd: 0 of 2 codes occur",
  'codelist of column "written": 1 of 2 codes occurs',
];
const told = (err: string): readonly string[] =>
  err.split("\n").filter((line) => line.startsWith("codelist "));

describe("an extraction from a database", () => {
  it("tells how many codes of each codelist are recorded, and warns of codelists without any", () =>
    inRecordedWorkspace(
      async (folder) => {
        const { code, err } = await cohortline(folder, words);
        assert.equal(code, 0, err);
        assert.deepEqual(told(err), lines);
        assert.match(
          err,
          /^warning: No code of codelist copd is recorded in the periods of study "study_definition" \[codes-not-recorded\]\n {2}Check the file,/m,
        );
        const perDate = await cohortline(folder, [...words, "--evaluate=per-date"]);
        assert.deepEqual(told(perDate.err), lines);
      },
      { files },
    ));

  it("tells programs the same in one event, and those who want silence of the warning only", () =>
    inRecordedWorkspace(
      async (folder) => {
        const { out } = await cohortline(folder, [...words, "--json"]);
        const events = out.split("\n").filter((line) => line.startsWith('{"kind":"codelists"'));
        assert.deepEqual(
          events.map((line) => JSON.parse(line) as unknown),
          [
            {
              ...{ kind: "codelists", study: "study_definition" },
              codelists: [
                { name: "asthma", columns: ["asthma", "asthma_again"], codes: 3, occurring: 2 },
                { name: "copd", columns: ["mistyped"], codes: 2, occurring: 0 },
                {
                  name: 'of column "written"',
                  columns: ["written"],
                  codes: 2,
                  occurring: 1,
                },
              ],
            },
          ],
        );
        const quiet = await cohortline(folder, [...words, "--quiet"]);
        assert.deepEqual(told(quiet.err), []);
        assert.match(quiet.err, /codes-not-recorded/);
        const kept = await cohortline(folder, [...words, "--skip-existing"]);
        assert.deepEqual([kept.code, kept.err], [0, ""]);
      },
      { files },
    ));
});
