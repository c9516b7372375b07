import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { inStudy, smallPipeline } from "./study-in.ts";

describe("measures with --skip-existing", () => {
  const project = (smallPipeline["project.yaml"] ?? "").replace(
    "generate_measures --output-dir=output",
    "generate_measures --skip-existing --output-dir=output",
  );
  const study = smallPipeline["analysis/study_definition.ts"] ?? "";
  const fewer = study.slice(0, study.lastIndexOf("  measure(cohort")) + "];\n";

  it("go on from the action's last outputs, and forget what the study has no more", async () => {
    await inStudy({ ...smallPipeline, "project.yaml": project }, async ({ folder, run, write }) => {
      const measures = (): readonly string[] =>
        readdirSync(join(folder, "output")).filter((name) => name.startsWith("measure_"));
      const log = (): string =>
        readFileSync(join(folder, "metadata/generate_measures.log"), "utf8");
      await run(["generate_measures"]);
      assert.equal(measures().length, 6);
      assert.doesNotMatch(log(), / kept measure/);
      write("analysis/study_definition.ts", fewer);
      const record = await run(["run_all"], { continueOnError: true });
      assert.match(log(), /kept measure_asthma_by_sex_2020-01-01\.csv/);
      assert.deepEqual(measures(), [
        "measure_asthma_by_sex.csv",
        "measure_asthma_by_sex_2020-01-01.csv",
        "measure_asthma_by_sex_2020-02-01.csv",
      ]);
      const made = record.jobs.find(({ action }) => action === "generate_measures");
      assert.equal(made?.outputs.length, 3);
    });
  });

  it("begin anew where the action is requested explicitly", async () => {
    await inStudy({ ...smallPipeline, "project.yaml": project }, async ({ folder, run }) => {
      await run(["generate_measures"]);
      await run(["generate_measures"]);
      const log = readFileSync(join(folder, "metadata/generate_measures.log"), "utf8");
      assert.doesNotMatch(log, / kept measure/);
    });
  });
});
