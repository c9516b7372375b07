/** What keeps a pipeline from measuring, or showing, what it should not. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { codesOf } from "../commands/measured-workspace.ts";
import { cohortline, smallStudy } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { inStudy, smallPipeline } from "./study-in.ts";

const cohorts = `version: '3.0'
expectations: { population_size: 30 }
actions:
  cohorts:
    run: cohortextractor:latest generate_cohort --index-date-range "2020-01-01 to 2020-02-01 by month"
    outputs: { highly_sensitive: { cohort: output/input_*.csv } }
`;
const program = (name: string, outputs: string, needs = "cohorts"): string => `  ${name}:
    run: node:v1 node analysis/${name}.js
    needs: [${needs}]
    outputs: { highly_sensitive: { files: ${outputs} } }
`;
const measures = (
  needs: string,
  folder: string,
  level = "moderately_sensitive",
): string => `  measures:
    run: cohortextractor:latest generate_measures --output-dir=${folder}
    needs: [${needs}]
    outputs: { ${level}: { measures: ${folder}/measure_*.csv } }
`;
const pipeline = (study: string, ...actions: readonly string[]): Files => ({
  "analysis/study_definition.ts": study,
  "project.yaml": `${cohorts}${actions.join("")}`,
});
const bare = smallStudy.replaceAll("smallNumberSuppression: true,", "");

const jobOf = (record: RunRecord, action: string) =>
  record.jobs.find((each) => each.action === action);

const measureFiles = (folder: string): readonly string[] =>
  readdirSync(join(folder, "output")).filter((name) => name.startsWith("measure_"));

describe("cohort files between two actions", () => {
  it("are refused where somebody changed them meanwhile", async () => {
    const files = pipeline(
      smallStudy,
      program("meddle", "output/done.txt"),
      measures("cohorts, meddle", "output"),
    );
    await inStudy(files, async ({ folder, run, write }) => {
      const cohort = JSON.stringify(join(folder, "output/input_2020-02-01.csv"));
      write(
        "analysis/meddle.js",
        `const fs = require("fs");
         fs.writeFileSync(${cohort}, fs.readFileSync(${cohort}, "utf8").replace(",F,", ",M,"));
         fs.writeFileSync("output/done.txt", "");`,
      );
      const record = await run(["measures"]);
      assert.equal(jobOf(record, "meddle")?.status, "succeeded");
      const { status, message = "" } = jobOf(record, "measures") ?? {};
      assert.equal(status, "nonzero_exit");
      assert.match(message, /1 cohort file .* has been modified .*: "input_2020-02-01\.csv"/);
      assert.deepEqual(measureFiles(folder), []);
    });
  });

  it("may be another action's than generate_cohort, as it declares them, and are refused if changed since", async () => {
    const joined = `
      const fs = require("fs");
      fs.mkdirSync("output/joined");
      for (const name of fs.readdirSync("output").filter((each) => each.startsWith("input_"))) {
        const [head, ...rows] = fs.readFileSync("output/" + name, "utf8").trim().split("\\n");
        const lines = [head + ",region", ...rows.map((row) => row + ",x"), ""];
        fs.writeFileSync("output/joined/" + name, lines.join("\\n"));
      }`;
    const study = smallStudy
      .replace('groupBy: "sex"', 'groupBy: fromFile("region")')
      .replace("measure,", "fromFile, measure,");
    const files = pipeline(
      study,
      program("joined", "output/joined/input_*.csv"),
      measures("joined", "output/joined"),
    );
    await inStudy({ ...files, "analysis/joined.js": joined }, async ({ folder, run }) => {
      const job = jobOf(await run(["measures"]), "measures");
      assert.equal(job?.status, "succeeded", job?.message);
      const table = readFileSync(join(folder, "output/joined/measure_asthma_by_sex.csv"), "utf8");
      assert.match(table, /^region,/);
    });
    const meddled = pipeline(
      study,
      program("joined", "output/joined/input_*.csv"),
      program("meddle", "output/done.txt", "joined"),
      measures("joined, meddle", "output/joined"),
    );
    await inStudy({ ...meddled, "analysis/joined.js": joined }, async ({ folder, run, write }) => {
      const cohort = JSON.stringify(join(folder, "output/joined/input_2020-02-01.csv"));
      write(
        "analysis/meddle.js",
        `const fs = require("fs");
         fs.appendFileSync(${cohort}, "\\n");
         fs.mkdirSync("output", { recursive: true });
         fs.writeFileSync("output/done.txt", "");`,
      );
      const record = await run(["measures"]);
      assert.equal(jobOf(record, "meddle")?.status, "succeeded");
      assert.match(
        jobOf(record, "measures")?.message ?? "",
        /has been modified .*"input_2020-02-01\.csv"/,
      );
    });
  });

  it("are refused where dummy lie beside real ones, and warned about in the log where they differ", async () => {
    await inStudy(smallPipeline, async ({ folder, run }) => {
      await run(["generate_cohorts"]);
      const path = join(folder, "output/cohortline.manifest.json");
      const alter = (origin: object): void => {
        const held = JSON.parse(readFileSync(path, "utf8")) as {
          files: Record<string, { origin: object }>;
        };
        Object.assign(held.files["input_2020-02-01.csv"]?.origin ?? {}, origin);
        writeFileSync(path, JSON.stringify(held));
      };
      alter({ data: "database" });
      const mixed = jobOf(await run(["generate_measures"]), "generate_measures");
      assert.equal(mixed?.status, "nonzero_exit");
      assert.match(mixed.message, /mix dummy and real data/);
      assert.deepEqual(measureFiles(folder), []);
      alter({ data: "dummy", engine: "0.0.9" });
      const strict = jobOf(await run(["generate_measures"], { strict: true }), "generate_measures");
      assert.match(strict?.message ?? "", /different versions of cohortline: .*0\.0\.9/);
      const told = jobOf(await run(["generate_measures"]), "generate_measures");
      assert.equal(told?.status, "succeeded");
      const log = readFileSync(join(folder, told.log ?? ""), "utf8");
      assert.equal(log.match(/\[cohort-files-differ\]/g)?.length, 1, log);
    });
  });
});

describe("measures without suppression", () => {
  it("are named once by run, check and the report, with the way out, and refused by --strict", async () => {
    const files = pipeline(bare, measures("cohorts", "output"));
    await inStudy(files, async ({ folder, ask, run }) => {
      const strict = jobOf(await run(["measures"], { strict: true }), "measures");
      assert.equal(strict?.status, "nonzero_exit");
      assert.match(strict.message, /"asthma_by_sex", "asthma_by_age" .* show small numbers/);
      assert.deepEqual(measureFiles(folder), []);
      const job = jobOf(await run(["measures"]), "measures");
      assert.equal(job?.status, "succeeded");
      const named = (text: string): number => text.match(/small numbers/g)?.length ?? 0;
      const notes = job.notes.filter((note) => named(note) > 0);
      assert.equal(notes.length, 1);
      assert.match(
        notes[0] ?? "",
        /"asthma_by_sex", "asthma_by_age" show small numbers .*midpoint6/,
      );
      const { lines } = await ask("report", [], { json: true });
      const page = readFileSync(join(folder, "metadata/report-2.html"), "utf8");
      assert.equal(named(page), 1, lines.join("\n"));
      const check = await cohortline(folder, ["check"]);
      assert.deepEqual(
        [check.code, codesOf(check).filter((each) => each.startsWith("measures"))],
        [0, ["measures-not-suppressed"]],
      );
      assert.equal((await cohortline(folder, ["check", "--strict"])).code, 1);
    });
  });

  it("are of no concern where nobody sees their files", async () => {
    const files = pipeline(bare, measures("cohorts", "output", "highly_sensitive"));
    await inStudy(files, async ({ run }) => {
      const job = jobOf(await run(["measures"], { strict: true }), "measures");
      assert.deepEqual([job?.status, job?.notes], ["succeeded", []]);
    });
  });
});
