import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { formNames } from "../../engine/schema/mapping/forms.ts";
import { mappedKind } from "../../engine/schema/mapping/mapped-kind.ts";
import { readMapping } from "../../engine/schema/mapping/read-mapping.ts";
import { page } from "./pages.ts";
import { typedWalk } from "./typed-walk.ts";

const own = page("engine/schema/mapping/README.md");
const { blocks, text } = own;

describe("the page of records of a layout of their own", () => {
  it("goes from nothing to measures as it is typed", () =>
    inScratchFolder((folder) => {
      const { status, stdout, stderr } = typedWalk(own, folder);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /patient_id: nr/);
      assert.match(stdout, /practice_registrations: 200 rows/);
      const file = join(folder, "ward", "output", "measure_asthma_by_age_group.csv");
      const numbers = Array.from({ length: 200 }, (_, i) => i + 1);
      // On 1 February nobody has had a birthday in May yet.
      const inGroup = numbers.filter((nr) => 2023 - (1940 + (nr % 60)) - 1 < 65);
      const withAsthma = inGroup.filter((nr) => nr <= 150 && nr % 3 === 1);
      const row = `18-64,${withAsthma.length}.0,${inGroup.length},`;
      assert.ok(
        readFileSync(file, "utf8")
          .split("\n")
          .some((line) => line.startsWith(row) && line.endsWith(",2023-02-01")),
        row,
      );
      return Promise.resolve();
    }));

  it("shows mapping files that are in order", () => {
    const files = blocks.filter(({ language }) => language === "yaml");
    assert.ok(files.length > 0);
    for (const { body } of files) {
      const { mapping, problems } = readMapping(body, "records.yaml");
      assert.deepEqual(problems, []);
      assert.deepEqual(mapping === null ? null : mappedKind(mapping, "").problems, []);
    }
  });

  it("names every expression", () => {
    const told = [...text.matchAll(/^\| `\{(\w+):/gm)].map(([, name]) => name);
    assert.deepEqual([...told].sort(), ["column", "value", ...formNames].sort());
  });
});
