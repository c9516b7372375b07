import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { ManifestEntry } from "../../engine/commands/manifest/manifest-text.ts";
import { cohortline, contentsOf } from "./workspace.ts";
import { databaseUrl, inRecordedWorkspace, SECRET } from "./recorded-workspace.ts";

const studyWith = (more = ""): string => `
import { codelist, measure, patients, study } from "cohortline";
const codes = codelist(["X1...", "X2..."], "ctv3");
const rate = { rate: "universal" } as const;
const ints = { ...rate, int: { distribution: "population_ages" } } as const;
const cohort = study({
  indexDate: "2020-04-01",
  defaultExpectations: { date: { earliest: "1900-01-01", latest: "today" }, incidence: 0.5 },
  population: patients.satisfying("age >= 0"),
  columns: {
    sex: patients.sex({ returnExpectations: { ...rate, category: { ratios: { F: 0.5, M: 0.5 } } } }),
    age: patients.ageAsOf("index_date", { returnExpectations: ints }),
    seen: patients.withTheseClinicalEvents(codes, {
      between: ["index_date", "last_day_of_month(index_date)"],
    }),
    ever: patients.withTheseClinicalEvents(codes, { onOrBefore: "index_date", returning: "date", dateFormat: "YYYY-MM" }),
    value: patients.withTheseClinicalEvents(codes, {
      onOrBefore: "index_date",
      returning: "numeric_value",
      returnExpectations: { float: { distribution: "normal", mean: 5, stddev: 1 } },
    }),
  },
});
export default cohort;
const hidden = { smallNumberSuppression: true } as const;
export const measures = [
  measure(cohort, { id: "all", numerator: "seen", denominator: "population", groupBy: "population", ...hidden }),
  measure(cohort, { id: "sex", numerator: "seen", denominator: "population", groupBy: "sex" }),
  measure(cohort, { id: "small", numerator: "seen", denominator: "population", groupBy: ["sex", "age"], ...hidden }),
  measure(cohort, { id: "turned", numerator: "seen", denominator: "population", groupBy: ["age", "sex"], groups: "observed" }),
  measure(cohort, { id: "month", numerator: "age", denominator: "population", groupBy: ["ever"], rounding: "midpoint6", smallNumberSuppression: { threshold: 2 } }),
  measure(cohort, { id: "value", numerator: "value", denominator: "age", groupBy: ["sex", "seen"] }),
  measure(cohort, { id: "by_value", numerator: "seen", denominator: "seen", groupBy: ["value"] }),${more}
];
`;

/** The study with other measures. */
const studyOf = (measures: string, columns = ""): string =>
  studyWith()
    .replace(/export const measures = [^]*/, `export const measures = [${measures}];\n`)
    .replace("    value:", `${columns}    value:`);

const ofRiskGroups = studyOf(
  `measure(cohort, { id: "risky", numerator: "value", denominator: "population", groupBy: ["risk"] }),
  measure(cohort, { id: "counted", numerator: "seen", denominator: "population", groupBy: ["risk"] })`,
  `    risk: patients.withCovidTherapeutics({ onOrAfter: "index_date", returning: "risk_group" }),\n`,
);

const FILE = "analysis/study_definition.ts";
const RANGE = "--index-date-range=2020-02-01 to 2020-04-01 by month";

/** The measures of a folder, and none of its other files. */
function measuresIn(folder: string): Readonly<Record<string, unknown>> {
  const files = Object.entries(contentsOf(join(folder, "output")));
  return Object.fromEntries(files.filter(([name]) => name.startsWith("measure_")));
}

async function ran(folder: string, words: readonly string[]): Promise<string> {
  const { code, out, err } = await cohortline(folder, words);
  assert.equal(code, 0, err);
  return out;
}

describe("measures from a database", () => {
  for (const format of ["csv", "csv.gz", "feather"]) {
    it(`are the same bytes as those of cohort files, as ${format}`, () =>
      inRecordedWorkspace(
        async (folder) => {
          const made = `--output-format=${format}`;
          await ran(folder, ["generate_cohort", `--database-url=${databaseUrl}`, RANGE]);
          await ran(folder, ["generate_measures", made]);
          const ofFiles = measuresIn(folder);
          assert.equal(Object.keys(ofFiles).length, 7 * 4);
          for (const more of ["", "&patients_at_once=3", "&threads=1"]) {
            rmSync(join(folder, "output"), { recursive: true });
            const url = `--database-url=${databaseUrl}${more}`;
            await ran(folder, ["generate_measures", url, RANGE, made]);
            assert.deepEqual(measuresIn(folder), ofFiles);
            const names = Object.keys(contentsOf(join(folder, "output")));
            assert.deepEqual(
              names.filter((name) => !name.startsWith("measure_")),
              ["cohortline.manifest.json"],
            );
          }
        },
        { files: { [FILE]: studyWith() } },
      ));
  }

  it("are marked by what is asked of which records, for comparing releases", () =>
    inRecordedWorkspace(
      async (folder) => {
        const marksWith = async (text: string) => {
          writeFileSync(join(folder, FILE), text);
          await ran(folder, ["generate_measures", `--database-url=${databaseUrl}`, RANGE]);
          const manifest = readFileSync(join(folder, "output/cohortline.manifest.json"), "utf8");
          const { files } = JSON.parse(manifest) as { files: Record<string, ManifestEntry> };
          return Object.values(files["measure_small.csv"]?.published?.cohorts ?? {});
        };
        const [february, march] = await marksWith(studyWith());
        assert.deepEqual(Object.keys(february?.columns ?? {}).sort(), ["age", "seen", "sex"]);
        assert.equal(
          february?.columns?.["sex"] === march?.columns?.["sex"],
          false,
          "of whom: by age",
        );
        const [moved] = await marksWith(
          `\n${studyWith().replace("incidence: 0.5", "incidence: 0.4")}`,
        );
        assert.deepEqual(moved?.columns, february?.columns);
        const [coded] = await marksWith(studyWith().replace('"X2..."', '"X3..."'));
        assert.equal(coded?.population, february?.population);
        assert.equal(coded?.columns?.["age"], february?.columns?.["age"]);
        assert.notEqual(coded?.columns?.["seen"], february?.columns?.["seen"]);
        const [older] = await marksWith(studyWith().replace("age >= 0", "age >= 1"));
        assert.notEqual(older?.population, february?.population);
        assert.notEqual(older?.columns?.["sex"], february?.columns?.["sex"]);
      },
      { files: { [FILE]: studyWith() } },
    ));

  it("leave out who opted out, as cohorts do", () =>
    inRecordedWorkspace(
      async (folder) => {
        const url = `--database-url=duckdb:${SECRET}/records.duckdb`;
        for (const range of [RANGE, "--index-date-range=2020-04-01"]) {
          await ran(folder, ["generate_cohort", url, range]);
          await ran(folder, ["generate_measures"]);
          const ofFiles = measuresIn(folder);
          rmSync(join(folder, "output"), { recursive: true });
          await ran(folder, ["generate_measures", url, range]);
          assert.deepEqual(measuresIn(folder), ofFiles);
          rmSync(join(folder, "output"), { recursive: true });
        }
      },
      { files: { [FILE]: studyWith() } },
    ));

  it("hide small numbers and round as their measures say", () =>
    inRecordedWorkspace(
      async (folder) => {
        const words = ["generate_measures", `--database-url=${databaseUrl}`, RANGE];
        assert.match(await ran(folder, words), /Small numbers are suppressed in \d measures/);
        const counted = (id: string, place: number): readonly string[] => {
          const text = readFileSync(join(folder, `output/measure_${id}_2020-04-01.csv`), "utf8");
          const rows = text.trimEnd().split("\n").slice(1);
          return rows.map((row) => row.split(",")[place] ?? "none");
        };
        const small = counted("small", 3);
        assert.ok(small.includes(""));
        assert.ok(small.every((cell) => cell === "" || Number(cell) === 0 || Number(cell) > 5));
        const rounded = counted("month", 2).filter((cell) => cell !== "" && Number(cell) !== 0);
        assert.ok(rounded.length > 0 && rounded.every((cell) => Number(cell) % 6 === 3));
      },
      { files: { [FILE]: studyWith() } },
    ));

  it("say in the manifest what they were made from, and are kept as long as that is so", () =>
    inRecordedWorkspace(
      async (folder) => {
        const words = ["generate_measures", `--database-url=${databaseUrl}`, RANGE];
        await ran(folder, words);
        const text = readFileSync(join(folder, "output/cohortline.manifest.json"), "utf8");
        assert.ok(!text.includes(SECRET));
        const { files } = JSON.parse(text) as {
          files: Record<string, { origin: { data: string; index_date: string } }>;
        };
        const { data, index_date: date } = files["measure_sex_2020-03-01.csv"]?.origin ?? {};
        assert.deepEqual([data, date], ["database", "2020-03-01"]);
        assert.match(await ran(folder, [...words, "--skip-existing"]), /^Wrote 0 files .*kept 28 /);
        const other = [...words, "--skip-existing"].map((each) =>
          each.replace("opensafely_include_t1oo=true", "opensafely_include_t1oo=false"),
        );
        assert.match(await ran(folder, other), /^Wrote 28 files/);
      },
      { files: { [FILE]: studyWith() } },
    ));

  it("are refused where only cohort files can tell", () =>
    inRecordedWorkspace(
      async (folder) => {
        const words = ["generate_measures", `--database-url=${databaseUrl}`, RANGE];
        const { code, err } = await cohortline(folder, words);
        assert.equal(code, 1);
        assert.match(err, /Measure "rows" .* has no group_by: .*\[measure-needs-rows\]/);
        assert.match(err, /Measure "joined" needs columns .*: "joined" \[measure-needs-file\]/);
        assert.match(err, /Or run generate_cohort, and then generate_measures without a database/);
        assert.ok(!existsSync(join(folder, "output")));
      },
      {
        files: {
          [FILE]: studyWith(`
  measure(cohort, { id: "rows", numerator: "seen", denominator: "population" }),
  measure(cohort, { id: "joined", numerator: "seen", denominator: "population", groupBy: [fromFile("joined")] }),`).replace(
            "import { codelist,",
            "import { codelist, fromFile,",
          ),
        },
      },
    ));

  it("are refused where fractions are added in groups whose texts are made here", () =>
    inRecordedWorkspace(
      async (folder) => {
        const words = ["generate_measures", `--database-url=${databaseUrl}`, RANGE];
        const { code, err } = await cohortline(folder, words);
        assert.equal(code, 1);
        assert.match(err, /Measure "risky" .*"value".*"risk".* \[measure-needs-order\]/);
        assert.doesNotMatch(err, /"counted"/);
        assert.ok(!existsSync(join(folder, "output")));
      },
      { files: { [FILE]: ofRiskGroups } },
    ));

  it("need index dates, and index dates need a database", () =>
    inRecordedWorkspace(
      async (folder) => {
        const without = await cohortline(folder, [
          "generate_measures",
          `--database-url=${databaseUrl}`,
        ]);
        assert.deepEqual([without.code], [2]);
        assert.match(without.err, /need --index-date-range/);
        const dates = await cohortline(folder, ["generate_measures", RANGE]);
        assert.deepEqual([dates.code], [2]);
        assert.match(dates.err, /is for measures from a database/);
        const url = await cohortline(folder, ["generate_measures", "--from-database", RANGE]);
        assert.match(url.err, /\[no-data-source\]/);
      },
      { files: { [FILE]: studyWith() } },
    ));
});
