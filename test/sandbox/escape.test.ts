import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  problemsIn,
  problemsOf,
  runText,
  studyOf,
  temporaryFolder,
} from "./temporary-workspace.ts";

/** Tries each expression in one run; what it gives or which problem it throws. */
async function attempts(expressions: readonly string[]): Promise<unknown> {
  const tries = expressions.map((each) => `attempt(() => ${each})`).join(",\n");
  return await studyOf(`
    import { readText, writeText } from "cohortline";
    const attempt = (f) => {
      try { return String(f()); } catch (e) { return e.problems ? e.problems[0].code : e.name; }
    };
    export const study = [${tries}];
  `);
}

describe("a study that tries to get out", () => {
  it("finds none of the objects through which programs reach the machine", async () => {
    const names = [
      ...["process", "module", "exports", "global", "Buffer", "__dirname", "fetch"],
      ...["XMLHttpRequest", "WebSocket", "Worker", "WebAssembly", "navigator", "performance"],
      ...["setTimeout", "setInterval", "queueMicrotask", "Atomics", "std", "os", "bjson", "gc"],
      ...["Deno", "Bun", "importScripts", "print", "scriptArgs", "crypto", "window"],
    ];
    const study = `export const study = [${names.map((name) => `typeof ${name}`).join()}];`;
    assert.deepEqual(
      await studyOf(study),
      names.map(() => "undefined"),
    );
  });

  it("reaches only the interpreter's own world through constructors", async () => {
    const study = `
      const world = cohortlineHost.readText.constructor("return this")();
      const names = Object.getOwnPropertyNames(world);
      const { stack } = new Error();
      export const study = [world === globalThis, names.includes("process"), /node:|file:/.test(stack)];
    `;
    assert.deepEqual(await studyOf(study), [true, false, false]);
  });

  it("reads nothing outside its workspace, and nothing hidden in it", async () => {
    const paths = [
      "/etc/passwd",
      "../../etc/passwd",
      "analysis/../../x",
      "..",
      "a\\\\..\\\\x",
      "C:/x",
    ];
    const outside = paths.map((path) => `readText("${path}")`);
    const nul = `readText("analysis/study_definition.ts\\0.csv")`;
    const hidden = [`readText(".env")`, `readText(".git/config")`, `readText("analysis/.x/y")`];
    assert.deepEqual(await attempts([...outside, nul, ...hidden, `readText(5)`, `readText({})`]), [
      ...outside.map(() => "study-path-outside-workspace"),
      "study-path-outside-workspace",
      ...hidden.map(() => "study-path-hidden"),
      "TypeError",
      "TypeError",
    ]);
  });

  it("writes nothing outside its workspace", async () => {
    const paths = ["/tmp/x", "../x", "output/../../x", ".ssh/authorized_keys"];
    assert.deepEqual(await attempts(paths.map((path) => `writeText("${path}", "")`)), [
      "study-path-outside-workspace",
      "study-path-outside-workspace",
      "study-path-outside-workspace",
      "study-path-hidden",
    ]);
  });

  it("imports nothing but the library and files of its workspace, and is told all at once", async () => {
    const allowed = new Set(["cohortline", "./helper.ts"]);
    const specifiers = [
      ...["cohortline", "./helper.ts", "/etc/passwd", "node:fs", "fs", "lodash", "esbuild"],
      ...["https://example.org/x.js", "data:text/javascript,1", "file:///etc/passwd", "#internal"],
      ...["cohortline/engine/sandbox", "cohortline:author", "cohortline:study-file", "study:x"],
    ];
    const text = specifiers.map((each) => `import ${JSON.stringify(each)};`).join("\n");
    const problems = await problemsOf(text, { files: { "analysis/helper.ts": "" } });
    assert.deepEqual(
      problems.map(({ code, place }) => [code, specifiers[(place?.line ?? 0) - 1]]),
      specifiers
        .filter((each) => !allowed.has(each))
        .map((each) => ["study-import-not-allowed", each]),
    );
  });

  it("cannot import out of its workspace by any spelling", async () => {
    const text = `
      import "../../outside.ts";
      import("../../outside.ts");
      require("../../outside.ts");
      export * from "./link.ts";
      import "./folder/outside.ts";
    `;
    const outside = temporaryFolder({ "outside.ts": "export const secret = 1;" });
    const workspace = temporaryFolder({ "analysis/study_definition.ts": text });
    symlinkSync(join(outside, "outside.ts"), join(workspace, "analysis/link.ts"));
    symlinkSync(outside, join(workspace, "analysis/folder"));
    const problems = await problemsIn(runText("", { workspace }));
    assert.deepEqual(
      problems.map(({ code, place }) => [code, place?.line]),
      [2, 3, 4, 5, 6].map((line) => ["study-path-outside-workspace", line]),
    );
  });

  it("gets no module at run time", async () => {
    const [byName] = await problemsOf(`const name = "std"; export const study = import(name);`);
    assert.equal(byName?.code, "study-waits");
    const study = `
      const attempt = (code) => { try { return typeof eval(code); } catch (e) { return e.name; } };
      export const study = [attempt("import.meta"), attempt("require('fs')"), attempt("process")];
    `;
    assert.deepEqual(await studyOf(study), ["SyntaxError", "ReferenceError", "ReferenceError"]);
  });

  it("cannot change what stands between it and the host", async () => {
    const study = `
      "use strict";
      const attempt = (f) => { try { f(); return "done"; } catch (e) { return e.name; } };
      export const study = [
        attempt(() => { globalThis.cohortlineHost = {}; }),
        attempt(() => { delete globalThis.cohortlineHost; }),
        attempt(() => { cohortlineHost.readText = () => ""; }),
        attempt(() => { cohortlineHost.params.x = "1"; }),
        attempt(() => { Object.defineProperty(cohortlineHost, "more", { value: 1 }); }),
        attempt(() => { Object.setPrototypeOf(cohortlineHost, {}); }),
        Object.getPrototypeOf(cohortlineHost),
        Object.keys(cohortlineHost),
      ];
    `;
    const refused = Array.from({ length: 6 }, () => "TypeError");
    assert.deepEqual(await studyOf(study), [
      ...refused,
      null,
      ["readText", "writeText", "warn", "params"],
    ]);
  });

  it("is still served, refused and heard after it has replaced the built-in functions", async () => {
    const spoil = `
      const wrong = () => { throw new RangeError("replaced"); };
      JSON.parse = JSON.stringify = Reflect.apply = Object.defineProperty = Array.isArray = wrong;
      String.prototype.slice = String.prototype.startsWith = RegExp.prototype.test = wrong;
      Array.prototype.map = Object.freeze = wrong;
      globalThis.String = globalThis.Error = globalThis.JSON = wrong;
    `;
    const text = `
      const { readText } = cohortlineHost;
      ${spoil}
      export const study = { text: readText("codelists/a.csv") };
    `;
    assert.deepEqual(await studyOf(text, { files: { "codelists/a.csv": "code" } }), {
      text: "code",
    });
    const [problem] = await problemsOf(
      `${spoil} export const study = cohortlineHost.readText("../x");`,
    );
    assert.equal(problem?.code, "study-path-outside-workspace");
  });
});
