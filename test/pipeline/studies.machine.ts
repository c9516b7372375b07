/**
 * The example studies from cohorts to measures, as a person runs them, from dummy data and from
 * `fixtures/patients`: needs Python. `npm run test:pipeline`.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { comparatorsFile, goldenResults, resultFile } from "../golden/golden-results.ts";
import type { GoldenResult } from "../golden/golden-results.ts";

const root = join(import.meta.dirname, "../..");

const dataOf = {
  "dummy-data": [],
  patients: ["--database-url", `duckdb:${join(root, "fixtures/patients")}`],
} as const;

/** By study, cohort files of a date that the golden results hold too, those of its Python programs among them. */
const alsoGolden: Readonly<Record<string, readonly string[]>> = {
  "prescribing-safety": ["output/input_2021-12-01.csv"],
  "vaccine-coverage": ["output/input_2021-12-27.csv"],
  "covid-matched-cohort": ["output/input_comparators.csv"],
  "hospital-activity": ["output/joined/input_2020-04-01.csv"],
};

describe("the pipelines of the example studies", () => {
  for (const result of goldenResults) {
    it(`end with the agreed files: ${result.study}, from ${result.source}`, () =>
      inWorkspace({}, async (folder) => {
        for (const part of ["analysis", "codelists", "project.yaml"]) {
          const of = join(root, "study-definitions", result.study, part);
          cpSync(of, join(folder, part), { recursive: true });
        }
        const checked = await cohortline(folder, ["check", "--strict"]);
        assert.equal(checked.code, 0, checked.out + checked.err);
        assert.doesNotMatch(checked.out + checked.err, /warning/i);
        const words = ["run", "run_all", "--local-tools", ...dataOf[result.source]];
        const { code, out, err } = await cohortline(folder, words);
        assert.equal(code, 0, out + err);
        checkAgreed(folder, result);
      }));
  }
});

function checkAgreed(folder: string, result: GoldenResult): void {
  const agreed = readFileSync(resultFile(result), "utf8");
  for (const path of alsoGolden[result.study] ?? []) {
    const checksum = createHash("sha256")
      .update(readFileSync(join(folder, path)))
      .digest("hex");
    assert.match(agreed, new RegExp(`^== ${path}: \\d+ patients, sha256 ${checksum}$`, "m"));
  }
  if (result.study !== "covid-matched-cohort") return;
  const chosen = readFileSync(join(folder, "output/comparators.csv"), "utf8");
  assert.equal(chosen, readFileSync(comparatorsFile(result), "utf8"));
}
