import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundleStudy } from "../../engine/sandbox/bundle-study.ts";
import type { StudyBundle } from "../../engine/sandbox/bundle-study.ts";
import { guestLibrary } from "../../engine/sandbox/guest-library.ts";
import { defaultLimits } from "../../engine/sandbox/sandbox-limits.ts";
import { studyFiles } from "../../engine/sandbox/study-files.ts";
import { enclose } from "../../engine/files/enclosure.ts";
import { problemsIn, temporaryFolder } from "./temporary-workspace.ts";
import type { Files } from "./temporary-workspace.ts";

const entry = "analysis/study_definition.ts";

async function bundle(text: string, files: Files = {}): Promise<StudyBundle> {
  const folder = temporaryFolder({ [entry]: text, ...files });
  const record = studyFiles(enclose(folder), { canWrite: () => "refuse" }, defaultLimits);
  return await bundleStudy(record, entry, guestLibrary());
}

/** Code, message, hint and place of each problem, as a person reads them. */
async function told(text: string, files: Files = {}): Promise<readonly string[]> {
  const problems = await problemsIn(bundle(text, files));
  return problems.map(
    ({ code, message, hint, place }) =>
      `${code} ${String(place?.file)}:${place?.line ?? 0}:${place?.column ?? 0} ${message} | ${hint}`,
  );
}

const withoutPaths = ({ code }: StudyBundle): string => code.replaceAll(/^ *\/\/ .*$/gm, "");

describe("bundling a study", { concurrency: 2 }, () => {
  it("is not swayed by any configuration of the workspace, nor by its packages", async () => {
    const text = `
      import { patients } from "cohortline";
      import { n } from "./helper";
      class A { n = n; }
      export const study = [patients.all(), new A()];
    `;
    const helper = { "analysis/helper.ts": "export const n = 1;" };
    const evil = "export const patients = 'evil'; export const n = 'evil';";
    const tsconfig = JSON.stringify({
      compilerOptions: {
        baseUrl: "evil",
        paths: { cohortline: ["./evil"], "./helper": ["./evil"] },
        useDefineForClassFields: false,
        target: "es5",
        jsx: "react",
      },
    });
    const manifest = JSON.stringify({
      name: "study",
      type: "commonjs",
      sideEffects: false,
      browser: { cohortline: "./evil.js", "./helper": "./evil.js" },
      imports: { cohortline: "./evil.js" },
    });
    const configuration: Files = {
      "tsconfig.json": tsconfig,
      "analysis/tsconfig.json": tsconfig,
      "package.json": manifest,
      "analysis/package.json": manifest,
      ".babelrc": `{ "presets": ["evil"] }`,
      "evil.js": evil,
      "analysis/evil.ts": evil,
      "node_modules/cohortline/index.js": evil,
      "node_modules/cohortline/package.json": `{ "main": "index.js" }`,
      "analysis/node_modules/cohortline/index.js": evil,
    };
    const plain = await bundle(text, helper);
    const swayed = await bundle(text, { ...helper, ...configuration });
    assert.equal(withoutPaths(swayed), withoutPaths(plain));
    assert.doesNotMatch(swayed.code, /evil/);
  });

  it("writes nothing of the environment into the code", async () => {
    const before = process.env["NODE_ENV"];
    process.env["NODE_ENV"] = "leaked-environment";
    const { code } = await bundle("export const study = process.env.NODE_ENV;");
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
    assert.match(code, /study = process\.env\.NODE_ENV/);
    assert.doesNotMatch(code, /leaked-environment|development|production/);
  });

  it("keeps the author's sources for messages, and no others", async () => {
    const { sources } = await bundle(`import "./helper"; export const study = 1;`, {
      "analysis/helper.ts": "globalThis.x = 1;",
    });
    assert.deepEqual([...sources.keys()].sort(), ["analysis/helper.ts", entry]);
  });

  it("finds what an import means: the file itself, TypeScript for .js, an extension or index left out", async () => {
    const files: Files = {
      "analysis/a.js": "globalThis.a = 1;",
      "analysis/a.ts": "globalThis.wrong = 1;",
      "analysis/b.ts": "globalThis.b = 1;",
      "analysis/c.mjs": "globalThis.c = 1;",
      "analysis/d/index.ts": "globalThis.d = 1;",
      "analysis/e.f.ts": "globalThis.ef = 1;",
      "lists/g.json": `{ "g": 1 }`,
    };
    const imports = ["./a.js", "./b.js", "./c", "./d", "./e.f"].map((each) => `import "${each}";`);
    const { code } = await bundle(
      `${imports.join("")} import g from "../lists/g"; export const study = g;`,
      files,
    );
    for (const name of ["a", "b", "c", "d", "ef"])
      assert.match(code, RegExp(`globalThis.${name} = 1`));
    assert.doesNotMatch(code, /globalThis\.wrong/);
    assert.match(code, /g: 1/);
  });
});

describe("what is wrong with a study's sources", { concurrency: 2 }, () => {
  const wrong: readonly (readonly [name: string, text: string, problem: string])[] = [
    [
      "a syntax error, counted in characters",
      `const ü = "😀é"; const x = ;`,
      `study-syntax-error ${entry}:1:28 The file cannot be understood: Unexpected ";" | The line reads: const ü = "😀é"; const x = ;`,
    ],
    [
      "a name that the library does not have",
      `import { codelst } from "cohortline";\nexport const study = codelst;`,
      `study-import-unknown-name ${entry}:1:10 "cohortline" exports nothing named "codelst" | Nearest: "codelist".`,
    ],
    [
      "a name that a helper does not have",
      `import { b } from "./helper";\nexport const study = b;`,
      `study-import-unknown-name ${entry}:1:10 "analysis/helper.ts" exports nothing named "b" | `,
    ],
    [
      "a helper that is not there",
      `import "./helpr";`,
      `study-import-missing ${entry}:1:8 The import "./helpr" leads to no file | Nearest: "./helper".`,
    ],
    [
      "a folder without index",
      `import "./";`,
      `study-import-missing ${entry}:1:8 The import "./" leads to no file | A study can import "cohortline" and, by a path that starts with "./" or "../", .ts, .js, .mjs and .json files of its own workspace.`,
    ],
    [
      "a file that is no code",
      `import "./list.csv";`,
      `study-import-not-allowed ${entry}:1:8 A study cannot import "./list.csv" | A study can import "cohortline" and, by a path that starts with "./" or "../", .ts, .js, .mjs and .json files of its own workspace.`,
    ],
    [
      "broken JSON, in its own file",
      `import a from "./a.json"; export const study = a;`,
      `study-syntax-error analysis/a.json:1:6 The file cannot be understood: Expected "," in JSON but found "\\"y\\"" | The line reads: ["x" "y"`,
    ],
  ];
  const files: Files = {
    "analysis/helper.ts": "export const a = 1;",
    "analysis/list.csv": "code",
    "analysis/a.json": `["x" "y"\n]`,
  };
  for (const [name, text, problem] of wrong) {
    it(`is told: ${name}`, async () => {
      assert.deepEqual(await told(text, files), [problem]);
    });
  }

  it("is told all at once", async () => {
    const problems = await told(`import "./helpr"; import "lodash"; import "./broken";`, {
      ...files,
      "analysis/broken.ts": "const =",
    });
    assert.deepEqual(problems.map((each) => each.split(" ")[0]).sort(), [
      "study-import-missing",
      "study-import-not-allowed",
      "study-syntax-error",
    ]);
  });
});

describe("the library inside the sandbox", () => {
  it("is that of the source tree, or the built one that lies beside this code", () => {
    const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
    assert.deepEqual(guestLibrary("file:///x/dist/chunk-ABC.js"), {
      index: "/x/dist/index.js",
      studyFile: "/x/dist/study-file.js",
    });
    const source = join(root, "engine/sandbox/guest-library.ts");
    assert.deepEqual(guestLibrary(pathToFileURL(source).href), {
      index: join(root, "engine/index.ts"),
      studyFile: join(root, "engine/definition/study-file.ts"),
    });
  });
});
