/** Who may see what a population's conditions leave of the patients. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { enclose } from "../../engine/files/enclosure.ts";
import { checkLevels } from "../../engine/release/check-output.ts";
import { cohortline, inWorkspace, smallStudy } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { inStudy } from "./study-in.ts";

const outputs = (level: string, pattern: string): string =>
  level === "highly_sensitive"
    ? `${level}: { cohort: output/input_*.csv, attrition: "${pattern}" }`
    : `highly_sensitive: { cohort: output/input_*.csv }, ${level}: { attrition: "${pattern}" }`;

const project = (words: string, level: string, pattern = "output/attrition*.csv"): Files => ({
  "analysis/study_definition.ts": smallStudy,
  "project.yaml": `version: '3.0'
expectations: { population_size: 30 }
actions:
  cohorts:
    run: cohortextractor:latest generate_cohort --index-date-range "2020-01-01 to 2020-02-01 by month" ${words}
    outputs: { ${outputs(level, pattern)} }
`,
});

async function checked(files: Files): Promise<string> {
  return inWorkspace(files, async (folder) => (await cohortline(folder, ["check"])).err);
}

describe("attrition in a pipeline", () => {
  it("may be seen by researchers where it is rounded", () =>
    inStudy(project("--attrition", "moderately_sensitive"), async ({ run }) => {
      const record = await run(["cohorts"]);
      const [attrition] = record.jobs[0]?.outputs ?? [];
      assert.deepEqual(
        [attrition?.path, attrition?.level, attrition?.withheld],
        ["output/attrition.csv", "moderately_sensitive", null],
      );
    }));

  it("is as sensitive as cohorts where it is exact", async () => {
    const exact = (level: string) => checked(project("--exact-attrition", level));
    assert.match(await exact("moderately_sensitive"), /\[cohort-levels\]/);
    assert.match(
      await checked(project("--attrition --exact-attrition", "moderately_sensitive")),
      /\[cohort-levels\]/,
    );
    assert.equal(
      await checked(project("--exact-attrition", "highly_sensitive", "output/attrition.csv")),
      "",
    );
  });

  it("is withheld where the engine knows that it is exact, whatever it was declared", () =>
    inWorkspace({ "attrition.csv": "index_date,step\n2020-01-01,0\n" }, async (folder) => {
      const file = join(folder, "attrition.csv");
      const output = {
        ...{ file, within: enclose(folder), path: "output/attrition.csv" },
        ...{ patientLevel: false, drawnFrom: [], madeByEngine: true },
      };
      const { outputs } = await checkLevels(
        [true, false].map((exactNumbers) => ({ ...output, exactNumbers })),
        [],
      );
      const [exact, rounded] = outputs.map(({ withheld }) => withheld);
      assert.match(exact ?? "", /exact numbers of patients/);
      assert.equal(rounded, null);
    }));

  it("lets no other file of the action out", async () => {
    for (const pattern of ["output/input_2020-01-01.csv", "output/*.csv", "output/other.csv"]) {
      const said = await checked(project("--attrition", "moderately_sensitive", pattern));
      assert.match(said, /\[cohort-levels\]/, pattern);
    }
  });

  it("is missed before anything runs where nobody asks for it", async () => {
    const files = project("", "highly_sensitive");
    assert.match(await checked(files), /\[cohort-output-missed\]/);
  });
});
