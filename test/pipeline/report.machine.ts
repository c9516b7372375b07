/** A run's page in headless Chromium (Debian's `chromium`). `npm run test:pipeline`. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { BrowserContext, Page } from "playwright-core";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { programs, smallPipeline } from "./study-in.ts";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

if (existsSync(CHROMIUM)) testReports();
else console.error(`NOT TESTED: ${CHROMIUM} is not installed, so no report was opened.`);

interface Opened {
  readonly page: Page;
  /** Errors of the console and of scripts, and every request but the page itself. */
  readonly trouble: readonly string[];
}

function testReports(): void {
  const profile = mkdtempSync(join(tmpdir(), "cohortline-chromium-"));
  let browser: Promise<BrowserContext> | undefined;
  const open = async (file: string): Promise<Opened> => {
    browser ??= chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      args: FLAGS,
    });
    const page = await (await browser).newPage();
    const trouble: string[] = [];
    page.on("console", (message) => void trouble.push(message.text()));
    page.on("pageerror", (error) => void trouble.push(error.message));
    page.on("dialog", (dialog) => {
      trouble.push("a dialog");
      void dialog.dismiss();
    });
    const address = pathToFileURL(file).href;
    page.on("request", (request) => {
      if (request.url() !== address && !request.url().startsWith("data:"))
        trouble.push(request.url());
    });
    await page.goto(address);
    return { page, trouble };
  };
  describe("the report of a run", () => {
    after(async () => {
      await (await browser)?.close();
      rmSync(profile, { recursive: true, force: true });
    });
    opensWell(open);
    escapes(open);
  });
}

type Open = (file: string) => Promise<Opened>;

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
      await page.setViewportSize({ width: 360, height: 740 });
      const width = await page.evaluate("document.documentElement.scrollWidth");
      assert.ok(Number(width) <= 360, `${String(width)} pixels`);
      const smallest = await page.evaluate(
        "Math.min(...[...document.querySelectorAll('p,dd,dt,li,td,text,code')].map((e) => parseFloat(getComputedStyle(e).fontSize)))",
      );
      assert.ok(Number(smallest) >= 12, `${String(smallest)} pixels`);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        assert.ok((await leastContrast(page)) >= 4.5, colorScheme);
      }
      const back = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      assert.equal(back, "rgb(21, 24, 29)");
      assert.deepEqual(trouble, []);
    });
  });
}

/** Of all text against what lies behind it, by the rule of WCAG 2. */
async function leastContrast(page: Page): Promise<number> {
  const script = `(() => {
    const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
    const light = (rgb) => {
      const [r, g, b] = rgb.slice(0, 3).map((v) => {
        const s = v / 255;
        return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (e) => {
      for (; e; e = e.parentElement) {
        const box = e.matches("g") ? e.querySelector(".g-box") : null;
        if (box) return parse(getComputedStyle(box).fill);
        const c = parse(getComputedStyle(e).backgroundColor);
        if (c.length === 3 || c[3] > 0) return c;
      }
      return [255, 255, 255];
    };
    const ratios = [...document.querySelectorAll("h1,h2,h3,p,dd,dt,li,td,th,code,pre,summary,span,text")].map((e) => {
      const style = getComputedStyle(e);
      const a = light(parse(e.matches("text") ? style.fill : style.color));
      const b = light(behind(e));
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
    return Math.min(...ratios);
  })()`;
  return Number(await page.evaluate(script));
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
