import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readActionWords } from "../../engine/options/read-words.ts";
import { pageFacts } from "../../engine/pipeline/run/page-facts.ts";

const requestOf = (...words: readonly string[]) => readActionWords(words).request;
const output = (path: string, level: "highly_sensitive" | "moderately_sensitive") => ({
  ...{ path, level, withheld: null },
});

describe("what a run knows of a page that it makes", () => {
  it("is that exact numbers stay exact, whatever was said of its level before", () => {
    assert.equal(pageFacts(requestOf("cohort_report", "--exact"), []).isExact, true);
    assert.equal(pageFacts(requestOf("cohort_report"), []).isExact, false);
  });

  it("is which measures it draws that researchers must not see, in its folder however that is written", () => {
    const needed = [
      output("output/measure_kept.csv", "highly_sensitive"),
      output("output/measure_seen.csv", "moderately_sensitive"),
      { ...output("output/measure_held.csv", "moderately_sensitive"), withheld: "holds names" },
      output("output/input_2020-01-01.csv", "highly_sensitive"),
      output("other/measure_elsewhere.csv", "highly_sensitive"),
    ];
    const [kept, held, elsewhere] = [
      "output/measure_kept.csv",
      "output/measure_held.csv",
      "other/measure_elsewhere.csv",
    ];
    for (const folder of ["output", "./output/", "output/.", "other/../output"])
      for (const command of ["measures_report", "audit"]) {
        const request = requestOf(command, "--output-dir", folder);
        assert.deepEqual(pageFacts(request, needed).drawnFrom, [kept, held]);
      }
    const compared = requestOf("audit", "--earlier", "./other");
    assert.deepEqual(pageFacts(compared, needed).drawnFrom, [kept, held, elsewhere]);
    for (const [pattern, drawn] of [
      ["output/measure_*.csv", [kept, held]],
      ["./output//measure_[hk]*.csv", [kept, held]],
      ["output/measure_kep?.csv", [kept]],
      ["*/measure_*.csv", [kept, held, elsewhere]],
      ["output/measure_seen.csv", []],
    ] as const) {
      const request = requestOf("deciles_charts", "--input-files", pattern);
      assert.deepEqual(pageFacts(request, needed).drawnFrom, drawn, pattern);
    }
  });

  it("is nothing of other commands", () => {
    assert.equal(pageFacts(requestOf("generate_measures"), []).isPage, false);
    assert.equal(pageFacts(null, []).isPage, false);
  });
});
