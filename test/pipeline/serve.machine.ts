/** A study served to headless Chromium (Debian's `chromium`): from the printed address to a release. `npm run test:pipeline`. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { inWorkspace } from "../commands/workspace.ts";
import { notebook, notebookStudy } from "../serve/measured-study.ts";
import { withServer } from "../serve/serving.ts";
import type { Serving } from "../serve/serving.ts";
import { browserForSuite, CHROMIUM, expectReadable, seriousFindings } from "./browser.ts";
import { git } from "./git.ts";

if (existsSync(CHROMIUM)) testServer();
else console.error(`NOT TESTED: ${CHROMIUM} is not installed, so no served page was opened.`);

const COHORT = "output/input_2020-01-01.csv";

function testServer(): void {
  describe("a study served to a browser", () => {
    const open = browserForSuite();
    it("is started from, watched, looked at, compared and released from, by eyes and keys of any kind, until the server is gone and after it is back", async () => {
      await inWorkspace(notebookStudy, async (folder) => {
        git(folder, "init", "-q");
        git(folder, "add", "analysis", "project.yaml");
        git(folder, "commit", "-q", "-m", "first");
        const port = await withServer(folder, ["--local-tools"], async (serving) => {
          const { page, trouble } = await open(await addressOf(serving));
          await page.waitForURL(/:\d+\/$/);
          await readable(page);
          await startAndWatch(page);
          await lookAtOutputs(page);
          await neverReachACohort(page);
          writeFileSync(join(folder, "analysis/notebook.js"), notebook("Other findings"));
          await runAgainAndCompare(page);
          await release(page, folder);
          // The notebook's own script, which may not run.
          assert.match(trouble.join("\n"), /^Blocked script execution in \S+ because[^\n]*$/);
          await serving.stop();
          await page.locator("#gone").waitFor({ state: "visible" });
          return serving.port;
        });
        await comesBack(folder, port);
      });
    });

    async function comesBack(folder: string, port: number): Promise<void> {
      await withServer(folder, ["--port", String(port)], async (serving) => {
        const { page } = await open(await addressOf(serving));
        const [old] = page
          .context()
          .pages()
          .filter((each) => each !== page && each.url() !== "about:blank");
        await old?.locator("#gone").waitFor({ state: "hidden" });
        assert.ok(old?.url().includes("/reviews/"));
      });
    }
  });
}

async function addressOf({ nextLine }: Serving): Promise<string> {
  return /http:\S+/.exec(await nextLine())?.[0] ?? "";
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
  await page.locator("h2", { hasText: "This would run" }).waitFor();
  await readable(page);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator(".job .status.running").first().waitFor();
  await page.locator("p.status.succeeded").waitFor();
  assert.equal(await page.locator("svg .g-succeeded").count(), 3);
  assert.equal(await page.locator(".job .status.succeeded").count(), 3);
  assert.equal(await page.locator(".row rect").count(), 3);
  const finished = await page.locator('dt:text-is("Finished") + dd').textContent();
  assert.match(finished ?? "", / UTC[^]*Asia\/Tokyo/);
  await page.locator('a[href*="/outputs/"]').first().waitFor();
  await readable(page);
}

async function lookAtOutputs(page: Page): Promise<void> {
  const run = page.url();
  await page.getByRole("link", { name: "output/measure_by_sex.csv" }).click();
  await page.locator(".look table").waitFor();
  assert.ok((await page.locator("figure svg").count()) > 0);
  await readable(page);
  await page.goto(`${run}/pictures`);
  assert.ok((await page.locator("figure svg").count()) > 0);
  await page.goto(run);
  await page.getByRole("link", { name: "output/notebook.html" }).click();
  const inside = page.frameLocator("iframe");
  await inside.getByRole("heading", { name: "Findings" }).waitFor();
  assert.deepEqual(await page.locator("iframe").getAttribute("sandbox"), "");
  await page.goto(run);
}

/** By its hash, its path and both, climbing and in disguise: with the cookie of somebody who was let in. */
async function neverReachACohort(page: Page): Promise<void> {
  const row = page.locator("td", { hasText: COHORT });
  const hash = (await row.locator("code").textContent()) ?? "";
  assert.match(hash, /^[0-9a-f]{64}$/);
  const run = new URL(page.url()).pathname;
  const shown = await page.locator('a[href*="/outputs/"]').first().getAttribute("href");
  const ways = [
    ...[`${run}/outputs/${hash}`, `${run}/files/${hash}`, `${run}/logs/${hash}`],
    ...[`/${COHORT}`, `//${COHORT}`, `${run}/files/${COHORT}`],
    ...[`${run}/files/${encodeURIComponent(COHORT)}`, `${run}/files/..%2f..%2f${COHORT}`],
    ...[`${shown ?? ""}/../${hash}`, `${run}/files/${hash.toUpperCase()}`],
    ...[`/page.css/../${COHORT}`, `${run}/pictures/${hash}`],
  ];
  assert.equal(ways.length, 12);
  for (const way of ways) {
    const answer = await page.context().request.get(new URL(page.url()).origin + way);
    assert.ok(answer.status() >= 400, way);
    assert.doesNotMatch(await answer.text(), /patient_id/);
  }
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
  await page.getByRole("link", { name: "Changes in the code" }).click();
  await page.locator("h2", { hasText: "From run 1 to this one" }).waitFor();
  await page.locator("ins", { hasText: "Other findings" }).waitFor();
  await readable(page);
  await page.goBack();
}

async function release(page: Page, folder: string): Promise<void> {
  await page.getByRole("link", { name: "Release outputs" }).click();
  await readable(page);
  await page.getByLabel("What the measures are about").fill("How common asthma is.");
  await page.getByLabel("Nothing: this is the first release").check();
  await page.getByRole("button", { name: "Examine" }).press("Enter");
  await page.getByRole("button", { name: "Make the pack" }).waitFor();
  const checks = page.locator(".checks li");
  assert.equal(await checks.count(), 8);
  assert.equal(await checks.filter({ has: page.locator(".succeeded") }).count(), 8);
  await readable(page);
  await page.getByRole("button", { name: "Make the pack" }).press("Enter");
  await page.locator("p.status", { hasText: "Packed in metadata/releases/run-2" }).waitFor();
  assert.ok(readdirSync(join(folder, "metadata/releases/run-2")).includes("release.html"));
}
