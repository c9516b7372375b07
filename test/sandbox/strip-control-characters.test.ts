import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "node:test";
import { stripControlCharacters } from "../../engine/sandbox/strip-control-characters.ts";

describe("text from a study on its way to a terminal", () => {
  const examples: Readonly<Record<string, string>> = {
    "\u001b[31mred\u001b[0m": "[31mred [0m",
    "one\r\ntwo\tthree": "one two three",
    "a\0\b\u007f\u009b2Jb": "a 2Jb",
    "\u202eback\u202c and \u2066forth\u2069": "back  and  forth",
    "half \ud83d of one": "half   of one",
    "Ärger 😀": "Ärger 😀",
  };
  for (const [text, tame] of Object.entries(examples)) {
    it(`${JSON.stringify(text)} becomes ${JSON.stringify(tame)}`, () => {
      assert.equal(stripControlCharacters(text), tame);
    });
  }

  it("is one printable line of at most the given number of characters", () => {
    const anyText = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 100 }), (text, limit) => {
        const tame = stripControlCharacters(text, limit);
        assert.ok(Array.from(tame).length <= limit);
        for (const character of tame) {
          const point = character.codePointAt(0) ?? 0;
          assert.ok(point >= 32 && !(point >= 127 && point < 160), `U+${point.toString(16)}`);
          assert.ok(!(point >= 0xd800 && point < 0xe000), "half a character");
        }
      }),
    );
  });

  it("stays as it is when it is short and plain", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), (text) => {
        assert.equal(stripControlCharacters(text), text.trim());
      }),
    );
  });

  it("is cut at once when it is enormous", () => {
    assert.equal(stripControlCharacters("x".repeat(50_000_000), 10), `${"x".repeat(9)}…`);
  });
});
