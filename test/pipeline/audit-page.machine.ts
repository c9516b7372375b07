/** The page of an audit in headless Chromium. `npm run test:pipeline`. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { releasableStudy } from "../audit/releasable-study.ts";
import { dummy } from "../commands/measured-workspace.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { browserForSuite, CHROMIUM, expectReadable, seriousFindings } from "./browser.ts";

const dates = Array.from({ length: 12 }, (_, at) => `2021-${String(at + 1).padStart(2, "0")}-01`);
const hostile = '<img src=x onerror="alert(1)">';
const long = `an area ${"of a very long name ".repeat(8)}${"x".repeat(80)}`;
/** By area 737 is hidden, and 1937 less 1200 gives it away. */
const withheld = { threshold: 3, as: "withheld", secondary: true };

interface Asked {
  /** The hidden number can be worked out. */
  readonly hasTotal: boolean;
  /** Two totals cannot both be true. */
  readonly isOdd?: boolean;
}

function description({ hasTotal, isOdd = false }: Asked): string {
  const header = "ill,population,value,date";
  const areas = [long, hostile].map((label) => `"${label.replaceAll('"', '""')}"`);
  const [hidden = "", shown = ""] = areas;
  const byArea = dates.flatMap((date) => [
    `${hidden},,4000,,${date}`,
    `${shown},1200.0,4000,0.3,${date}`,
  ]);
  const total = (ill: number) =>
    [header, ...dates.map((date) => `${ill},8000,${ill / 8000},${date}`), ""].join("\n");
  const files = {
    "measure_by_area.csv": [`area,${header}`, ...byArea, ""].join("\n"),
    ...(hasTotal ? { "measure_everybody.csv": total(1937) } : {}),
    ...(isOdd ? { "measure_everybody_again.csv": total(1938) } : {}),
  };
  const measures = Object.keys(files).map((file) => ({
    id: /measure_(.*)\.csv/.exec(file)?.[1],
    ...{ numerator: "ill", denominator: "population", rule: withheld },
    group_by: [file === "measure_by_area.csv" ? "area" : "population"],
  }));
  return JSON.stringify({
    ...{ format: 1, columns: { ill: { kind: "flag" } }, policy: { small: 1000, minValues: 3 } },
    releases: [{ name: "first", study: "s", data: "d", measures, files }],
  });
}

const study = releasableStudy(
  "{ E1: 0.5, E2: 0.5 }",
  'measure(cohort, { id: "by_sex", numerator: "asthma_midpoint6", denominator: "population", groupBy: "sex", ...rule }),',
);

if (existsSync(CHROMIUM)) testPage();
else console.error(`NOT TESTED: ${CHROMIUM} is not installed, so no page of an audit was opened.`);

function testPage(): void {
  describe("the page of an audit", () => {
    const open = browserForSuite();
    const pages: Readonly<Record<string, readonly [Asked, verdict: RegExp, budget?: string]>> = {
      "of what can be worked out": [{ hasTotal: true }, /^Not releasable: .*12 can be worked out/],
      "of what is safe": [{ hasTotal: false }, /^Releasable/],
      "of what contradicts itself": [
        { hasTotal: true, isOdd: true },
        /^Not releasable: 2 tables cannot all be true/,
      ],
      "of what nobody decided": [{ hasTotal: false }, /^Not releasable: .*undecided/, "0"],
    };
    for (const [what, [asked, verdict, budget]] of Object.entries(pages))
      it(`${what} is readable at any width and colour, hinders nobody, asks for nothing and shows no hidden number`, async () => {
        await inWorkspace({ "all.json": description(asked) }, async (folder) => {
          const words = ["audit", "--description", "all.json", "--html", "audit.html"];
          const more = budget === undefined ? [] : ["--budget", budget];
          const { err } = await cohortline(folder, [...words, "--show-values", ...more]);
          assert.equal(err, "");
          const { page, trouble } = await open(join(folder, "audit.html"));
          assert.match((await page.locator("p.verdict").textContent()) ?? "", verdict);
          assert.equal(await page.locator("script, img").count(), 0);
          await expectReadable(page);
          assert.deepEqual(await seriousFindings(page), []);
          const hashes = /\b[0-9a-f]{64}\b/g;
          const text = String(await page.evaluate("document.body.innerText")).replace(hashes, "");
          const markup = (await page.content()).replace(hashes, "");
          for (const each of [text, markup]) assert.doesNotMatch(each, /737|1937|1938|1200/);
          assert.deepEqual(trouble, []);
        });
      });

    it("of a release is readable at any width and colour too, with its answer in sight first", async () => {
      await inWorkspace(
        { "analysis/study_definition.ts": study, "why.txt": "Why." },
        async (folder) => {
          for (const words of [
            dummy(200, "--index-date-range", "2020-01-01"),
            ["generate_measures"],
            ["release", "--to", "one", "--context", "why.txt", "--first-release"],
          ])
            assert.equal((await cohortline(folder, words)).code, 0);
          const { page, trouble } = await open(join(folder, "one/release.html"));
          assert.match(
            (await page.locator("p.verdict").first().textContent()) ?? "",
            /^All 8 checks/,
          );
          await expectReadable(page);
          assert.deepEqual(await seriousFindings(page), []);
          assert.deepEqual(trouble, []);
        },
      );
    });
  });
}
