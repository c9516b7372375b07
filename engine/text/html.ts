/**
 * HTML and SVG that cannot be broken out of: whatever stands between the pieces of a template is
 * escaped, unless it is markup that was made the same way.
 */
import { visibleLine } from "../base/visible-text.ts";

/** Made by `markup` and `trustedMarkup` only; nothing that is read from a file can be one. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** Only for this file: a value that comes from elsewhere is text. */
  static of(markup: string): Html {
    return new Html(markup);
  }

  toString(): string {
    return this.#markup;
  }
}

/** Lists are set line by line; null and undefined are nothing; everything else is escaped as text. */
export function markup(pieces: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const made = pieces.map((piece, at) => piece + (at < values.length ? markupOf(values[at]) : ""));
  return Html.of(made.join(""));
}

/** Text of this program's own, such as a stylesheet. Never anything that was read. */
export function trustedMarkup(text: string): Html {
  return Html.of(text);
}

function markupOf(value: unknown): string {
  if (value instanceof Html) return value.toString();
  if (Array.isArray(value)) return value.map(markupOf).join("\n");
  if (value === null || value === undefined) return "";
  return escaped(typeof value === "string" ? value : JSON.stringify(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For an element's text or a quoted attribute. What cannot be seen, or what XML cannot hold, is made visible. */
function escaped(text: string): string {
  const shown = text.split("\n").map(visibleLine).join("\n");
  return shown
    .replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)
    .replace(/[\ufffe\uffff]/g, "\ufffd");
}
