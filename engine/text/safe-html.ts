/**
 * HTML of somebody else's as markup of ours: what is not on the lists below is not in what comes out, which is
 * put together anew from the parts that are. Nothing in it runs, is fetched, or ends outside of it.
 */
import { visibleLine } from "../base/visible-text.ts";
import { trustedMarkup } from "./html.ts";
import type { Html } from "./html.ts";

const TAGS: ReadonlySet<string> = new Set([
  ...["a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup"],
  ...["dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font"],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p"],
  ...["pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary"],
  ...["sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var"],
]);

/** Without a closing tag. */
const EMPTY: ReadonlySet<string> = new Set(["br", "col", "hr", "img"]);

/** What is in them is no text of the page. */
const LEFT_OUT =
  /^(?:script|style|iframe|object|embed|template|noscript|textarea|title|svg|math|select|head)$/;

const NUMBER = /^\d{1,4}%?$/;
const WORD = /^[\w-]{1,40}$/;

const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  href: /^(?:https?:\/\/|mailto:|#)[^\s"'<>\\]{0,2000}$/i,
  src: /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*$/i,
  ...{ alt: /^[^"<>]{0,1000}$/, title: /^[^"<>]{0,1000}$/ },
  ...{ align: WORD, valign: WORD, scope: WORD, open: /^/, type: WORD },
  ...{
    colspan: NUMBER,
    rowspan: NUMBER,
    span: NUMBER,
    start: NUMBER,
    width: NUMBER,
    height: NUMBER,
  },
};

const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>|<[!?][^<>]*>|[^<]+|</g;
const ATTRIBUTE = /([a-zA-Z][\w-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Tags that are not closed are, those that were not opened are left out. */
export function safeHtml(html: string): Html {
  const made: string[] = [];
  const open: string[] = [];
  let leftOut: string | null = null;
  for (const [whole, slash, named, attributes = ""] of html.matchAll(TOKEN)) {
    const tag = named?.toLowerCase();
    if (leftOut !== null) {
      if (tag === leftOut && slash === "/") leftOut = null;
    } else if (tag === undefined) made.push(whole.startsWith("<!") ? "" : textOf(whole));
    else if (LEFT_OUT.test(tag)) leftOut = slash === "/" || attributes.endsWith("/") ? null : tag;
    else if (TAGS.has(tag)) made.push(...tagOf(tag, { slash: slash === "/", attributes }, open));
  }
  return trustedMarkup([...made, ...closing(open)].join(""));
}

interface Tag {
  readonly slash: boolean;
  readonly attributes: string;
}

function tagOf(tag: string, { slash, attributes }: Tag, open: string[]): readonly string[] {
  if (!slash) {
    if (!EMPTY.has(tag)) open.push(tag);
    return [`<${tag}${attributesOf(attributes)}>`];
  }
  const at = open.lastIndexOf(tag);
  return at < 0 ? [] : closing(open.splice(at));
}

function closing(open: readonly string[]): readonly string[] {
  return [...open].reverse().map((tag) => `</${tag}>`);
}

/** Pandas gives its tables a border; lines are the page's business. */
function attributesOf(text: string): string {
  const kept = [...text.matchAll(ATTRIBUTE)].flatMap(([, name = "", one, two, three]) => {
    const key = name.toLowerCase();
    const value = one ?? two ?? three ?? "";
    const rule = Object.hasOwn(ATTRIBUTES, key) ? ATTRIBUTES[key] : undefined;
    return rule?.test(value) === true ? [` ${key}="${textOf(value)}"`] : [];
  });
  return kept.join("");
}

/** An entity stays one; what cannot be seen is made visible. */
function textOf(text: string): string {
  return text
    .split("\n")
    .map(visibleLine)
    .join("\n")
    .replace(/&(?!#?\w{1,32};)/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
