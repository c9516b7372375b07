/** The pages of measures and of cohorts in headless Chromium. `npm run test:pipeline`. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { measureFiles } from "../charts/measure-texts.ts";
import type { Figures } from "../charts/measure-texts.ts";
import { cohortline, inWorkspace, smallStudy } from "../commands/workspace.ts";
import { browserForSuite, CHROMIUM, expectReadable, seriousFindings } from "./browser.ts";

const rows = (labels: readonly string[]): Readonly<Record<string, readonly Figures[]>> =>
  Object.fromEntries(
    labels.map((label, at) => [
      label,
      [
        [10 + at, 100],
        [at % 3 === 0 ? null : 12 + at, 100],
        [11 + at, 100],
      ] as const,
    ]),
  );

const nine = Array.from({ length: 9 }, (_, at) => `a region of a long name ${at}`);
const odd = [
  '"</svg><script>alert(1)</script>"',
  '"<img src=x onerror=alert(2)>"',
  "שלום עולם",
  "👩‍👩‍👧 family",
  `"${"very ".repeat(40)}long"`,
];
const measures = {
  ill_by_region: { groups: ["region"], rows: rows(nine) },
  ill_by_practice: {
    groups: ["practice"],
    rows: rows(Array.from({ length: 30 }, (_, at) => `p${at}`)),
  },
  ill_by_odd: { groups: ["odd"], rows: rows(odd) },
  ill_by_sex_and_age: {
    groups: ["sex", "age"],
    rows: rows(["F,0-17", "F,18+", "M,0-17", "M,18+"]),
  },
  hidden: { groups: [], rows: { "": [[null, 100]] as const } },
};

if (existsSync(CHROMIUM)) testPage();
else console.error(`NOT TESTED: ${CHROMIUM} is not installed, so no page of measures was opened.`);

function testPage(): void {
  describe("pages of measures", () => {
    const open = browserForSuite();
    it("asks for nothing, runs nothing, is readable at any width and colour, and hinders nobody", async () => {
      await inWorkspace(measureFiles(measures), async (folder) => {
        const { code, err } = await cohortline(folder, ["measures_report"]);
        assert.equal(code, 0, err);
        const { page, trouble } = await open(join(folder, "output/measures.html"));
        assert.equal(await page.locator("nav a").count(), 5);
        assert.equal(await page.locator(".measure").count(), 5);
        assert.equal(await page.locator("script, img").count(), 0);
        await page.locator("nav a").first().click();
        assert.match(page.url(), /#measure-0$/);
        for (const summary of await page.locator("summary").all()) await summary.click();
        await expectReadable(page);
        assert.deepEqual(await seriousFindings(page), []);
        assert.deepEqual(trouble, []);
      });
    });
    it("are as readable where they show what is in each column of cohorts", async () => {
      await inWorkspace({ "analysis/study_definition.ts": smallStudy }, async (folder) => {
        const range = "--index-date-range=2020-01-01 to 2020-03-01 by month";
        await cohortline(folder, ["generate_cohort", "--expectations-population=200", range]);
        const { code, err } = await cohortline(folder, ["cohort_report"]);
        assert.equal(code, 0, err);
        const { page, trouble } = await open(join(folder, "output/cohort_report.html"));
        for (const summary of await page.locator(".measure summary").all()) await summary.click();
        assert.ok((await page.locator(".chart").count()) > 0);
        await expectReadable(page);
        assert.deepEqual(await seriousFindings(page), []);
        assert.deepEqual(trouble, []);
      });
    });
  });
}
