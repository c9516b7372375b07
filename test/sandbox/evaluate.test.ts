import * as interpreter from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";
import type { QuickJSSyncVariant } from "quickjs-emscripten-core";
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { evaluate } from "../../engine/sandbox/evaluate.ts";
import type { EvaluationHost } from "../../engine/sandbox/evaluate.ts";
import type { Evaluation, HostCall } from "../../engine/sandbox/evaluation.ts";
import { defaultLimits } from "../../engine/sandbox/sandbox-limits.ts";

const quickjs = await newQuickJSWASMModuleFromVariant(
  interpreter.default as unknown as QuickJSSyncVariant,
);

/** A clock that stands still. */
function run(code: string, host: Partial<EvaluationHost> = {}): Evaluation {
  return evaluate(
    { code, params: { a: "1" } },
    {
      quickjs,
      limits: { ...defaultLimits, megabytes: 16 },
      call: () => ({ ok: true, value: "text" }),
      now: () => 0,
      heapBytes: () => 0,
      ...host,
    },
  );
}

describe("the interpreter", () => {
  it("leaves nothing behind, however a script ends, fifty times over", () => {
    const endings: readonly (readonly [code: string, kind: Evaluation["kind"]])[] = [
      ["({ a: cohortlineHost.readText('a'), b: cohortlineHost.params })", "returned"],
      ["undefined", "returned"],
      ["throw new Error('x')", "threw"],
      ["Math.random()", "threw"],
      ["const a = {}; a.a = a; globalThis.kept = a; throw a", "threw"],
      ["const f = () => f(); globalThis.kept = [f]; (", "threw"],
      ["new ArrayBuffer(1e9)", "used-too-much-memory"],
      ["eval('(async () => { await 1; })()')", "waits"],
      ["({ get a() { throw 1; } })", "threw"],
    ];
    // A handle that is not given back makes the interpreter abort when it is taken down.
    for (let round = 0; round < 50; round++) {
      const [code, kind] = endings[round % endings.length] ?? ["", "returned"];
      assert.equal(run(code).kind, kind, code);
    }
  });

  it("gives JSON of the script's value", () => {
    assert.deepEqual(run("({ a: [1, 'ü\\0'], b: cohortlineHost.params.a })"), {
      kind: "returned",
      json: `{"a":[1,"ü\\u0000"],"b":"1"}`,
    });
  });

  it("asks its host with the very text the script gave", () => {
    const asked: HostCall[] = [];
    const call: EvaluationHost["call"] = (each) => {
      asked.push(each);
      return { ok: true, value: each.kind === "write" };
    };
    const code = String.raw`[cohortlineHost.readText("a\0\"\\b\ud83d"), cohortlineHost.writeText("p", "€\n\0")]`;
    assert.deepEqual(run(code, { call }), { kind: "returned", json: `["false",true]` });
    assert.deepEqual(asked, [
      { kind: "read", path: `a\0"\\b\ud83d` },
      { kind: "write", path: "p", text: "€\n\0" },
    ]);
  });

  it("runs a script strictly, as a module", () => {
    assert.equal(run("undeclared = 1;").kind, "threw");
    assert.deepEqual(run("(function () { return String(this); })()"), {
      kind: "returned",
      json: `"undefined"`,
    });
  });

  it("stops a script by its clock, and leaves nothing behind then either", () => {
    for (let round = 0; round < 10; round++) {
      const slow = { now: clockOf(1000) };
      assert.equal(run("for (;;) Math.abs(1);", slow).kind, "took-too-long");
    }
  });

  it("keeps nothing from one script to the next", () => {
    run("globalThis.left = 1; Array.prototype.left = 1;");
    assert.deepEqual(run("[typeof left, typeof [].left]"), {
      kind: "returned",
      json: `["undefined","undefined"]`,
    });
  });

  it("tells a thrown null from the null of memory that ran out", () => {
    assert.equal(run("throw null").kind, "threw");
    const heapBytes = () => 15_000_000;
    assert.equal(run("throw null", { heapBytes }).kind, "used-too-much-memory");
  });
});

/** Each look at the clock finds it so many milliseconds later. */
function clockOf(step: number): () => number {
  let time = 0;
  return () => (time += step);
}
