import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "./workspace.ts";

/** `extra` holds a column `deprivation` that serves the population only. */
const studyWith = (measures: string): Readonly<Record<string, string>> => ({
  "analysis/study_definition.ts": `import { fromFile, measure, patients, study } from "cohortline";
const sexes = { rate: "universal", category: { ratios: { F: 0.5, M: 0.5 } } };
const cohort = study({
  indexDate: "2020-01-01",
  population: patients.satisfying("deprivation != 0", {
    extraColumns: {
      deprivation: patients.addressAsOf("index_date", "index_of_multiple_deprivation", {
        roundToNearest: 100,
        returnExpectations: { rate: "universal", category: { ratios: { "100": 1 } } },
      }),
    },
  }),
  columns: { sex: patients.sex({ returnExpectations: sexes }) },
});
export default cohort;
const everybody = { numerator: "population", denominator: "population" };
export const measures = [
${measures}
];
`,
});

const DATES = ["2020-01-01", "2020-02-01", "2020-03-01"];

function writeCohorts(folder: string, text: string, dates: readonly string[] = DATES): void {
  mkdirSync(join(folder, "output"), { recursive: true });
  for (const date of dates) writeFileSync(join(folder, `output/input_${date}.csv`), text);
}

describe("a column that a measure names", () => {
  const misspelt = studyWith(
    ["a", "b", "c", "d"]
      .map((id) => `  measure(cohort, { id: "${id}", ...everybody, groupBy: ["sexx"] as never }),`)
      .join("\n"),
  );

  it("is checked before anything is made: a wrong name is one problem with file and line", async () => {
    await inWorkspace(misspelt, async (folder) => {
      for (const command of ["check", "generate_cohort"]) {
        const words = command === "check" ? [command] : [command, "--expectations-population=5"];
        const { code, err } = await cohortline(folder, words);
        assert.equal(code, 1);
        assert.match(err, /^analysis\/study_definition\.ts:18: Measures "a", "b", "c" and 1 more/);
        assert.match(err, /"sexx", which the study does not define \[measure-unknown-column\]/);
        assert.match(err, /Nearest: "sex"\..* fromFile\("sexx"\)/);
        assert.equal(err.match(/sexx", which/g)?.length, 1);
      }
    });
  });

  const hidden = studyWith(
    `  measure(cohort, { id: "by_hidden", ...everybody, groupBy: ["sex", fromFile("deprivation")] }),
  measure(cohort, { id: "unmarked", ...everybody, groupBy: ["deprivation"] as never }),`,
  );

  it("may be hidden in another one where another action adds it to the files", async () => {
    await inWorkspace(hidden, async (folder) => {
      const { code, err } = await cohortline(folder, ["check"]);
      assert.equal(code, 0);
      assert.match(err, /^warning: analysis\/study_definition\.ts:19: Measure "unmarked" of study/);
      assert.match(err, /"deprivation", which is hidden inside another column/);
      assert.ok(!err.split("[measure-hidden-column]")[0]?.includes("by_hidden"));
      writeCohorts(folder, "patient_id,sex,deprivation\n1,F,1\n2,M,2\n3,F,2\n");
      assert.equal((await cohortline(folder, ["generate_measures"])).code, 0);
      const text = readFileSync(join(folder, "output/measure_by_hidden_2020-02-01.csv"), "utf8");
      assert.deepEqual(text.split("\n").slice(1, -1), [
        "F,1,1,1.0",
        "F,2,1,1.0",
        "M,1,0,",
        "M,2,1,1.0",
      ]);
    });
  });

  it("is told once for each measure where files lack it, with the number of dates", async () => {
    const marked = studyWith(
      ["a", "b"]
        .map(
          (id) => `  measure(cohort, { id: "${id}", ...everybody, groupBy: [fromFile("band")] }),`,
        )
        .join("\n"),
    );
    await inWorkspace(marked, async (folder) => {
      writeCohorts(folder, "patient_id,sex,bandd\n1,F,x\n");
      const all = await cohortline(folder, ["generate_measures"]);
      assert.equal(all.code, 1);
      assert.equal(all.err.match(/measure-column-missing/g)?.length, 2, all.err);
      assert.match(all.err, /Measure "a" groups by "band", which none of the 3 cohort files has/);
      assert.match(all.err, /Nearest: "bandd"/);
      writeCohorts(folder, "patient_id,sex,band\n1,F,x\n", ["2020-02-01"]);
      const some = await cohortline(folder, ["generate_measures"]);
      assert.equal(some.err.match(/measure-column-missing/g)?.length, 2, some.err);
      assert.match(
        some.err,
        /which 2 of 3 cohort files do not have: "input_2020-01-01\.csv", "input_2020-03-01\.csv"/,
      );
    });
  });
});
