/** What may be seen of small numbers, from a study to the files that generate_measures writes. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { FILE, study } from "./measured-workspace.ts";
import { cohortline, inWorkspace } from "./workspace.ts";

/** Patients of each sex, and how many of them are ill. */
type Counts = Readonly<Record<string, readonly [patients: number, ill: number]>>;

function cohortOf(counts: Counts): string {
  const rows = Object.entries(counts).flatMap(([sex, [patients, ill]]) =>
    Array.from({ length: patients }, (_, at) => `${sex},${at < ill ? 1 : 0}`),
  );
  return ["patient_id,sex,asthma", ...rows.map((row, at) => `${at + 1},${row}`), ""].join("\n");
}

const january: Counts = { F: [40, 23], M: [30, 5], I: [8, 8], X: [90, 5] };
const february: Counts = { F: [40, 23], M: [30, 7] };

/** How a measure says that small numbers are treated, and the rows of its file for January. */
const said: Readonly<Record<string, readonly [options: string, rows: readonly string[]]>> = {
  five: ["smallNumberSuppression: true", ["F,23.0,40,0.575", "I,8.0,8,1.0", "M,,30,", "X,,90,"]],
  ten: [
    "smallNumberSuppression: { threshold: 10 }",
    ["F,23.0,40.0,0.575", "I,,,", "M,,,", "X,,90.0,"],
  ],
  midpoint: [
    'smallNumberSuppression: false, rounding: "midpoint6"',
    [
      "F,21.0,39,0.5384615384615384",
      "I,9.0,9,1.0",
      "M,3.0,27,0.1111111111111111",
      "X,3.0,87,0.034482758620689655",
    ],
  ],
  tens: [
    "smallNumberSuppression: true, rounding: { to: 10 }",
    ["F,20.0,40,0.5", "I,10.0,10,1.0", "M,,30,", "X,,90,"],
  ],
  bare: [
    "smallNumberSuppression: false",
    [
      "F,23.0,40,0.575",
      "I,8.0,8,1.0",
      "M,5.0,30,0.16666666666666666",
      "X,5.0,90,0.05555555555555555",
    ],
  ],
};

function studyOf(options: Readonly<Record<string, string>>): string {
  const measures = Object.entries(options).map(
    ([id, words]) =>
      `measure(cohort, { id: "${id}", numerator: "asthma", denominator: "population", groupBy: "sex", ${words} }),`,
  );
  return study().replace(/^ {2}measure\(.*$/m, measures.join("\n"));
}

const plain = Object.fromEntries(Object.entries(said).map(([id, [options]]) => [id, options]));

/** A folder in which these cohorts lie, as a person may put them there. */
function inCohorts(act: (folder: string) => Promise<void>): Promise<void> {
  return inWorkspace({ [FILE]: studyOf(plain) }, async (folder) => {
    mkdirSync(join(folder, "output"));
    for (const [month, counts] of [
      ["01", january],
      ["02", february],
    ] as const) {
      writeFileSync(join(folder, `output/input_2020-${month}-01.csv`), cohortOf(counts));
    }
    await act(folder);
  });
}

const rowsOf = (folder: string, name: string): readonly string[] =>
  readFileSync(join(folder, "output", name), "utf8")
    .trim()
    .split("\n")
    .slice(1);

describe("the files of measures", () => {
  it("show no number that their measure hides or rounds, for a date and for all", async () => {
    await inCohorts(async (folder) => {
      assert.equal((await cohortline(folder, ["generate_measures"])).code, 0);
      for (const [id, [, expected]] of Object.entries(said)) {
        assert.deepEqual(rowsOf(folder, `measure_${id}_2020-01-01.csv`), expected, id);
        const all = rowsOf(folder, `measure_${id}.csv`);
        assert.deepEqual(
          all.filter((row) => row.endsWith(",2020-01-01")),
          expected.map((row) => `${row},2020-01-01`),
          id,
        );
      }
    });
  });

  it("are named beforehand where they show small numbers, and no others", async () => {
    const more = { ...plain, fives: "smallNumberSuppression: false, rounding: { to: 5 }" };
    await inWorkspace({ [FILE]: studyOf(more) }, async (folder) => {
      const { err } = await cohortline(folder, ["check"]);
      assert.match(err, /Measures "bare", "fives" of study "\w+" show small numbers/);
    });
  });

  it("are made again with --skip-existing where only the treatment of small numbers changed", async () => {
    await inCohorts(async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      const other = {
        ...plain,
        bare: "smallNumberSuppression: true",
        tens: "smallNumberSuppression: true, rounding: { to: 5 }",
      };
      writeFileSync(join(folder, FILE), studyOf(other));
      const { out } = await cohortline(folder, ["generate_measures", "--skip-existing"]);
      assert.match(out, /^Wrote 6 files to output.*, kept 9 files/s);
      assert.deepEqual(rowsOf(folder, "measure_bare_2020-01-01.csv"), said["five"]?.[1]);
    });
  });

  it("are made again with --skip-existing where their cohort file has other rows now", async () => {
    await inCohorts(async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      const other = cohortOf({ ...february, F: [40, 24] });
      writeFileSync(join(folder, "output/input_2020-02-01.csv"), other);
      const { out } = await cohortline(folder, ["generate_measures", "--skip-existing"]);
      assert.match(out, /^Wrote 10 files to output.*, kept 5 files/s);
      assert.match(rowsOf(folder, "measure_bare_2020-02-01.csv")[0] ?? "", /^F,24\.0,40,/);
    });
  });

  it("are described in the manifest: columns, treatment of small numbers, whether rows are patients", async () => {
    const ofSexes = studyOf({ ...plain, each: "smallNumberSuppression: false" });
    const ofEach = ofSexes.replace(/(id: "each".*)groupBy: "sex"/, "$1groupBy: []");
    await inWorkspace({ [FILE]: ofEach }, async (folder) => {
      mkdirSync(join(folder, "output"));
      writeFileSync(join(folder, "output/input_2020-01-01.csv"), cohortOf(january));
      const { code, err } = await cohortline(folder, ["generate_measures"]);
      assert.equal(code, 0, err);
      const { files } = JSON.parse(
        readFileSync(join(folder, "output/cohortline.manifest.json"), "utf8"),
      ) as { files: Record<string, unknown> };
      const described = (id: string, threshold: number | null, rounding: unknown) => ({
        measure: {
          ...{ id, groups: ["sex"], numerator: "asthma", denominator: "population" },
          ...{ threshold, rounding },
        },
      });
      const all: Readonly<Record<string, unknown>> = {
        five: described("five", 5, null),
        ten: described("ten", 10, null),
        midpoint: described("midpoint", null, "midpoint6"),
        tens: described("tens", 5, { to: 10 }),
        bare: described("bare", null, null),
        each: {
          measure: { ...described("each", null, null).measure, groups: [] },
          patient_level: true,
        },
      };
      for (const [id, expected] of Object.entries(all)) {
        for (const name of [`measure_${id}.csv`, `measure_${id}_2020-01-01.csv`]) {
          const { measure, patient_level } = files[name] as Record<string, unknown>;
          const found = patient_level === undefined ? { measure } : { measure, patient_level };
          assert.deepEqual(found, expected, name);
        }
      }
    });
  });
});
