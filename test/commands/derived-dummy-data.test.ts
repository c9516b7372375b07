import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "./workspace.ts";

/** A band and a hidden condition follow from ages, counts are of all time, a rate is of those who are in. */
const study = (option: string) => `import { codelist, measure, patients, study } from "cohortline";

const codes = codelist(["195967001"], "snomed");
const everybody = { rate: "universal" } as const;

const cohort = study({
  indexDate: "2020-01-01",
  ${option}
  defaultExpectations: { date: { earliest: "2015-01-01", latest: "index_date" }, incidence: 0.4 },
  population: patients.all(),
  columns: {
    age: patients.ageAsOf("index_date", {
      returnExpectations: { ...everybody, int: { distribution: "population_ages" } },
    }),
    band: patients.categorisedAs(
      [
        ["0-17", "age < 18"],
        ["18-64", "age < 65"],
        ["65+", "DEFAULT"],
      ],
      { returnExpectations: { ...everybody, category: { ratios: { "0-17": 0.2, "18-64": 0.5, "65+": 0.3 } } } },
    ),
    asthma: patients.withTheseClinicalEvents(codes, {
      onOrBefore: "index_date",
      includeDateOfMatch: true,
      dateFormat: "YYYY-MM-DD",
    }),
    reviews: patients.withTheseClinicalEvents(codes, {
      onOrBefore: "index_date",
      returning: "number_of_matches_in_period",
      returnExpectations: { int: { distribution: "poisson", mean: 3 } },
    }),
    reviewed: patients.satisfying("asthma AND reviews > 0 AND NOT moved", {
      extraColumns: { moved: patients.registeredAsOf("index_date") },
    }),
  },
});
export default cohort;
export const measures = [
  measure(cohort, { id: "reviewed", numerator: "reviewed", denominator: "asthma", groupBy: "band" }),
];
`;
const derived = { "analysis/study_definition.ts": study('dummyData: "derived",') };
const months = "--index-date-range=2020-01-01 to 2020-12-01 by month";

type Row = Readonly<Record<string, string>>;

function rowsOf(path: string): readonly Row[] {
  const [head = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const names = head.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, i) => [names[i] ?? "", cell])),
  );
}

describe("a study that asks for derived dummy data", () => {
  it("gets cohorts that do not contradict themselves, in a row and from month to month", async () => {
    await inWorkspace(derived, async (folder) => {
      const made = await cohortline(folder, [
        "generate_cohort",
        "--expectations-population=500",
        months,
      ]);
      assert.equal(made.code, 0, made.err);
      assert.match(
        made.err,
        /study_definition\.ts:\d+: .*returnExpectations of "band" are ignored/,
      );
      const cohort = (month: number) =>
        rowsOf(join(folder, `output/input_2020-${String(month).padStart(2, "0")}-01.csv`));
      for (let month = 1; month <= 12; month++) {
        const before = cohort(Math.max(1, month - 1));
        for (const [i, row] of cohort(month).entries()) {
          const age = Number(row["age"]);
          assert.equal(row["band"], age < 18 ? "0-17" : age < 65 ? "18-64" : "65+");
          assert.equal(row["asthma"] === "1", row["asthma_date"] !== "");
          if (row["reviewed"] === "1") {
            assert.ok(row["asthma"] === "1" && Number(row["reviews"]) > 0);
          }
          for (const name of ["asthma", "reviews", "age"]) {
            assert.ok(Number(row[name]) >= Number(before[i]?.[name]), name);
          }
        }
      }
      const measured = await cohortline(folder, ["generate_measures"]);
      assert.equal(measured.code, 0, measured.err);
      const rates = rowsOf(join(folder, "output/measure_reviewed.csv"));
      assert.equal(rates.length, 36);
      assert.ok(rates.every((row) => Number(row["reviewed"]) <= Number(row["asthma"])));
      assert.ok(rates.every((row) => Number(row["reviewed"]) > 0));
    });
  });

  it("is told in check what hidden columns lack, and nothing of those that are worked out", async () => {
    const bare = study('dummyData: "derived",')
      .replace(/\{ returnExpectations: \{ \.\.\.everybody, category.*\} \} \} \},/, "{},")
      .replace('registeredAsOf("index_date")', "mostRecentBmi()");
    await inWorkspace({ "analysis/study_definition.ts": bare }, async (folder) => {
      const checked = await cohortline(folder, ["check"]);
      assert.equal(checked.code, 1);
      assert.match(checked.err, /Column "moved".* cannot have dummy data.* say float/);
      assert.doesNotMatch(checked.err, /"band"|"reviewed"/);
    });
  });

  it("shows the option in its YAML, and a word that it does not take has file and line", async () => {
    await inWorkspace(derived, async (folder) => {
      const shown = await cohortline(folder, ["dump_study_yaml"]);
      assert.match(shown.out, /^ {2}dummy_data: derived$/m);
    });
    const wrong = { "analysis/study_definition.ts": study('dummyData: "Derived" as never,') };
    await inWorkspace(wrong, async (folder) => {
      const checked = await cohortline(folder, ["check"]);
      assert.equal(checked.code, 1);
      assert.match(
        checked.err,
        /study_definition\.ts:6(:\d+)?: study: "dummyData" must be "derived" or "independent", not "Derived"/,
      );
    });
  });
});

describe("a study that runs on records only", () => {
  const onlyReal = (wrong: string) => ({
    "analysis/study_definition.ts": `import { patients, study } from "cohortline";

export default study({
  population: patients.all(),
  columns: {
    sex: patients.sex(),
    born: patients.dateOfBirth({ dateFormat: "YYYY-MM" }),
    ${wrong}
  },
});
`,
  });

  it("passes check --real-data, and check alone says so", async () => {
    await inWorkspace(onlyReal(""), async (folder) => {
      const alone = await cohortline(folder, ["check"]);
      assert.equal(alone.code, 1);
      assert.match(alone.err, /"born".* cannot have dummy data.*\n.*check --real-data/);
      const real = await cohortline(folder, ["check", "--real-data"]);
      assert.deepEqual([real.code, real.err], [0, ""]);
    });
  });

  it("is told there of all else, and not of expectations where a database answers", async () => {
    const wrong = onlyReal("age: patients.ageAsOf('index_dat'),");
    const twisted = onlyReal(
      "a: patients.mostRecentBmi({ returnExpectations: { incidence: 2 } }),",
    );
    await inWorkspace(wrong, async (folder) => {
      for (const words of [
        ["check", "--real-data"],
        ["generate_cohort", "--database-url", "duckdb:records"],
      ]) {
        const { code, err } = await cohortline(folder, words);
        assert.equal(code, 1);
        assert.match(err, /Unknown date name 'index_dat'/);
        assert.doesNotMatch(err, /missing-expectation/);
      }
    });
    await inWorkspace(twisted, async (folder) => {
      const { code, err } = await cohortline(folder, ["check", "--real-data"]);
      assert.equal(code, 1);
      assert.match(err, /"incidence" must be a number above 0/);
      assert.doesNotMatch(err, /missing-expectation/);
    });
  });
});
