import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { writeRecordsDatabase } from "../database/records-database.ts";
import { smallRecords } from "../database/small-records.ts";
import { cohortline, smallStudy } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { inStudy } from "./study-in.ts";

const DATES = '--index-date-range "2020-01-01 to 2020-03-01 by month"';

/** The same measures twice: of cohort files, and without them. */
const project = (words = DATES, more = ""): string => `version: '3.0'
expectations: { population_size: 80 }
actions:
  cohorts:
    run: cohortextractor:latest generate_cohort ${DATES}
    outputs: { highly_sensitive: { cohort: output/input_*.csv } }
  of_files:
    run: cohortextractor:latest generate_measures --output-dir=output
    needs: [cohorts]
    outputs: { moderately_sensitive: { measures: output/measure_*.csv } }
  direct:
    run: cohortline:v0 generate_measures --from-database ${words} --output-dir=output/direct${more}
    outputs: { moderately_sensitive: { measures: output/direct/measure_*.csv } }
`;

const files = (text = project()): Files => ({
  "analysis/study_definition.ts": smallStudy,
  "project.yaml": text,
});

function textsIn(folder: string, place: string): Readonly<Record<string, string>> {
  const names = readdirSync(join(folder, place)).filter((name) => name.startsWith("measure_"));
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, place, name), "utf8")]),
  );
}

describe("measures without cohort files, as an action", () => {
  it("are those of cohort files, of dummy data and of a database, and are made again for another", () =>
    inStudy(files(), async ({ folder, run, plan }) => {
      await writeRecordsDatabase(join(folder, "records.duckdb"), smallRecords(60));
      const sources = [{}, { databaseUrl: "duckdb:records.duckdb" }];
      const found: unknown[] = [];
      for (const source of sources) {
        const { status, jobs } = await run(["run_all"], source);
        assert.equal(status, "succeeded", JSON.stringify(jobs));
        const direct = textsIn(folder, "output/direct");
        assert.equal(Object.keys(direct).length, 2 * 4);
        assert.deepEqual(direct, textsIn(folder, "output"));
        found.push(direct);
      }
      assert.notDeepEqual(found[0], found[1]);
      assert.match((await plan()).join("\n"), /direct stale: the data are dummy data now/);
    }));

  it("leave no cohort and no word of the URL behind, and say where they are made up", () =>
    inStudy(files(), async ({ folder, run }) => {
      await writeRecordsDatabase(join(folder, "records.duckdb"), smallRecords(60));
      const url = "duckdb:records.duckdb?patients_at_once=17";
      const real = await run(["direct"], { databaseUrl: url });
      const places = readdirSync(folder, { recursive: true, encoding: "utf8" });
      assert.deepEqual(
        places.filter((path) => path.includes("input_")),
        [],
      );
      const logs = places.filter((path) => path.startsWith("metadata/") && /\.\w+$/.test(path));
      const told = logs.map((path) => readFileSync(join(folder, path), "utf8")).join("\n");
      assert.ok(logs.length > 1 && !`${told}${JSON.stringify(real)}`.includes("patients_at_once"));
      assert.match(JSON.stringify(await run(["direct"])), /--expectations-population=80/);
    }));

  for (const [what, text, told] of [
    ["without index dates", project(""), /need --index-date-range/],
    ["of a day that is none", project("--index-date-range 2020-02-31"), /2020-02-31/],
    [
      "with a dummy file",
      project(DATES, "\n    dummy_data_file: dummy.csv"),
      /--from-database and dummy_data_file exclude each other/,
    ],
    [
      "of a database that the project names",
      project().replace("--from-database", "--database-url=duckdb:records.duckdb"),
      /run-database-url/,
    ],
  ] as const) {
    it(`are refused before anything runs: ${what}`, () =>
      inStudy(files(text), async ({ folder }) => {
        const { code, err } = await cohortline(folder, ["check"]);
        assert.equal(code, 1);
        assert.match(err, told);
      }));
  }
});
