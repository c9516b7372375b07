import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { problemLines } from "../../engine/base/problems.ts";
import { problemsOf } from "./temporary-workspace.ts";

const helper = `type Code = string;

export function firstOf(codes: readonly Code[]): Code {
  const nothing: { code?: { text: Code } } = {};
  return codes[0] ?? nothing.code.text;
}
`;

describe("what a study throws", { concurrency: 2 }, () => {
  it("is shown at the author's own line, in the helper where it happened", async () => {
    const study = `import { firstOf } from "./helper.ts";\nexport const study = firstOf([]);`;
    const [problem] = await problemsOf(study, { files: { "analysis/helper.ts": helper } });
    assert.ok(problem);
    assert.equal(
      problemLines(problem).join("\n"),
      "analysis/helper.ts:5:30: The study stopped with TypeError: cannot read property 'text' of " +
        "undefined [study-threw]\n  The line reads: return codes[0] ?? nothing.code.text;",
    );
  });

  it("cannot reach the terminal with its own escapes, nor fill the screen", async () => {
    const [problem] = await problemsOf(
      `throw new Error("\\u001b[2J\\u001b]0;title\\u0007 red\\r\\nfake: done \\u202egnp" + "x".repeat(1e6));`,
    );
    assert.ok(problem);
    for (const line of problemLines(problem)) assert.doesNotMatch(line, /[\p{Cc}\u202e]/u);
    assert.match(
      problem.message,
      /^The study stopped with Error: +\[2J \]0;title +red fake: done +gnpx+…$/,
    );
    assert.ok(problem.message.length < 500);
  });

  const thrown: Readonly<Record<string, [code: string, message: string]>> = {
    "a text": [`throw "no codes";`, "no codes"],
    null: ["throw null;", "null"],
    "a symbol": [`throw Symbol("x");`, "Symbol(x)"],
    "an error of its own": [
      `class Mine extends Error { name = "Mine"; } throw new Mine("sorry");`,
      "Mine: sorry",
    ],
    "an error with a getter that throws": [
      "throw { get message() { throw 1; } };",
      "something that cannot be shown",
    ],
    "an error with a getter that never ends": [
      "throw { get message() { for (;;); } };",
      "something that cannot be shown",
    ],
    "an error with false problems": [
      `throw { name: "E", message: "m", problems: [{ code: "constructor", message: "", hint: "" }] };`,
      "E: m",
    ],
  };
  for (const [name, [text, message]] of Object.entries(thrown)) {
    it(`can be ${name}`, async () => {
      const [problem] = await problemsOf(text);
      assert.equal(problem?.code, "study-threw");
      assert.equal(problem.message, `The study stopped with ${message}`);
    });
  }
});

describe("problems that the library reports inside", { concurrency: 2 }, () => {
  it("come out whole, all of them, tamed, with the catalogue's exit code", async () => {
    const [first, second] = await problemsOf(`
      import { report } from "cohortline";
      report(
        { code: "study-waits", message: "one\\u001b[1m", hint: "h", exitCode: 130 },
        { code: "study-threw", message: "two", hint: "", exitCode: 1, place: { file: "x\\n.csv", line: 7 } },
      );
    `);
    const file = "analysis/study_definition.ts";
    const place = { file, line: 3, column: 7 };
    assert.deepEqual(first, {
      code: "study-waits",
      message: "one [1m",
      hint: "h",
      exitCode: 1,
      place,
    });
    assert.deepEqual(second?.place, { file: "x .csv", line: 7 });
  });

  it("can be caught by the study, which then goes on", async () => {
    const [problem] = await problemsOf(`
      try { cohortlineHost.readText("none.csv"); } catch (error) { throw error.problems[0].code; }
    `);
    assert.equal(problem?.message, "The study stopped with study-path-missing");
  });
});

describe("a study that waits", { concurrency: 2 }, () => {
  const waiting: Readonly<Record<string, string>> = {
    "with await at the top": "await 1; export const study = 1;",
    "in an async function": "const f = async () => { throw new Error(); };\nf();",
    "for a promise": "export const study = 1;\nPromise.resolve(1);",
    "for an import": `export const study = import("./study_definition.ts");`,
    "in code made at run time": `eval("(async () => { await 1; })()"); export const study = 1;`,
  };
  for (const [name, text] of Object.entries(waiting)) {
    it(`is refused ${name}`, async () => {
      const [problem] = await problemsOf(text);
      assert.equal(problem?.code, "study-waits");
    });
  }
});
