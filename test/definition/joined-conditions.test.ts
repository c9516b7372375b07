import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { joinedConditions } from "../../engine/definition/conditions/joined-conditions.ts";
import { parseCondition } from "../../engine/definition/conditions/parse-condition.ts";

/** What an author writes, and the conditions that it joins. */
const table: readonly (readonly [text: string, ...conditions: readonly string[]])[] = [
  ["registered", "registered"],
  ["registered AND age >= 18", "registered", "age >= 18"],
  ["registered and\n\t age  >=\n18", "registered", "age >= 18"],
  ["a AND b AND c", "a", "b", "c"],
  ["(a AND b) AND (c AND (d))", "a", "b", "c", "d"],
  ["((a AND b))", "a", "b"],
  ["(a) AND (b OR c)", "a", "b OR c"],
  ["a OR b", "a OR b"],
  ["a AND b OR c", "a AND b OR c"],
  ["(a OR b) AND c", "a OR b", "c"],
  ["NOT (a AND b)", "NOT (a AND b)"],
  ["NOT a AND NOT (b OR c)", "NOT a", "NOT (b OR c)"],
  ["(a + b) * (a - b) > 3 AND c", "(a + b) * (a - b) > 3", "c"],
  ["(a + b) > (c)", "(a + b) > (c)"],
  ["sex = 'F' -- women only\nAND a /* and not b */ # or c", "sex = 'F'", "a"],
  ["name = 'A AND B' AND other = \"it's (\"", "name = 'A AND B'", 'other = "it\'s ("'],
  ["name = 'two\n lines'", "name = 'two lines'"],
  ["a='1'AND b!=2", "a='1'", "b!=2"],
];

describe("the conditions that a population joins", () => {
  for (const [text, ...conditions] of table) {
    it(`of ${JSON.stringify(text)} are ${conditions.length}, in their author's words`, () => {
      const parsed = parseCondition(text);
      const read = parsed.ok ? parsed.condition : null;
      assert.deepEqual(joinedConditions(text), conditions);
      // They are those that the cohort is made by.
      assert.equal(read?.kind === "all" ? read.of.length : 1, conditions.length);
    });
  }
});
