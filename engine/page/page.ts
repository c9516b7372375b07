/** A page for a browser. One that stands alone fetches nothing and runs no script; one that is served has its style and script beside it. */
import { createHash } from "node:crypto";
import { markup, trustedMarkup } from "../text/html.ts";
import type { Html } from "../text/html.ts";
import { pageStyle } from "./page-style.ts";

interface AnyPage {
  readonly title: string;
  /** By which the engine knows its own pages again. */
  readonly generator: string;
  readonly body: Html;
}

export interface Page extends AnyPage {
  /** Rules besides those of all pages; of this program's own text. */
  readonly style: string;
}

/** Whole in one file. */
export function pageText({ style, ...page }: Page): string {
  const rules = `${pageStyle}${style}`;
  const policy = markup`<meta http-equiv="Content-Security-Policy" content="${trustedMarkup(policyFor(rules))}" />`;
  const inside = markup`<style>${trustedMarkup(rules)}</style>`;
  return wholePage(page, { policy, inside, referrer: "no-referrer" });
}

export interface LinkedPage extends AnyPage {
  /** Addresses of its server. */
  readonly style: string;
  readonly script: string;
}

/** For a server, which sends the policy itself. */
export function linkedPage({ style, script, ...page }: LinkedPage): string {
  const inside = markup`<link rel="stylesheet" href="${style}" />
        <script src="${script}" defer></script>`;
  // With none at all, a form would not say where it stands.
  return wholePage(page, { policy: markup``, inside, referrer: "same-origin" });
}

interface Head {
  readonly policy: Html;
  readonly inside: Html;
  readonly referrer: string;
}

/** An empty icon keeps the browser from asking for one. */
function wholePage({ title, generator, body }: AnyPage, head: Head): string {
  const { policy, inside, referrer } = head;
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="generator" content="${generator}" />
        ${policy}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="${referrer}" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${inside}
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
