/** What of a page, or of a picture in markup, would run or bring in something when somebody looks at it. */

/** What a picture within a page may be: bytes that only draw. */
const DRAWN = "data:image\\/(?:png|jpe?g|gif|webp)[;,]";

/** Each in whatever spelling, with what it is called. */
const ACTIVE: readonly (readonly [RegExp, string])[] = [
  [/<\s*(?:[\w.-]+:)?script\b|(?:java|vb|live)script:/i, "a script"],
  // `onset` is no event; shorter words than `oncut` are none either.
  [/[\s/"'<]on(?!set\b|going\b|line\b)[a-z]{3,}\s*=/i, "a script that an event runs"],
  [/attributename\s*=\s*["']?\s*(?:on|(?:[\w.-]+:)?href)/i, "a script that an event runs"],
  [
    /<\s*(?:[\w.-]+:)?(?:iframe|frame|frameset|object|embed|applet|portal|foreignobject|base|form|audio|video)\b/i,
    "a part that holds another page",
  ],
  [
    /http-equiv\s*=(?!\s*["']?(?:content-security-policy|content-type|x-ua-compatible)["'\s>])/i,
    "an order to the browser",
  ],
  [
    new RegExp(
      `\\b(?:src|href|background)\\s*=\\s*(?:"\\s*|'\\s*)?(?!#|${DRAWN}|data:,|["'>\\s])`,
      "i",
    ),
    "an address outside itself",
  ],
  [/\bsrcset\s*=|@import|image-set\s*\(/i, "an address outside itself"],
  [
    new RegExp(`\\burl\\s*\\(\\s*(?:"\\s*|'\\s*)?(?!#|${DRAWN}|["')\\s])`, "i"),
    "an address outside itself",
  ],
  [
    new RegExp(`data:\\s*(?!${DRAWN.slice("data:".length)})[\\w.+-]+\\/[\\w.+-]+[;,]`, "i"),
    "another file within it",
  ],
  [/<!entity|<\?xml-stylesheet/i, "text that stands for other text"],
];

/** What it is, in words; each once. */
export function activeParts(text: string): readonly string[] {
  const seen = [text, withoutStyleEscapes(withoutEntities(text))];
  const read = seen.flatMap((each) => [each, each.replace(/\p{Cc}/gu, "")]);
  const found = ACTIVE.filter(([pattern]) => read.some((each) => pattern.test(each)));
  return [...new Set(found.map(([, what]) => what))];
}

const NAMED: Readonly<Record<string, string>> = {
  ...{ colon: ":", tab: "", newline: "", sol: "/", lpar: "(", equals: "=" },
  ...{ lt: "<", gt: ">", quot: '"', apos: "'", amp: "&", num: "#", commat: "@" },
};

/** As a browser reads a letter that is written as its number or name. */
function withoutEntities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, digits: string) => character(parseInt(digits, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => character(Number(digits)))
    .replace(/&([a-z]+);/gi, (whole, name: string) => NAMED[name.toLowerCase()] ?? whole);
}

/** As a style is read: `\75rl(` is `url(`. */
function withoutStyleEscapes(text: string): string {
  return text
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, digits: string) => character(parseInt(digits, 16)))
    .replace(/\\([g-z@(])/gi, "$1");
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
