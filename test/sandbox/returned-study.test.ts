import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { returnedStudy } from "../../engine/sandbox/returned-study.ts";
import type { SourcePlaces } from "../../engine/sandbox/source-places.ts";
import { problemsOf, problemsThrown, studyOf } from "./temporary-workspace.ts";

/** Knows one stack trace. */
const places: SourcePlaces = {
  ofStack: (stack) => (stack === "here" ? { file: "analysis/a.ts", line: 7, column: 3 } : null),
  lineAt: () => "",
};

const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

describe("what an author's file gives", () => {
  it("is plain data, whatever it holds", () => {
    const json = `{"a":[1,"x",null,true,{"b":{}}],"toString":1,"hasOwnProperty":2}`;
    assert.deepEqual(returnedStudy(json, places), JSON.parse(json));
  });

  const refused: Readonly<Record<string, string>> = {
    '{"__proto__":{"polluted":true}}': `it has a key "__proto__"`,
    '{"a":[{"constructor":{"prototype":{}}}]}': `it has a key "constructor"`,
    '{"function":"all","args":{"prototype":1}}': `it has a key "prototype"`,
    "": "it is nothing or a function",
    [nested(201)]: "it is nested deeper than 200 levels",
    [nested(100_000)]: "it is nested deeper than 200 levels",
  };
  for (const [json, reason] of Object.entries(refused)) {
    it(`is refused when ${reason}: ${json.slice(0, 45)}`, () => {
      const [problem] = problemsThrown(() => returnedStudy(json, places));
      assert.equal(problem?.code, "study-result-not-data");
      assert.equal(problem.message, `What the study file exports is not plain data: ${reason}`);
      assert.equal((Object.prototype as Record<string, unknown>)["polluted"], undefined);
    });
  }

  it("may be 200 levels deep", () => {
    assert.deepEqual(returnedStudy(nested(200), places), JSON.parse(nested(200)));
  });

  it("has the place of a column only from its stack trace", () => {
    const column = (more: object) => JSON.stringify({ function: "f", args: {}, ...more });
    const bare = { function: "f", args: {} };
    const place = { file: "analysis/a.ts", line: 7 };
    const forged = { file: "\u001b[2J", line: 1 };
    assert.deepEqual(returnedStudy(column({ $stack: "here" }), places), { ...bare, place });
    assert.deepEqual(returnedStudy(column({ $stack: "here", place: forged }), places), {
      ...bare,
      place,
    });
    assert.deepEqual(returnedStudy(column({ $stack: "elsewhere", place: forged }), places), bare);
    assert.deepEqual(returnedStudy(column({ $stack: 5, place: forged }), places), bare);
  });

  it("has the place of a measure only from its stack trace", () => {
    const bare = { id: "m", numerator: "a", denominator: "b" };
    const forged = { file: "\u001b[2J", line: 1 };
    const given = JSON.stringify([
      { ...bare, $stack: "here", place: forged },
      { ...bare, place: forged },
    ]);
    const place = { file: "analysis/a.ts", line: 7 };
    assert.deepEqual(returnedStudy(given, places), [{ ...bare, place }, bare]);
  });

  it("keeps a column's arguments called place and $stack, which are not its own", () => {
    const json = `{"function":"f","args":{"place":"x","$stack":"here"}}`;
    assert.deepEqual(returnedStudy(json, places), JSON.parse(json));
  });
});

describe("tricks with what an author's file gives", { concurrency: 2 }, () => {
  it("give data or a problem, never an object of the sandbox", async () => {
    const study = `
      class Trick { get a() { return 1; } toJSON() { return { b: 2 }; } }
      export const study = {
        trick: new Trick(), get got() { return new Date(0); }, f() {}, s: Symbol("s"), u: undefined,
        nan: NaN, proxy: new Proxy({}, { ownKeys: () => ["x"], get: () => 3,
          getOwnPropertyDescriptor: () => ({ value: 3, enumerable: true, configurable: true }) }),
      };
    `;
    assert.deepEqual(await studyOf(study), {
      trick: { b: 2 },
      got: "1970-01-01T00:00:00.000Z",
      nan: null,
      proxy: { x: 3 },
    });
  });

  const tricks: readonly (readonly [text: string, code: string])[] = [
    [`const a = {}; a.a = a; export const study = a;`, "study-threw"],
    [`export const study = { n: 1n };`, "study-threw"],
    [`export const study = { get a() { throw new Error("no"); } };`, "study-threw"],
    [`export const study = JSON.parse('{"__proto__":{"x":1}}');`, "study-result-not-data"],
    [`export const study = () => 1;`, "study-result-not-data"],
    [
      `Object.prototype.toJSON = () => undefined; export const study = {};`,
      "study-result-not-data",
    ],
  ];
  for (const [text, code] of tricks) {
    it(`are told as ${code}: ${text}`, async () => {
      assert.equal((await problemsOf(text))[0]?.code, code);
    });
  }
});
