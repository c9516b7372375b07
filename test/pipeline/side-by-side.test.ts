import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { smallStudy } from "../commands/workspace.ts";
import { inStudy, studyIn } from "./study-in.ts";

const pair = (patients: number): string => `version: '3.0'
expectations: { population_size: ${patients} }
actions:
${["one", "two"]
  .map(
    (name) => `  ${name}:
    run: cohortextractor:latest generate_cohort --study-definition study_definition_${name} --index-date-range "2020-01-01 to 2020-06-01 by month" --output-dir=output/${name}
    outputs: { highly_sensitive: { cohort: output/${name}/input_*.csv } }
`,
  )
  .join("")}`;

const files = (patients: number) => ({
  "project.yaml": pair(patients),
  "analysis/study_definition_one.ts": smallStudy,
  "analysis/study_definition_two.ts": smallStudy.replaceAll('"asthma_by', '"asthma_two_by'),
});

describe("cohort actions side by side", () => {
  it("make the bytes that they make one after the other, and are known as well", async () => {
    await inStudy(files(500), async ({ folder, run, plan }) => {
      const texts = (): readonly string[] =>
        ["one", "two"].flatMap((name) =>
          readdirSync(join(folder, "output", name))
            .filter((file) => file.startsWith("input_"))
            .map((file) => readFileSync(join(folder, "output", name, file), "utf8")),
        );
      const record = await run(["run_all"], { concurrency: 2 });
      const [first, second] = record.jobs;
      assert.ok((second?.started ?? "9") < (first?.finished ?? ""), "they overlap in time");
      const beside = texts();
      assert.equal(beside.length, 12);
      await run(["one", "two"], { concurrency: 1 });
      assert.deepEqual(texts(), beside);
      assert.deepEqual(await plan(), ["one fresh", "two fresh"]);
      for (const { definitions } of record.jobs) assert.equal(definitions.length, 1);
    });
  });

  it("tell their problems as others do, and leave the other one alone", async () => {
    await inStudy(files(500), async ({ folder, ask, write }) => {
      write("analysis/study_definition_two.ts", smallStudy.replace("F: 0.5", "F: -0.5"));
      const { lines, exitCode } = await ask("run", ["run_all"], { concurrency: 2 });
      assert.equal(exitCode, 1);
      assert.match(lines.join("\n"), /column "sex" in study "study_definition_two"/);
      assert.match(readFileSync(join(folder, "metadata/two.log"), "utf8"), /column "sex"/);
      assert.equal(readdirSync(join(folder, "output/one")).length, 7);
    });
  });

  it("both stop when a person asks for it", async () => {
    const stop = new AbortController();
    let executing = 0;
    const stdout = (line: string): void => {
      if (line.includes('"executing"') && ++executing === 2) stop.abort();
    };
    await inStudy(files(300_000), async ({ folder }) => {
      const record = await studyIn(folder, { signal: stop.signal, stdout }).run(["run_all"]);
      assert.equal(record.status, "interrupted");
      assert.deepEqual(
        record.jobs.map(({ status }) => status),
        ["cancelled_by_user", "cancelled_by_user"],
      );
    });
  });
});
