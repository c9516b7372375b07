import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { measureFiles } from "./measure-texts.ts";

const files = measureFiles({
  ill_by_sex: {
    groups: ["sex"],
    rows: {
      F: [
        [20, 100],
        [null, 100],
        [30, 100],
      ],
      "<b>& M": [[10, 100]],
    },
  },
});

describe("measures_report --pictures", () => {
  it("writes each picture as svg and png, the same bytes each time, with title, unit and source inside", async () => {
    await inWorkspace(files, async (folder) => {
      for (const pictures of ["one", "two"]) {
        const { code, err } = await cohortline(folder, ["measures_report", "--pictures", pictures]);
        assert.equal(code, 0, err);
      }
      const names = ["measure_ill_by_sex.png", "measure_ill_by_sex.svg"];
      assert.deepEqual(readdirSync(join(folder, "one")), names);
      for (const name of names) {
        const [one, two] = ["one", "two"].map((each) => readFileSync(join(folder, each, name)));
        assert.deepEqual(one, two);
      }
      const svg = readFileSync(join(folder, "one/measure_ill_by_sex.svg"), "utf8");
      for (const words of [
        "ill by sex",
        "per 1,000 population",
        "Source: measure_ill_by_sex.csv.",
      ]) {
        assert.ok(svg.includes(words), words);
      }
      // What stands alone has no stylesheet of a page, and nothing to run or to fetch.
      assert.doesNotMatch(svg, /var\(--|<b>|<script|href|<style/);
    });
  });

  it("calls no two measures the same, however alike they are", async () => {
    const of = (numerator: string) => ({
      groups: ["sex"],
      numerator,
      rows: { F: [[20, 100]] } as const,
    });
    const alike = measureFiles({ a: of("ill"), b: of("ill"), c: of("dead") });
    await inWorkspace(alike, async (folder) => {
      await cohortline(folder, ["measures_report"]);
      const page = readFileSync(join(folder, "output/measures.html"), "utf8");
      const titles = [...page.matchAll(/<h3><bdi>(.*?)<\/bdi>/g)].map(([, title]) => title);
      assert.deepEqual(titles, ["ill by sex (a)", "ill by sex (b)", "dead by sex"]);
    });
  });

  it("draws the text of a png with a font of its own", async () => {
    await inWorkspace(files, async (folder) => {
      await cohortline(folder, ["measures_report", "--pictures", "p"]);
      const png = readFileSync(join(folder, "p/measure_ill_by_sex.png"));
      assert.deepEqual([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
      assert.equal(png.readUInt32BE(16), 1520);
      // A picture of this size without text takes half as much.
      assert.ok(png.length > 40_000, `${png.length} bytes`);
    });
  });
});
