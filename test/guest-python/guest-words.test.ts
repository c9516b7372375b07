import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { guestProgram, variablesIn } from "../../engine/guest-python/guest-words.ts";

const read = (words: string): unknown =>
  guestProgram(words.split(" ").filter((word) => word !== ""));
const python = (form: string, name: string, ...words: string[]): unknown => ({
  ...{ kind: "python", form, name, words },
});

describe("the words of an action in Python", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["python analysis/a.py", python("file", "analysis/a.py")],
    ["python3 analysis/a.py --date 2020", python("file", "analysis/a.py", "--date", "2020")],
    ["analysis/a.py x", python("file", "analysis/a.py", "x")],
    ["python -u -B analysis/a.py -c", python("file", "analysis/a.py", "-c")],
    ["python -W ignore -X dev a.py", python("file", "a.py")],
    ["python -m analysis.report x", python("module", "analysis.report", "x")],
    ["python -c pass", python("code", "pass")],
    ["-c pass a", python("code", "pass", "a")],
    ["env FORMAT=png X= python a.py Y=1", python("file", "a.py", "Y=1")],
  ];
  for (const [words, program] of cases) {
    it(`mean the same as to an interpreter: ${words}`, () => {
      assert.deepEqual(read(words), program);
    });
  }

  it("set variables behind env, and none elsewhere", () => {
    const variables = (words: string): readonly string[] => variablesIn(words.split(" "));
    assert.deepEqual(variables("env FORMAT=png X= python a.py Y=1"), ["FORMAT=png", "X="]);
    assert.deepEqual(variables("python a.py Y=1"), []);
  });

  for (const [words, why] of [
    ["env A=1", /of programs it has python and jupyter nbconvert, and this names none/],
    ["python", /names no file/],
    ["python -m", /-m is followed by nothing/],
    ["python --inspect a.py", /does not know the option --inspect/],
    ["bash run.sh", /has python and jupyter nbconvert, and this names bash/],
    ["jupyter lab", /has nbconvert, not lab/],
  ] as const) {
    it(`are refused with the reason: ${words}`, () => {
      const { kind, why: said } = read(words) as { readonly kind: string; readonly why: string };
      assert.equal(kind, "cannot");
      assert.match(said, why);
    });
  }
});
