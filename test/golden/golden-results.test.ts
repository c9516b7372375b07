import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { blocksOf } from "../house/markdown.ts";
import { comparatorsFile, goldenResults, resultFile, resultText } from "./golden-results.ts";
import type { GoldenResult } from "./golden-results.ts";

const studies = join(import.meta.dirname, "../../study-definitions");

// After a change that is meant, `npm run golden` writes the files anew.
describe("the example studies", () => {
  for (const result of goldenResults) {
    it(`give the agreed cohorts and measures: ${result.study}, from ${result.source}`, async () => {
      assert.equal(await resultText(result), readFileSync(resultFile(result), "utf8"));
    });
  }
});

describe("the pages of the example studies", () => {
  for (const result of goldenResults.filter(({ source }) => source === "patients")) {
    it(`show lines of what the study gives: ${result.study}`, () => {
      const page = readFileSync(join(studies, result.study, "README.md"), "utf8");
      const tables = blocksOf(page).filter(({ language }) => language === "csv");
      assert.equal(tables.length, 1);
      for (const { file, body } of tables) {
        const lines = linesOfFile(result, file ?? "");
        const shown = body.trimEnd().split("\n");
        assert.deepEqual(
          shown.filter((line) => !lines.includes(line)),
          [],
        );
      }
    });
  }
});

/** Of a file that was agreed on. */
function linesOfFile(result: GoldenResult, path: string): readonly string[] {
  if (path === "output/comparators.csv") {
    return readFileSync(comparatorsFile(result), "utf8").split("\n");
  }
  const parts = readFileSync(resultFile(result), "utf8").split(/^== /m);
  return parts.find((part) => part.startsWith(`${path}\n`))?.split("\n") ?? [];
}
