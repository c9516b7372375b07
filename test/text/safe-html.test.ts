import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { safeHtml } from "../../engine/text/safe-html.ts";

const safe = (html: string): string => safeHtml(html).toString();

describe("HTML of somebody else's", () => {
  it("keeps tables, lists, links and pictures", () => {
    const table =
      '<table><thead><tr><th colspan="2">a &amp; b</th></tr></thead><tr><td>1</td></tr></table>';
    assert.equal(safe(`<div><style>td{}</style>${table}</div>`), `<div>${table}</div>`);
    assert.equal(
      safe('<a href="https://a.example/x?y=1&z=2">x</a>'),
      '<a href="https://a.example/x?y=1&amp;z=2">x</a>',
    );
    assert.equal(safe("<p>a<br/>b"), "<p>a<br>b</p>");
    const picture = '<img src="data:image/png;base64,AAAA" alt="">';
    assert.equal(safe(picture), picture);
  });

  for (const [what, html, left] of [
    ["a script", "a<script>alert(1)</script>b", "ab"],
    ["a script in capitals that is not closed", "a<SCRIPT>alert(1)", "a"],
    [
      "a handler",
      '<img src="data:image/png;base64,AA" onerror="x()">',
      '<img src="data:image/png;base64,AA">',
    ],
    ["an address that is code", '<a href="javascript:x()">a</a>', "<a>a</a>"],
    ["the same in entities", '<a href="&#106;avascript:x()">a</a>', "<a>a</a>"],
    ["the same behind a space", '<a href=" javascript:x()">a</a>', "<a>a</a>"],
    ["a picture from elsewhere", '<img src="https://a.example/p.png">', "<img>"],
    ["a page inside", '<iframe src="https://a.example">x</iframe>y', "y"],
    ["a style", '<p style="position:fixed">a</p>', "<p>a</p>"],
    ["a form", '<form action="https://a.example"><input name="a">b</form>', "b"],
    ["a drawing with code", '<svg onload="x()"><a href="javascript:x()">b</a></svg>c', "c"],
    ["a comment that hides a tag", "<!-- --!><script>x()</script> -->a", "a"],
    ["an end of what is around it", "</div></main><b>a", "<b>a</b>"],
    [
      "a quote in an attribute",
      '<p title="a&quot; onclick=&quot;x()">b',
      '<p title="a&quot; onclick=&quot;x()">b</p>',
    ],
    ["a tag that is none", "a < b <3 <>", "a &lt; b &lt;3 &lt;&gt;"],
    [
      "a meta element",
      '<meta http-equiv="refresh" content="0;url=//a.example"><base href="//a.example">a',
      "a",
    ],
  ] as const) {
    it(`loses what could run or fetch: ${what}`, () => {
      assert.equal(safe(html), left);
    });
  }

  it("is closed in itself and made of listed parts alone, whatever it was", () => {
    const piece = fc.constantFrom(
      ...["<", ">", "/", "a", "b", " ", "=", '"', "'", "&", ";", "<p>", "</p>", "<!--", "-->"],
      ...[
        "<script>",
        "</script>",
        "<td",
        "href=",
        "javascript:",
        "onclick=",
        "<svg>",
        "</svg>",
        "#x",
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const html = safe(pieces.join(""));
        const tags = [...html.matchAll(/<(\/?)([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>/g)];
        assert.equal(
          html.replace(/<(\/?)([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>/g, "").search(/[<>]/),
          -1,
          html,
        );
        const open: string[] = [];
        for (const [, slash, tag = ""] of tags) {
          if (slash === "/") assert.equal(open.pop(), tag, html);
          else if (!["br", "hr", "img", "col"].includes(tag)) open.push(tag);
        }
        assert.deepEqual(open, [], html);
        assert.doesNotMatch(html, /<[^>]*(?: on|="\s*javascript:)/);
        assert.equal(safe(html), html, "once is enough");
      }),
      { numRuns: 300 },
    );
  });
});
