import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { smallRecords } from "../database/small-records.ts";
import { alone, cohortline, contentsOf, start } from "./workspace.ts";
import type { Ended, Running } from "./workspace.ts";
import { databaseUrl, inRecordedWorkspace, recordedFiles, SECRET } from "./recorded-workspace.ts";
import { sql } from "../../engine/text/sql.ts";

const RANGE = "--index-date-range=2020-04-01 to 2020-06-01 by month";
const fromDatabase = ["generate_cohort", `--database-url=${databaseUrl}`, RANGE];

const cohortFiles = ["input_2020-04-01.csv", "input_2020-05-01.csv", "input_2020-06-01.csv"];

function output(folder: string): ReturnType<typeof contentsOf> {
  return contentsOf(join(folder, "output"));
}

describe("generate_cohort with a database", () => {
  it("writes the records' cohort at each index date", () =>
    inRecordedWorkspace(async (folder) => {
      const { code, out, err } = await cohortline(folder, fromDatabase);
      assert.deepEqual(
        { code, out, err },
        {
          code: 0,
          out: "Wrote 3 files to output, 23 patients each.\n",
          err: 'codelist of column "seen", "value": 2 of 2 codes occur\n',
        },
      );
      assert.deepEqual(Object.keys(output(folder)), ["cohortline.manifest.json", ...cohortFiles]);
      const lines = readFileSync(join(folder, "output/input_2020-04-01.csv"), "utf8").split("\n");
      // The second patient, 4, has one event: on 2020-02-04, of value 4 / 8.
      assert.deepEqual(lines.slice(0, 3), ["patient_id,sex,seen,value", "1,F,0,0.0", "4,M,0,0.5"]);
      assert.equal(lines.length, 25);
    }));

  it("tells of the dates on which nobody is in the population", () =>
    inRecordedWorkspace(
      async (folder) => {
        const { code, out, err } = await cohortline(folder, [
          "generate_cohort",
          `--database-url=${databaseUrl}`,
          "--index-date-range=1800-02-01 to 1800-03-01 by month",
        ]);
        assert.deepEqual([code, out], [0, "Wrote 2 files to output, 0 patients each.\n"]);
        assert.match(err, /on "1800-02-01", "1800-03-01" \[no-patients\]/);
      },
      {
        files: Object.fromEntries(
          Object.entries(recordedFiles).map(([path, text]) => [
            path,
            text.replace("patients.all()", 'patients.registeredAsOf("index_date")'),
          ]),
        ),
      },
    ));

  it("takes the URL from DATABASE_URL too", () =>
    inRecordedWorkspace(async (folder) => {
      await cohortline(folder, fromDatabase);
      const before = output(folder);
      const environment = { DATABASE_URL: databaseUrl };
      const words = ["generate_cohort", RANGE];
      const { code, out } = await alone(folder, [...words, "--skip-existing"], environment);
      assert.deepEqual(
        { code, out },
        { code: 0, out: "Wrote 0 files to output, kept 3 files that needed no change.\n" },
      );
      assert.equal((await alone(folder, words, environment)).code, 0);
      assert.deepEqual(output(folder), before);
    }));

  it("makes dummy data where they are asked for, whatever DATABASE_URL says", () =>
    inRecordedWorkspace(async (folder) => {
      const words = ["generate_cohort", "--expectations-population=7", RANGE];
      const environment = { DATABASE_URL: `duckdb:${SECRET}/nowhere` };
      assert.equal((await alone(folder, words, environment)).code, 0);
      const text = readFileSync(join(folder, "output/input_2020-04-01.csv"), "utf8");
      assert.equal(text.split("\n").length, 9);
    }));

  it("gives the same bytes one index date after the other, with blocks and with one thread", () =>
    inRecordedWorkspace(async (folder) => {
      await cohortline(folder, fromDatabase);
      const cohorts = cohortFiles.map((name) => output(folder)[name]);
      for (const [url, ...more] of [
        [databaseUrl, "--evaluate=per-date"],
        [`${databaseUrl}&patients_at_once=5&threads=1`],
      ]) {
        const words = ["generate_cohort", `--database-url=${url ?? ""}`, RANGE, ...more];
        assert.equal((await cohortline(folder, words)).code, 0);
        assert.deepEqual(
          cohortFiles.map((name) => output(folder)[name]),
          cohorts,
        );
      }
    }));

  it("never tells the URL, in whatever way it is asked to talk", () =>
    inRecordedWorkspace(async (folder) => {
      let told = "";
      for (const more of [["--verbose"], ["--skip-existing", "--json"]]) {
        const { out, err } = await cohortline(folder, [...fromDatabase, ...more]);
        told += out + err;
      }
      assert.match(told, /"kind":"kept"/);
      assert.match(told, /wrote input_2020-04-01\.csv/);
      for (const [i, wrong] of [
        `duckdb:${SECRET}.duckdb`,
        `duckdb:${SECRET}/about.txt`,
        `duckdb:${SECRET}/records.duckdb?token=${SECRET}`,
        `duckdb:${SECRET}/records.duckdb?threads=${SECRET}`,
        `mssql://user:${SECRET}@there/db`,
        `postgresql://user:${SECRET}@there/a/b`,
        `${SECRET}://there`.replace("2", "two"),
      ].entries()) {
        const more = i % 2 === 0 ? ["--json"] : [];
        const words = ["generate_cohort", `--database-url=${wrong}`, RANGE, ...more];
        const { code, out, err } = await cohortline(folder, words);
        assert.equal(code, i < 6 ? 1 : 2, err);
        told += out + err;
      }
      const manifest = output(folder)["cohortline.manifest.json"] ?? "";
      assert.ok(manifest.length > 100);
      assert.ok(!`${told}${manifest}`.includes(SECRET));
    }));

  it("stops for a patient with two rows before the file gets its name, and keeps finished files", () => {
    const UKRR = [1, 1].map((Patient_ID) => ({
      Patient_ID,
      dataset: "2019prev",
      rrt_start: "2020-04-20",
    }));
    const study = `import { patients, study } from "cohortline";
export default study({
  indexDate: "2020-04-01",
  population: patients.all(),
  columns: {
    twice: patients.withRecordInUkrr("2019_prevalence", "binary_flag"),
  },
});
`;
    return inRecordedWorkspace(
      async (folder) => {
        writeFileSync(
          join(folder, "analysis/study_definition_sex.ts"),
          study.replace(/twice:.*/, "sex: patients.sex(),"),
        );
        const { code, out, err } = await cohortline(folder, [
          "generate_cohort",
          "--study-definition=study_definition_sex",
          `--database-url=${databaseUrl}`,
          "--index-date-range=2020-04-01",
        ]);
        assert.equal(code, 0, err + out);
        const refused = await cohortline(folder, [
          ...fromDatabase,
          "--study-definition=study_definition",
        ]);
        assert.equal(refused.code, 1);
        assert.match(refused.err, /\[duplicate-patients\]/);
        assert.deepEqual(Object.keys(output(folder)), [
          "cohortline.manifest.json",
          "input_sex_2020-04-01.csv",
        ]);
      },
      {
        records: { ...smallRecords(), UKRR },
        files: { "analysis/study_definition.ts": study },
      },
    );
  });

  it("tells what the database lacks with the exit code of each problem", () =>
    inRecordedWorkspace(async (folder) => {
      const { openDuckDb } = await import("../../engine/duckdb/duckdb.ts");
      const db = await openDuckDb({ path: join(folder, `${SECRET}/records.duckdb`) });
      await db.run(sql`ALTER TABLE CodedEvent RENAME NumericValue TO NumericValues`);
      await db.run(sql`DROP TABLE CodedEvent_SNOMED`);
      db.close();
      const lacking = await cohortline(folder, fromDatabase);
      assert.equal(lacking.code, 1);
      assert.match(lacking.err, /no column "NumericValue".*\n.*Nearest: "NumericValues"/);
      const file = join(folder, "analysis/study_definition.ts");
      const other = readFileSync(file, "utf8").replace(/\[.*\], "ctv3"/, '["195967001"], "snomed"');
      writeFileSync(file, other);
      const rebuilding = await cohortline(folder, fromDatabase);
      assert.equal(rebuilding.code, 4);
      assert.match(rebuilding.err, /\[database-being-rebuilt\]/);
      assert.deepEqual(Object.keys(output(folder)), []);
    }));

  it("does not know another way to evaluate", () =>
    inRecordedWorkspace(async (folder) => {
      const { code, err } = await cohortline(folder, [...fromDatabase, "--evaluate=twice"]);
      assert.equal(code, 2);
      assert.match(err, /Known: one-pass, per-date/);
    }));
});

const many = "--index-date-range=2018-01-01 to 2021-12-01 by month";

describe("a run that is stopped", () => {
  const words = ["generate_cohort", `--database-url=${databaseUrl}`, many];
  const finishedIn = (folder: string): readonly string[] =>
    readdirSync(folder).filter((name) => /^input_.*\.csv$/.test(name));

  it("goes on at the first unfinished index date, with the same bytes", (test) =>
    inRecordedWorkspace(
      async (folder) => {
        await cohortline(folder, [...words, "--output-dir=whole"]);
        const whole = contentsOf(join(folder, "whole"));
        for (const signal of ["SIGKILL", "SIGINT"] as const) {
          await test.test(signal, async () => {
            const toStopped = [...words, `--output-dir=${signal}`];
            const end = await stopped(start(folder, [...toStopped, "--verbose"]), signal);
            if (signal === "SIGINT") assert.equal(end.code, 130, end.err);
            else assert.equal(end.signal, "SIGKILL");
            const { length } = finishedIn(join(folder, signal));
            assert.ok(length > 1 && length < 48, `${length} files`);
            const again = await cohortline(folder, [...toStopped, "--skip-existing"]);
            const kept = Number(/kept (\d+) file/.exec(again.out)?.[1]);
            // A kill may come between a file and its entry in the manifest.
            assert.ok(kept === length || kept === length - 1, again.out + again.err);
            assert.deepEqual(contentsOf(join(folder, signal)), whole);
          });
        }
      },
      { records: smallRecords(8000) },
    ));
});

/** The second finished file is the sign that the run is under way. */
function stopped({ process: child, ended }: Running, signal: NodeJS.Signals): Promise<Ended> {
  let said = "";
  let asked = false;
  child.stderr?.on("data", (text: Buffer) => {
    said += text.toString();
    if (asked || (said.match(/wrote /g) ?? []).length < 2) return;
    // Once: the second time is for who cannot wait.
    asked = true;
    child.kill(signal);
  });
  return ended;
}
