/** A page for a browser, whole in one file: nothing is fetched and no script runs. */
import { createHash } from "node:crypto";
import { markup, trustedMarkup } from "../text/html.ts";
import type { Html } from "../text/html.ts";
import { pageStyle } from "./page-style.ts";

export interface Page {
  readonly title: string;
  /** By which the engine knows its own pages again. */
  readonly generator: string;
  /** Rules besides those of all pages; of this program's own text. */
  readonly style: string;
  readonly body: Html;
}

export function pageText({ title, generator, style, body }: Page): string {
  const rules = `${pageStyle}${style}`;
  // An empty icon keeps the browser from asking for one.
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="generator" content="${generator}" />
        <meta http-equiv="Content-Security-Policy" content="${trustedMarkup(policyFor(rules))}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>${trustedMarkup(rules)}</style>
      </head>
      <body>
        ${body}
      </body>
    </html>
`;
  return page.toString();
}

/** Nothing but this page's own style, which counts by its hash; the icon is empty. */
function policyFor(style: string): string {
  const hash = createHash("sha256").update(style).digest("base64");
  const rules = [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return rules.join("; ");
}
