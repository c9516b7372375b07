/** Headless Chromium (Debian's `chromium`), and what is asked of each page that is opened in it. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { BrowserContext, Page } from "playwright-core";

export const CHROMIUM = "/usr/bin/chromium";
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

export interface Opened {
  readonly page: Page;
  /** Errors of the console and of scripts, and every request but the page itself, or those of its server. */
  readonly trouble: readonly string[];
}

/** A file, or an address of a server. */
export type Open = (place: string) => Promise<Opened>;

/** To be called in the suite whose pages it opens: the browser ends with it. */
export function browserForSuite(): Open {
  const profile = mkdtempSync(join(tmpdir(), "cohortline-chromium-"));
  let browser: Promise<BrowserContext> | undefined;
  after(async () => {
    await (await browser)?.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return async (place) => {
    const address = /^https?:/.test(place) ? place : pathToFileURL(place).href;
    browser ??= chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      args: FLAGS,
      // Of a reader whose time is not the records' own.
      timezoneId: "Asia/Tokyo",
    });
    const page = await (await browser).newPage();
    const trouble = troubleOf(page, address);
    await page.goto(address);
    return { page, trouble };
  };
}

function troubleOf(page: Page, address: string): readonly string[] {
  const trouble: string[] = [];
  page.on("console", (message) => void trouble.push(message.text()));
  page.on("pageerror", (error) => void trouble.push(error.message));
  page.on("dialog", (dialog) => {
    trouble.push("a dialog");
    void dialog.dismiss();
  });
  const { origin, protocol } = new URL(address);
  const isOwn = (url: string): boolean =>
    url === address || (protocol === "http:" && new URL(url).origin === origin);
  page.on("request", (request) => {
    if (!isOwn(request.url()) && !request.url().startsWith("data:")) trouble.push(request.url());
  });
  return trouble;
}

/** No sideways scroll and no tiny text on a narrow screen, and enough contrast in both colour schemes. */
export async function expectReadable(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  const width = await page.evaluate("document.documentElement.scrollWidth");
  assert.ok(Number(width) <= 360, `${String(width)} pixels`);
  const smallest = await page.evaluate(
    "Math.min(...[...document.querySelectorAll('p,dd,dt,li,td,text,code')].filter((e) => e.getClientRects().length > 0).map((e) => parseFloat(getComputedStyle(e).fontSize)))",
  );
  assert.ok(Number(smallest) >= 11, `${String(smallest)} pixels`);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    assert.ok((await leastContrast(page)) >= 4.5, colorScheme);
  }
  const back = await page.evaluate("getComputedStyle(document.body).backgroundColor");
  assert.equal(back, "rgb(21, 24, 29)");
}

/** What axe-core finds that hinders somebody. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(axe, "utf8"));
  const found: unknown = await page.evaluate(
    "axe.run().then(({ violations }) => violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) => id + ': ' + nodes[0].html))",
  );
  return found as readonly string[];
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
