import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { goldenResults, resultFile, resultText } from "./golden-results.ts";

// After a change that is meant, `npm run golden` writes the files anew.
describe("the example studies", () => {
  for (const result of goldenResults) {
    it(`give the agreed cohorts and measures: ${result.study}, from ${result.source}`, async () => {
      assert.equal(await resultText(result), readFileSync(resultFile(result), "utf8"));
    });
  }
});
