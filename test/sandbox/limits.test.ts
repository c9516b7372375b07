import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { codesOf, problemsOf, studyOf } from "./temporary-workspace.ts";

const short = { limits: { seconds: 0.2, megabytes: 24 } };
const roomy = { limits: { seconds: 20, megabytes: 24 } };

describe("a study that never ends is stopped", { concurrency: 2 }, () => {
  const endless: Readonly<Record<string, string>> = {
    "a loop": "while (true);",
    "a loop that catches all": "for (;;) { try { for (;;); } catch {} finally { continue; } }",
    "a pattern with catastrophic backtracking": `/^(a+)+$/.test("a".repeat(60) + "b");`,
    "a built-in function that does not look at the clock": "new Array(4294967295).indexOf(1);",
    "a getter called while the study is taken out":
      "export const study = { get a() { for (;;); } };",
    "a toJSON called while the study is taken out":
      "export const study = { toJSON() { for (;;); } };",
  };
  for (const [name, text] of Object.entries(endless)) {
    it(`in ${name}`, async () => {
      assert.equal(await codesOf(text, short), "study-took-too-long");
    });
  }

  it("and is told the limit and, where the interpreter noticed itself, the place", async () => {
    const helper = "export function spin(n: number): void {\n  while (true) Math.abs(n);\n}";
    const text = `import { spin } from "./helper.ts";\nexport const study = spin(1);`;
    const files = { "analysis/helper.ts": helper };
    const [problem] = await problemsOf(text, { ...short, files });
    assert.equal(problem?.message, "The study did not end within 0.2 seconds");
    assert.match(problem.hint, /^It was last seen near the line: /);
    assert.equal(problem.place?.file, "analysis/helper.ts");
  });
});

describe("a study that takes all memory is stopped", { concurrency: 2 }, () => {
  const greedy: Readonly<Record<string, string>> = {
    "one large buffer": "new ArrayBuffer(2 ** 30 - 1);",
    "a text that doubles": `let s = "x"; for (;;) s += s + "y";`,
    "a list that grows": "const a = []; for (;;) a.push(new ArrayBuffer(1e6));",
    "a map that grows":
      "const m = new Map(); for (let i = 0; ; i++) m.set(i, new Uint8Array(1e5));",
    "a long message": `throw new Error("x".repeat(5e8));`,
  };
  for (const [name, text] of Object.entries(greedy)) {
    it(`with ${name}`, async () => {
      assert.equal(await codesOf(text, roomy), "study-used-too-much-memory");
    });
  }
});

describe("the memory of a study", () => {
  it("holds array buffers too, all of them together", async () => {
    const text = `
      const kept = [];
      let megabytes = 0;
      try { for (;;) { kept.push(new Uint8Array(1e6).fill(1)); megabytes += 1; } } catch {}
      kept.length = 0;
      export const study = megabytes;
    `;
    const megabytes = Number(await studyOf(text, roomy));
    // The interpreter has 16 of its own.
    assert.ok(megabytes > 8 && megabytes <= 24 + 16, String(megabytes));
  });
});

describe("a study that goes too deep is stopped", { concurrency: 2 }, () => {
  const deep: Readonly<Record<string, string>> = {
    "a function that calls itself": "function f() { return f() + 1; } f();",
    "a getter that reads itself": "const o = { get a() { return this.a; } }; o.a;",
    "code nested without end": `eval("(".repeat(1e6));`,
    "JSON nested without end": `JSON.parse("[".repeat(1e6));`,
    "a pattern nested without end": `new RegExp("(?=".repeat(3e5));`,
  };
  for (const [name, text] of Object.entries(deep)) {
    it(`in ${name}`, async () => {
      assert.equal(await codesOf(text, { limits: { seconds: 20 } }), "study-calls-too-deep");
    });
  }
});

describe("a study's files and result have a limit", { concurrency: 2 }, () => {
  const limits = { resultMegabytes: 1, sourceMegabytes: 1, fileMegabytes: 1 };
  const big = "x".repeat(1_200_000);

  it("of what comes out", async () => {
    const study = `export const study = "x".repeat(1_100_000);`;
    assert.equal(await codesOf(study, { limits }), "study-result-too-large");
  });

  it("of sources, all together", async () => {
    const files = { "analysis/big.json": JSON.stringify(big) };
    const study = `import big from "./big.json"; export const study = big.length;`;
    assert.equal(await codesOf(study, { limits, files }), "study-files-too-large");
  });

  it("of files read, all together", async () => {
    const files = { "codelists/a.csv": "x".repeat(700_000) };
    const study = `
      const read = () => cohortlineHost.readText("codelists/a.csv").length;
      export const study = [read(), read()];
    `;
    const [problem] = await problemsOf(study, { limits, files });
    assert.equal(problem?.code, "study-files-too-large");
    assert.match(problem.message, /"codelists\/a\.csv".* exceed 1 megabytes/);
  });

  it("of files written, all together, a file written twice counting once", async () => {
    const write = (name: string) => `cohortlineHost.writeText("${name}", "x".repeat(700_000));`;
    const canWrite = () => "write" as const;
    const twice = `${write("a")} ${write("a")} export const study = cohortlineHost.params.none.x;`;
    assert.equal(await codesOf(twice, { limits, canWrite }), "study-threw");
    assert.equal(
      await codesOf(write("a") + write("b"), { limits, canWrite }),
      "study-files-too-large",
    );
  });
});
