import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import fc from "fast-check";
import { patternMatcher } from "../../engine/base/path-pattern.ts";
import { meetsPattern } from "../../engine/pipeline/project/output-pattern.ts";
import { quotedWord, shellWords } from "../../engine/pipeline/project/shell-words.ts";

const names = (letters: string, most: number): readonly string[] => {
  const all = [""];
  for (let from = 0, length = 1; length <= most; length++) {
    const to = all.length;
    for (; from < to; from++) for (const letter of letters) all.push((all[from] ?? "") + letter);
  }
  return all;
};

describe("two patterns", () => {
  // Every pattern here is so short that some name of six letters matches both, if any does.
  const short = names("ab/", 6);
  const pattern = fc.stringMatching(/^[ab*/]{1,4}$/).filter((text) => !text.includes("**"));

  it("meet exactly if some name matches both", () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const [matchesA, matchesB] = [patternMatcher(a), patternMatcher(b)];
        const both = short.some((path) => matchesA(path) && matchesB(path));
        assert.equal(meetsPattern(a)(b), both);
      }),
      { numRuns: 2000 },
    );
  });

  it("do not meet where no name matches both", () => {
    for (const [a, b] of [
      ["a*", "b*"],
      ["*a", "*b"],
      ["a*/x", "a*"],
      ["ab*ba", "aba"],
      ["x", "y"],
      ["*.csv", "a.txt"],
    ] as const) {
      assert.equal(meetsPattern(a)(b), false, `${a} ${b}`);
      assert.equal(meetsPattern(b)(a), false, `${b} ${a}`);
    }
  });
});

describe("a pattern with many stars", () => {
  it("is answered at once for a name that it does not match", () => {
    const began = process.cpuUsage().user;
    const matches = patternMatcher(`${"a*".repeat(40)}b`);
    for (let i = 0; i < 1000; i++) assert.equal(matches("a".repeat(250)), false);
    assert.ok(process.cpuUsage().user - began < 2_000_000);
  });

  it("matches as a regular expression does", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[ab*/]{0,8}$/),
        fc.stringMatching(/^[ab/]{0,8}$/),
        (p, name) => {
          const expected = new RegExp(`^${p.replaceAll(/\*+/g, "[^/]*")}$`).test(name);
          assert.equal(patternMatcher(p)(name), expected);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe("a star", () => {
  it("stands for any text without a slash, and everything else for itself", () => {
    const matches = patternMatcher("out/a.*_(1)+.csv");
    assert.ok(matches("out/a.x y_(1)+.csv"));
    assert.ok(matches("out/a._(1)+.csv"));
    assert.ok(!matches("out/a.x/y_(1)+.csv"));
    assert.ok(!matches("out/aXx_(1)+.csv"));
  });
});

describe("the words of a command", () => {
  const shell = (text: string): readonly string[] =>
    execFileSync("sh", ["-c", `for w in ${text}; do printf '%s\\n' "$w"; done`], {
      encoding: "utf8",
    })
      .split("\n")
      .slice(0, -1);

  for (const text of [
    "a  b\tc",
    `a "b c" 'd "e"'`,
    `--range="b c" x'y'z`,
    `a "" ''`,
    `a\\ b c\\"d`,
    `"a\\"b" "c\\d" 'e\\f'`,
  ]) {
    it(`are those a shell sees in ${text}`, () => {
      assert.deepEqual(shellWords(text), shell(text));
    });
  }

  it("cannot be told where a quote is not closed", () => {
    assert.deepEqual(['a "b', "a 'b", "a\\"].map(shellWords), [null, null, null]);
  });

  it("come back from what is shown of them", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (words) => {
        assert.deepEqual(shellWords(words.map(quotedWord).join(" ")), words);
      }),
    );
  });
});
