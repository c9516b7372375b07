/** Tables of what the checker refuses: a title, a study, the one problem, words of its message. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { problemsOf } from "./study-of.ts";
import type { Parts } from "./study-of.ts";

export type Refusal = readonly [
  title: string,
  given: Parts,
  code: string,
  words: readonly string[],
];

export function refuses(what: string, refusals: readonly Refusal[]): void {
  describe(`${what}: the checker refuses`, () => {
    for (const [title, parts, code, words] of refusals) {
      it(title, () => {
        const problems = problemsOf(parts);
        assert.deepEqual(
          problems.map((each) => each.code),
          [code],
          JSON.stringify(problems),
        );
        for (const word of words) {
          assert.ok(problems[0]?.message.includes(word), problems[0]?.message);
        }
      });
    }
  });
}
