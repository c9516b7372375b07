import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Records } from "../naive/row.ts";
import { databaseUrl, inRecordedWorkspace } from "./recorded-workspace.ts";
import { cohortline, inWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const studyOf = (population: string): Files => ({
  "analysis/study_definition.ts": `import { patients, study } from "cohortline";
export default study({
  indexDate: "2020-04-01",
  defaultExpectations: { date: { earliest: "1900-01-01", latest: "today" }, incidence: 0.5 },
  population: ${population},
  columns: {
    sex: patients.sex({ returnExpectations: { category: { ratios: { F: 0.5, M: 0.5 } } } }),
  },
});
`,
});

const adults = studyOf(`patients.satisfying(
    \`registered AND (age >= 18 AND age < 80) -- adults
     AND (sex = "F" OR sex = 'M')\`,
    {
      extraColumns: {
        registered: patients.registeredAsOf("index_date"),
        age: patients.ageAsOf("index_date"),
      },
    },
  )`);

/**
 * Born one in each year from 1920 on; every fourth is not registered, every tenth opted out, the 51st is registered
 * in April only, the 53rd has no known sex.
 */
const people = Array.from({ length: 100 }, (_, i) => i + 1);
const records: Records = {
  Patient: people.map((id) => ({
    Patient_ID: id,
    Sex: id === 53 ? "U" : id % 2 === 0 ? "F" : "M",
    DateOfBirth: `${1919 + id}-01-01`,
  })),
  Organisation: [{ Organisation_ID: 1 }],
  RegistrationHistory: people
    .filter((id) => id % 4 !== 0)
    .map((id) => ({
      Registration_ID: id,
      Patient_ID: id,
      Organisation_ID: 1,
      StartDate: id === 51 ? "2020-04-15T00:00:00" : "2000-01-01T00:00:00",
      EndDate: "9999-12-31T00:00:00",
    })),
  AllowedPatientsWithTypeOneDissent: people
    .filter((id) => id % 10 !== 0)
    .map((id) => ({ Patient_ID: id })),
};

const optedOutAreOut = databaseUrl.replace("=true", "=false");
const RANGE = "--index-date-range=2020-04-01 to 2020-05-01 by month";
const fromDatabase = (...more: readonly string[]): readonly string[] => [
  "generate_cohort",
  `--database-url=${optedOutAreOut}`,
  ...more,
];

const linesOf = (folder: string, file = "output/attrition.csv"): readonly string[] =>
  readFileSync(join(folder, file), "utf8").trimEnd().split("\n");

const inAdults = (act: (folder: string) => Promise<void>): Promise<void> =>
  inRecordedWorkspace(act, { records, files: adults });

const exact = [
  "2020-04-01,0,patients of the database,100,0",
  "2020-04-01,1,did not opt out of data sharing,90,10",
  "2020-04-01,2,registered,69,21",
  "2020-04-01,3,age >= 18,58,11",
  "2020-04-01,4,age < 80,43,15",
  `2020-04-01,5,"sex = ""F"" OR sex = 'M'",42,1`,
  "2020-05-01,0,patients of the database,100,0",
  "2020-05-01,1,did not opt out of data sharing,90,10",
  "2020-05-01,2,registered,70,20",
  "2020-05-01,3,age >= 18,59,11",
  "2020-05-01,4,age < 80,44,15",
  `2020-05-01,5,"sex = ""F"" OR sex = 'M'",43,1`,
];

type Entries = Readonly<Record<string, { readonly attrition?: { readonly rounding: unknown } }>>;

const manifestOf = (folder: string): Entries => {
  const text = readFileSync(join(folder, "output/cohortline.manifest.json"), "utf8");
  return (JSON.parse(text) as { readonly files: Entries }).files;
};

describe("generate_cohort --attrition", () => {
  it("says what each condition leaves of the patients, in sixes", () =>
    inAdults(async (folder) => {
      const { code, out, err } = await cohortline(folder, fromDatabase("--attrition", RANGE));
      assert.deepEqual([code, err], [0, ""]);
      assert.match(out, /^Wrote 3 files to output, 42 to 43 patients each\./);
      assert.deepEqual(linesOf(folder).slice(0, 7), [
        "index_date,step,condition,patients_left,patients_removed",
        "2020-04-01,0,patients of the database,99,0",
        "2020-04-01,1,did not opt out of data sharing,87,12",
        "2020-04-01,2,registered,69,18",
        "2020-04-01,3,age >= 18,57,12",
        "2020-04-01,4,age < 80,45,12",
        `2020-04-01,5,"sex = ""F"" OR sex = 'M'",39,6`,
      ]);
      assert.equal(manifestOf(folder)["attrition.csv"]?.attrition?.rounding, "midpoint6");
    }));

  it("gives exact numbers if asked for, the same one date after the other and in blocks", () =>
    inAdults(async (folder) => {
      for (const words of [
        ["--exact-attrition"],
        ["--exact-attrition", "--attrition", "--evaluate=per-date"],
        ["--exact-attrition", `--database-url=${optedOutAreOut}&patients_at_once=7`],
      ]) {
        const { code } = await cohortline(folder, fromDatabase(...words, RANGE));
        assert.equal(code, 0);
        assert.deepEqual(linesOf(folder).slice(1), exact, words.join(" "));
      }
      assert.equal(manifestOf(folder)["attrition.csv"]?.attrition?.rounding, null);
    }));

  it("has no step for those who opted out where they are in", () =>
    inAdults(async (folder) => {
      const words = ["generate_cohort", `--database-url=${databaseUrl}`, "--exact-attrition"];
      assert.equal((await cohortline(folder, words)).code, 0);
      assert.deepEqual(linesOf(folder).slice(1, 3), [
        "2020-04-01,0,patients of the database,100,0",
        "2020-04-01,1,registered,74,26",
      ]);
    }));

  it("is kept while nothing changed, and complete where some cohorts are kept", () =>
    inAdults(async (folder) => {
      const words = fromDatabase("--exact-attrition", "--skip-existing", RANGE);
      await cohortline(folder, words);
      const { out } = await cohortline(folder, words);
      assert.equal(out, "Wrote 0 files to output, kept 3 files that needed no change.\n");
      for (const gone of [["attrition.csv"], ["attrition.csv", "input_2020-04-01.csv"]]) {
        for (const file of gone) rmSync(join(folder, "output", file));
        assert.equal((await cohortline(folder, words)).code, 0);
        assert.deepEqual(linesOf(folder).slice(1), exact);
      }
      // Rounded, it is another file.
      await cohortline(folder, fromDatabase("--attrition", "--skip-existing", RANGE));
      assert.notDeepEqual(linesOf(folder).slice(1), exact);
    }));

  it("of an earlier run does not stand beside cohorts that are made anew", () =>
    inAdults(async (folder) => {
      await cohortline(folder, fromDatabase("--attrition", RANGE));
      const study = readFileSync(join(folder, "analysis/study_definition.ts"), "utf8");
      const elsewhere = study.replace("< 80", "< 8000");
      writeFileSync(join(folder, "analysis/study_definition.ts"), elsewhere);
      // Stopped by a folder in the place of a cohort file.
      rmSync(join(folder, "output/input_2020-05-01.csv"));
      mkdirSync(join(folder, "output/input_2020-05-01.csv"));
      assert.equal((await cohortline(folder, fromDatabase("--attrition", RANGE))).code, 1);
      assert.equal(existsSync(join(folder, "output/attrition.csv")), false);
      assert.equal(manifestOf(folder)["attrition.csv"], undefined);
    }));

  it("that counts other cohorts than those beside it is warned of, and of the same ones is not", () =>
    inAdults(async (folder) => {
      const february = "--index-date-range=2020-02-01 to 2020-02-01 by month";
      const april = "--index-date-range=2020-04-01 to 2020-04-01 by month";
      await cohortline(folder, fromDatabase("--attrition", RANGE));
      for (const words of [[RANGE], [february], [april, "--skip-existing"]]) {
        assert.equal((await cohortline(folder, fromDatabase(...words))).err, "", words.join(" "));
      }
      const study = readFileSync(join(folder, "analysis/study_definition.ts"), "utf8");
      writeFileSync(join(folder, "analysis/study_definition.ts"), study.replace("< 80", "< 70"));
      const { code, err } = await cohortline(folder, fromDatabase(RANGE));
      assert.equal(code, 0);
      assert.match(
        err,
        /attrition\.csv of study "study_definition" counts cohorts that were made anew/,
      );
      assert.match(err, /\[attrition-leftover\]/);
      const again = await cohortline(folder, fromDatabase("--attrition", RANGE));
      assert.doesNotMatch(again.err, /attrition-leftover/);
      // One date made anew is enough for its numbers to be of other cohorts.
      writeFileSync(join(folder, "analysis/study_definition.ts"), study);
      assert.match((await cohortline(folder, fromDatabase(april))).err, /attrition-leftover/);
    }));

  it("of a population that joins nothing has one condition", async () => {
    const conditions: Readonly<Record<string, readonly string[]>> = {
      "patients.all()": ["all"],
      'patients.registeredAsOf("index_date")': ["registered_as_of"],
      'patients.satisfying("a OR NOT a", { extraColumns: { a: patients.registeredAsOf("index_date") } })':
        ["a OR NOT a"],
      "patients.satisfying(\"NOT (sex = 'F' AND sex = 'M')\")": ["NOT (sex = 'F' AND sex = 'M')"],
    };
    for (const [population, texts] of Object.entries(conditions)) {
      await inRecordedWorkspace(
        async (folder) => {
          const { code } = await cohortline(folder, fromDatabase("--exact-attrition"));
          assert.equal(code, 0, population);
          const shown = linesOf(folder).slice(3);
          assert.deepEqual(
            shown.map((line) => line.split(",")[2]),
            texts,
          );
          const rows = linesOf(folder, "output/input.csv").length - 1;
          assert.equal(shown.at(-1)?.split(",")[3], String(rows));
        },
        { records, files: studyOf(population) },
      );
    }
  });
});

describe("attrition of dummy data", () => {
  const dummy = ["generate_cohort", "--expectations-population=40", RANGE];

  it("has the same steps and removes nobody, and says so", () =>
    inWorkspace(adults, async (folder) => {
      const { code, err } = await cohortline(folder, [...dummy, "--attrition"]);
      assert.equal(code, 0);
      assert.match(err, /dummy patients are all in the cohort \[attrition-of-dummy-data\]/);
      assert.deepEqual(linesOf(folder).slice(1, 4), [
        "2020-04-01,0,dummy patients,39,0",
        "2020-04-01,1,registered,39,0",
        "2020-04-01,2,age >= 18,39,0",
      ]);
    }));

  it("that are a file knows its rows", () =>
    inWorkspace(adults, async (folder) => {
      writeFileSync(join(folder, "given.csv"), "patient_id,sex\n1,F\n2,M\n3,F\n");
      const words = ["generate_cohort", "--dummy-data-file=given.csv", RANGE, "--exact-attrition"];
      const { code, err } = await cohortline(folder, words);
      assert.equal(code, 0);
      assert.match(err, /patients of the supplied file are all in the cohort/);
      assert.deepEqual(linesOf(folder).slice(-2), [
        "2020-05-01,3,age < 80,3,0",
        `2020-05-01,4,"sex = ""F"" OR sex = 'M'",3,0`,
      ]);
      // Cohorts stay as they were, so what tells of them must too.
      const before = linesOf(folder);
      writeFileSync(join(folder, "given.csv"), "patient_id,sex\n1,F\n1,M\n");
      const refused = await cohortline(folder, words);
      assert.match(refused.err, /\[dummy-file-repeated-patient\]/);
      assert.deepEqual(linesOf(folder), before);
    }));

  it("stands beside its cohorts under a name of its own", () =>
    inWorkspace(
      { ...adults, "analysis/study_definition_copd.ts": Object.values(adults)[0] ?? "" },
      async (folder) => {
        assert.equal((await cohortline(folder, [...dummy, "--attrition"])).code, 0);
        const named = ["--study-definition=study_definition_copd", "--output-file=output/mine.csv"];
        await cohortline(folder, [
          "generate_cohort",
          "--expectations-population=40",
          ...named,
          "--attrition",
        ]);
        for (const file of ["attrition.csv", "attrition_copd.csv", "attrition_mine.csv"])
          assert.ok(existsSync(join(folder, "output", file)), file);
      },
    ));
});
