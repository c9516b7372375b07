import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Problem } from "../../engine/base/problems.ts";
import { parseCondition } from "../../engine/definition/conditions/parse-condition.ts";

function refused(text: string): Problem {
  const read = parseCondition(text);
  assert.ok(!read.ok, `${text} was accepted`);
  return read.problem;
}

describe("a text that is no condition", () => {
  const refusals: readonly (readonly [text: string, code: string, says: RegExp])[] = [
    ["", "condition-empty", /empty/],
    [" /* nothing */ # at all", "condition-empty", /empty/],
    ["a AND AND b", "condition-incomplete", /missing before AND \(line 1, column 7 /],
    ["a > > b", "condition-incomplete", /missing before > /],
    ["OR a", "condition-incomplete", /missing before OR /],
    ["a AND", "condition-incomplete", /ends where something to test/],
    ["a >", "condition-incomplete", /ends where a value/],
    ["a b", "condition-incomplete", /AND, OR or a sign is missing before b /],
    ["a 'b'", "condition-incomplete", /missing before a text/],
    ["a > NOT b", "condition-incomplete", /NOT stands where a value/],
    ["a AND ()", "condition-incomplete", /parentheses are empty/],
    ["a)", "condition-incomplete", /never opened/],
    ["(a AND b", "condition-unclosed", /parenthesis is never closed \(line 1, column 1 /],
    ["sex = 'F", "condition-unclosed", /text is never closed \(line 1, column 7 /],
    ["a /* b", "condition-unclosed", /comment is never closed/],
    ["18 <= age < 65", "condition-chained", /18 <= age AND age < …/],
    ["a = b = c", "condition-chained", /a = b AND b = …/],
    ["1", "condition-not-a-test", /A number is a value/],
    ["'yes'", "condition-not-a-test", /leave the quotes away/],
    ["a AND (age + 1)", "condition-not-a-test", /A calculation is a value/],
    ["NOT 'x'", "condition-not-a-test", /A text/],
    ["(a AND b) > 1", "condition-not-a-value", /beside >/],
    ["1 + (a > b) > 1", "condition-not-a-value", /beside \+/],
    ["-(NOT a) > 1", "condition-not-a-value", /beside -/],
    ["sex IN ('M', 'F')", "condition-word", /IN is not.*sex = 'M' OR sex = 'F'/s],
    ["sex not in ('M')", "condition-word", /in is not/],
    ["age BETWEEN 1 AND 2", "condition-word", /Write both bounds/],
    ["sex LIKE 'M%'", "condition-word", /LIKE is not/],
    ["bmi IS NULL", "condition-word", /Nothing is NULL/],
    ["bmi = NULL", "condition-word", /NULL is not/],
    ["a = TRUE", "condition-word", /has_asthma/],
    ["CASE WHEN a THEN 1 END", "condition-word", /categorised_as/],
    ["max(age, bmi) > 3", "condition-function", /max\(…\) calls a function.*maximum_of/s],
    ["a AND count(b) > 2", "condition-function", /count/],
    ["a == b", "condition-symbol", /== has no meaning.*Equal is =\./s],
    ["a <> b", "condition-symbol", /Not equal is !=/],
    ["a => b", "condition-symbol", /At least is >=/],
    ["age % 2 = 0", "condition-symbol", /no remainder/],
    ["a && b", "condition-symbol", /&& has no meaning.*AND/s],
    ["!a", "condition-symbol", /Write NOT/],
    ["a, b", "condition-symbol", /There are no lists/],
    ["a; b", "condition-symbol", /needs no end mark/],
    ["t.a", "condition-symbol", /without its table/],
    ["[a]", "condition-symbol", /without any marks/],
    ["sex = ‘F’", "condition-symbol", /straight quotes/],
    ["a\u{1F600}", "condition-symbol", /"\u{1F600}" has no meaning/u],
    ["a > 0x1F", "condition-number", /0x1F cannot be read.*31/s],
    ["5a > 3", "condition-number", /5a cannot be read/],
    ["a > 1.2.3", "condition-number", /1\.2\.3 cannot/],
    ["a > 1e999", "condition-number", /too large/],
    ["a = 9007199254740993", "condition-number", /too large/],
    ["died > 2020-01-31", "condition-date-unquoted", /Write the day as text: '2020-01-31'/],
  ];
  for (const [text, code, says] of refusals) {
    it(`${JSON.stringify(text)} is told: ${says.source.slice(0, 40)}`, () => {
      const problem = refused(text);
      assert.equal(problem.code, code);
      assert.match(`${problem.message}\n${problem.hint}`, says);
    });
  }

  it("is shown with its line and a caret under the character", () => {
    const { message } = refused("a\r\n AND\n\tgröße ~ 1");
    const [sentence, line, caret] = message.split("\n");
    assert.equal(sentence, `"~" has no meaning in a condition (line 3, column 8 of the condition)`);
    assert.equal(line, "   größe ~ 1");
    assert.equal(caret, "         ^");
  });

  it("is shown in part when it is long, the caret still under the character", () => {
    const { message } = refused(`${"abc OR ".repeat(50)}last OR ~ OR ${" OR abc".repeat(50)}`);
    const [, line = "", caret = ""] = message.split("\n");
    assert.ok(line.length < 100);
    assert.equal(line.charAt(caret.indexOf("^")), "~");
    assert.match(line, /^ {2}….*abc OR last OR ~ OR .*…$/);
  });

  it("never stops the parser in any other way", () => {
    const pieces = ["a", "AND", "or", "NOT", "(", ")", "-", "*", "/", "<", "=", "!", "'", '"'];
    const more = ["1", ".", "e", "#", "\n", " ", " ", "in", "null", ",", "--", "é", "\u{1F600}"];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 15 }), (words) => {
        const read = parseCondition(words.join(""));
        assert.equal(typeof read.ok, "boolean");
      }),
    );
  });
});
