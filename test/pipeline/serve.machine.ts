/** A study served to headless Chromium (Debian's `chromium`): from the printed address to its outputs. `npm run test:pipeline`. */
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { withServer } from "../serve/serving.ts";
import { browserForSuite, CHROMIUM, expectReadable, seriousFindings } from "./browser.ts";
import { smallPipeline } from "./study-in.ts";

if (existsSync(CHROMIUM)) testServer();
else console.error(`NOT TESTED: ${CHROMIUM} is not installed, so no served page was opened.`);

function notebook(words: string): string {
  return `const page = "<!doctype html><title>Notebook</title><h1>${words}</h1><script>document.title = 'ran'; fetch('/')</script>";
require("node:fs").writeFileSync("output/notebook.html", page);`;
}

const study: Files = {
  ...smallPipeline,
  "analysis/notebook.js": notebook("Findings"),
  "project.yaml": (smallPipeline["project.yaml"] ?? "").replace(
    / {2}summarise:[\s\S]*$/,
    `  generate_notebook:
    run: node:v1 node analysis/notebook.js
    needs: [generate_measures]
    outputs:
      moderately_sensitive:
        notebook: output/notebook.html
`,
  ),
};

function testServer(): void {
  describe("a study served to a browser", () => {
    const open = browserForSuite();
    it("is started from, watched, looked at and compared, with nothing serious for anybody's eyes or keys", async () => {
      await inWorkspace(study, (folder) =>
        withServer(folder, ["--local-tools"], async ({ nextLine, stop }) => {
          const address = /http:\S+/.exec(await nextLine())?.[0] ?? "";
          const { page, trouble } = await open(address);
          await page.waitForURL(/:\d+\/$/);
          await readable(page);
          await startAndWatch(page);
          await lookAtOutputs(page);
          writeFileSync(join(folder, "analysis/notebook.js"), notebook("Other findings"));
          await runAgainAndCompare(page);
          // The notebook's own script, which may not run.
          assert.match(trouble.join("\n"), /^Blocked script execution in \S+ because[^\n]*$/);
          await stop();
          await page.locator("#gone").waitFor({ state: "visible" });
        }),
      );
    });
  });
}

async function readable(page: Page): Promise<void> {
  assert.deepEqual(await seriousFindings(page), []);
  await expectReadable(page);
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function startAndWatch(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Start actions" }).click();
  const notebookNode = page.locator("svg a", { hasText: "generate_notebook" });
  await notebookNode.press("Enter");
  await page.locator('svg a[aria-current="true"]').waitFor();
  await readable(page);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator("p.status.succeeded").waitFor();
  assert.equal(await page.locator("svg .g-succeeded").count(), 3);
  assert.equal(await page.locator(".row rect").count(), 3);
  await page.locator('a[href*="/outputs/"]').first().waitFor();
  await readable(page);
}

async function lookAtOutputs(page: Page): Promise<void> {
  const run = page.url();
  await page.getByRole("link", { name: "output/measure_asthma_by_sex.csv" }).click();
  await page.locator("figure svg, .look table").first().waitFor();
  assert.ok((await page.locator("main svg").count()) > 0);
  await readable(page);
  await page.goto(`${run}/pictures`);
  await readable(page);
  await page.goto(run);
  await page.getByRole("link", { name: "output/notebook.html" }).click();
  const inside = page.frameLocator("iframe");
  await inside.getByRole("heading", { name: "Findings" }).waitFor();
  assert.deepEqual(await page.locator("iframe").getAttribute("sandbox"), "");
  await page.goto(run);
}

async function runAgainAndCompare(page: Page): Promise<void> {
  await page.locator("header a").click();
  await page.locator("td", { hasText: "analysis/notebook.js changed" }).waitFor();
  await page.getByRole("link", { name: "Start actions" }).click();
  await page.getByRole("checkbox", { name: "generate_notebook" }).check();
  await page.getByRole("button", { name: "Show what would run" }).click();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator("p.status.succeeded").waitFor();
  await page.locator("dd", { hasText: "analysis/notebook.js changed" }).first().waitFor();
}
