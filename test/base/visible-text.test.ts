import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "node:test";
import { problemLines } from "../../engine/base/problems.ts";
import { problem } from "../../engine/files/problems.ts";
import { visibleJson, visibleLine, visibleText } from "../../engine/base/visible-text.ts";

/** All that a terminal obeys or does not draw, from and to, and not by properties of Unicode. */
const DANGEROUS: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
];

function assertSafe(text: string): void {
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const found = DANGEROUS.find(([from, to]) => from <= point && point <= to);
    assert.equal(found, undefined, `U+${point.toString(16)}`);
  }
}

describe("text on its way to a terminal", () => {
  const examples: Readonly<Record<string, string>> = {
    "\u001b[31mred": "\\u{1b}[31mred",
    "a\u009b2J": "a\\u{9b}2J",
    "one\r\ntwo\tthree": "one\\u{d}\\u{a}two\\u{9}three",
    "\u202eback": "\\u{202e}back",
    "zero\u200bwidth, soft\u00adhyphen": "zero\\u{200b}width, soft\\u{ad}hyphen",
    "half \ud83d of one": "half \\u{d83d} of one",
    "a tag \u{e0041}": "a tag \\u{e0041}",
    "Ärger, 喘息, 😀": "Ärger, 喘息, 😀",
  };
  for (const [text, shown] of Object.entries(examples)) {
    it(`${JSON.stringify(text)} becomes ${shown}`, () => {
      assert.equal(visibleText(text), shown);
    });
  }

  const anyText = fc.string({ unit: "binary", maxLength: 60 });

  it("never holds a character that a terminal obeys, whatever it was", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assertSafe(visibleText(text));
        assertSafe(visibleLine(text));
        assertSafe(visibleJson({ text, [text]: [text] }));
      }),
    );
  });

  it("is the same data as JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyText, (value, text) => {
        const data = { value, text };
        assert.deepEqual(JSON.parse(visibleJson(data)), JSON.parse(JSON.stringify(data)));
      }),
    );
  });

  it("cannot add a line to a problem, whichever fact and whichever place it stands in", () => {
    const name = "sbp\nwarning: all is well\u001b[2J";
    const told = problem("file-not-found", { file: name }, { file: name });
    for (const line of problemLines(told)) assertSafe(line);
    assert.match(problemLines(told)[0] ?? "", /sbp\\u\{a\}warning/);
  });
});
