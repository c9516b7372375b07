/** A run's page in headless Chromium (Debian's `chromium`). `npm run test:pipeline`. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { browserForSuite, CHROMIUM, expectReadable } from "./browser.ts";
import type { Open } from "./browser.ts";
import { programs, smallPipeline } from "./study-in.ts";

if (existsSync(CHROMIUM)) testReports();
else console.error(`NOT TESTED: ${CHROMIUM} is not installed, so no report was opened.`);

function testReports(): void {
  describe("the report of a run", () => {
    const open = browserForSuite();
    opensWell(open);
    escapes(open);
  });
}

function opensWell(open: Open): void {
  it("shows status, picture, timeline and outputs, and asks for nothing, at any width and colour", async () => {
    await inWorkspace(smallPipeline, async (folder) => {
      await cohortline(folder, ["run", "run_all", "--local-tools"]);
      await cohortline(folder, ["report", "--output-file", "run.html"]);
      const { page, trouble } = await open(join(folder, "run.html"));
      assert.equal(await page.locator("p.status").textContent(), "Succeeded");
      assert.equal(await page.locator("svg .g-succeeded").count(), 3);
      assert.equal(await page.locator(".row rect").count(), 3);
      assert.ok(await page.getByText("output/summary.json").first().isVisible());
      await expectReadable(page);
      assert.deepEqual(trouble, []);
    });
  });
}

function escapes(open: Open): void {
  it("shows whatever stands in a project.yaml as text, and failures as failures", async () => {
    const nasty = `"</pre><script>alert(1)</script><img src=x onerror=alert(2)>"`;
    const files = programs({
      bad: { script: "process.exit(2)", moderate: "bad.txt" },
      after: { script: "", needs: ["bad"], moderate: "after.txt" },
    });
    const project = (files["project.yaml"] ?? "").replace(
      "analysis/bad.js",
      `analysis/bad.js ${nasty}`,
    );
    await inWorkspace({ ...files, "project.yaml": project }, async (folder) => {
      await cohortline(folder, ["run", "run_all", "--local-tools"]);
      await cohortline(folder, ["report", "--output-file", "run.html"]);
      const { page, trouble } = await open(join(folder, "run.html"));
      assert.equal(await page.locator("p.status").textContent(), "Failed");
      assert.equal(await page.locator("svg .g-failed").count(), 2);
      assert.equal(await page.locator("img, script").count(), 0);
      assert.ok((await page.locator("pre").textContent())?.includes("<script>alert(1)</script>"));
      assert.deepEqual(trouble, []);
    });
  });
}
