import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { functionTable } from "../../engine/definition/function-table.ts";
import { readings } from "../../engine/schema/omop/readings.ts";
import { usualVocabularies } from "../../engine/schema/vocabulary-settings.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { page } from "./pages.ts";
import { typedWalk } from "./typed-walk.ts";

const own = page("engine/schema/omop/README.md");
const { text } = own;

describe("the page of records in OMOP", () => {
  it("goes from nothing to measures as it is typed", () =>
    inScratchFolder((folder) => {
      const { status, stdout, stderr } = typedWalk(own, folder);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^source: CDM v5\.4, vocabulary /m);
      assert.match(stdout, /^vocabularies: .*SNOMED \d+/m);
      assert.match(stdout, /^persons: \d*[05]; (?:0|fewer than 8|[\d,]*\d[05]) neither M nor F/m);
      assert.match(stdout, /^conditions: [\d,]*[05]; \d+ % without a source concept/m);
      assert.match(
        stdout,
        /^events before birth: (?:0|fewer than 8); after death: (?:0|fewer than 8|\d*[05]) /m,
      );
      assert.match(
        stdout,
        /codelist codelists\/asthma\.csv \(snomed in SNOMED\): 2 of 2 codes found/,
      );
      const file = join(folder, "asthma", "output", "measure_asthma_by_age_group.csv");
      const months = readFileSync(file, "utf8").trimEnd().split("\n").slice(1);
      assert.deepEqual(
        [...new Set(months.map((line) => line.split(",").at(-1)))],
        ["2020-01-01", "2020-02-01", "2020-03-01"],
      );
      return Promise.resolve();
    }));

  it("names every system of codes, and every function that is read in a way of its own", () => {
    const missing = [...Object.keys(usualVocabularies), ...Object.keys(readings)]
      .filter((name) => name !== "dmd")
      .filter((name) => !text.includes(`\`${name}\``));
    assert.deepEqual(missing, []);
    const functions = [...text.matchAll(/^\| (`[^|]*`)/gm)]
      .flatMap(([, cell = ""]) => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, name = ""]) => name))
      .filter((name) => name.includes("_") && !name.startsWith("source_"));
    assert.deepEqual(
      functions.filter((name) => !Object.hasOwn(functionTable, name)),
      [],
    );
  });
});
