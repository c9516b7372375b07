import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sourceFiles } from "./source-files.ts";

/** What each room may import of ours, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  definition: ["base", "text"],
  duckdb: ["base", "text"],
  plan: ["base", "definition", "schema"],
  sql: ["base", "definition", "plan", "schema", "text"],
  schema: ["base", "definition"],
  synthetic: ["base", "definition", "duckdb", "schema", "text"],
  files: ["base"],
  page: ["text"],
  text: ["base"],
  table: ["base", "duckdb", "files", "text"],
  measures: ["base", "files", "table", "text", "workers"],
  workers: ["base"],
  audit: ["base", "measures", "text"],
  charts: ["base", "measures", "page", "profile", "text"],
  profile: ["base", "measures", "table"],
  backend: ["base", "definition", "duckdb", "files", "plan", "sql", "schema", "table", "text"],
  sandbox: ["base", "definition", "files"],
  options: ["base"],
  wasi: [],
  "guest-python": ["base", "files", "page", "table", "text", "wasi"],
  python: ["base", "definition", "files", "sandbox", "wasi"],
  commands: [
    "base",
    "page",
    "options",
    "audit",
    "definition",
    "files",
    "plan",
    "sql",
    "schema",
    "table",
    "measures",
    "charts",
    "profile",
    "backend",
    "synthetic",
    "python",
    "release",
    "sandbox",
    "text",
    "workers",
  ],
  release: ["base", "files", "table", "text"],
  pipeline: [
    "base",
    "charts",
    "commands",
    "files",
    "guest-python",
    "options",
    "page",
    "release",
    "text",
  ],
  serve: [
    "base",
    "charts",
    "commands",
    "files",
    "options",
    "page",
    "pipeline",
    "release",
    "table",
    "text",
  ],
  terminal: ["base", "commands"],
  "cli.ts": ["sandbox", "command-line.ts"],
  "command-line.ts": [
    "base",
    "commands",
    "files",
    "options",
    "pipeline",
    "serve",
    "terminal",
    "workers",
  ],
  "index.ts": ["base", "definition"],
};

/** Where each package may be imported. */
const owners: Readonly<Record<string, string>> = {
  "date-fns": "engine/base/dates.ts",
  "@date-fns/utc": "engine/base/dates.ts",
  yaml: "engine/base/yaml",
  "csv-parse": "engine/table/",
  "csv-stringify": "engine/table/",
  "apache-arrow": "engine/table/feather/",
  "@foxglove/wasm-zstd": "engine/table/compression/zstd.ts",
  piscina: "engine/workers/workers.ts",
  esbuild: "engine/sandbox/",
  "quickjs-emscripten-core": "engine/sandbox/",
  "@jitl/quickjs-wasmfile-release-sync": "engine/sandbox/",
  "@duckdb/node-api": "engine/duckdb/",
  "@duckdb/node-bindings": "engine/duckdb/",
  commander: "engine/options/",
  marked: "engine/guest-python/notebook/markdown.ts",
  "@observablehq/plot": "engine/charts/plot.ts",
  "@resvg/resvg-wasm": "engine/charts/png.ts",
};

/** Effects and the only places that may have them. */
const effects: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bprocess\.env\b/, ["engine/command-line.ts"]],
  [/\bprocess\.cwd\b/, ["engine/command-line.ts"]],
  [/\bDate\.now\b|\bnew Date\(\)/, ["engine/command-line.ts"]],
  // The sandbox names them to take them away from authors.
  [/\bMath\.random\b/, ["engine/sandbox/problems.ts"]],
  [
    /\btoLocale|\bIntl\.|localeCompare/,
    // Of zones, whose names files of other programs have.
    [
      "engine/sandbox/guest-prelude.ts",
      "engine/table/columns/instant-days.ts",
      // In the reader's browser, whose zone it is.
      "engine/serve/page-script.ts",
    ],
  ],
];

const files = sourceFiles("engine");
const roomOf = (path: string): string => path.split("/")[1] ?? "";

describe("the layers of the house", () => {
  it("import in one direction only", () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ ours, target }) => ours && roomOf(target) !== roomOf(path))
        .filter(({ target }) => !(mayImport[roomOf(path)] ?? []).includes(roomOf(target)))
        .map(({ target }) => `${path} -> ${target}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("have no file that imports itself through others, not even for a type", () => {
    const imports = new Map(
      files.map((file) => [
        file.path,
        file.imports.filter(({ ours }) => ours).map(({ target }) => target),
      ]),
    );
    const done = new Set<string>();
    const cycleFrom = (path: string, trail: readonly string[]): readonly string[] | null => {
      if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
      if (done.has(path)) return null;
      for (const next of imports.get(path) ?? []) {
        const cycle = cycleFrom(next, [...trail, path]);
        if (cycle !== null) return cycle;
      }
      done.add(path);
      return null;
    };
    const cycles = [...imports.keys()].map((path) => cycleFrom(path, [])).filter(Boolean);
    assert.deepEqual(cycles, []);
  });

  it("load the server for its own command alone", () => {
    const uses = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => roomOf(path) !== "serve" && roomOf(target) === "serve")
        .map(({ target, isLazy }) => `${path} -> ${target}${isLazy ? ", when asked" : ""}`),
    );
    assert.deepEqual(uses, ["engine/command-line.ts -> engine/serve/serve.ts, when asked"]);
  });

  it("keep each package in the one place that owns it", () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ ours, target }) => !ours && !/^(node:|cohortline)/.test(target))
        .filter(({ target }) => !path.startsWith(owners[target] ?? "nowhere"))
        .map(({ target }) => `${path} imports ${target}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("keep the checker of an audit apart from what finds its witnesses", () => {
    const wrong = files
      .filter(({ path }) => path.startsWith("engine/audit/check/"))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target }) => /^engine\/audit\/(?!check\/|describe\/)/.test(target))
          .map(({ target }) => `${path} -> ${target}`),
      );
    assert.deepEqual(wrong, []);
  });

  it("keep what is the same for all databases apart from each kind of database", () => {
    const ofOneKind = /^engine\/(?:duckdb|sql\/dialects\/(?!dialect\.ts$)|schema\/tpp)/;
    const wrong = files
      .filter(({ path }) => path.startsWith("engine/backend/database/"))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target }) => ofOneKind.test(target) || kindFolder(target) !== null)
          .map(({ target }) => `${path} -> ${target}`),
      );
    assert.deepEqual(wrong, []);
  });

  it("open a kind of database in the table of kinds only", () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => ![null, kindFolder(path)].includes(kindFolder(target)))
        .filter(() => path !== "engine/backend/database-kind.ts")
        .map(({ target }) => `${path} -> ${target}`),
    );
    assert.deepEqual(wrong, [
      // Synthetic records are written in the place of a file.
      "engine/commands/whole-database.ts -> engine/backend/duckdb/fold-log.ts",
    ]);
    const loaded = files.find(({ path }) => path === "engine/backend/database-kind.ts");
    const kinds = (loaded?.imports ?? []).filter(({ target }) => kindFolder(target) !== null);
    assert.ok(kinds.length > 0);
  });

  it("read the clock, the environment and the working folder at the door only", () => {
    const wrong = effects.flatMap(([effect, places]) =>
      files
        .filter(({ path, text }) => effect.test(withoutComments(text)) && !places.includes(path))
        .map(({ path }) => `${path}: ${effect.source}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("let authors import no Node module through the public face", () => {
    const seen = besideAuthors();
    const imports = files.filter(({ path }) => seen.has(path)).flatMap((file) => file.imports);
    const packages = imports.filter(({ ours, typeOnly }) => !ours && !typeOnly);
    assert.deepEqual(packages, []);
    assert.ok(seen.size > 5);
  });

  it("keep what only the whole-study check needs out of the code that the sandbox reads at every start", () => {
    const checks = /^engine\/definition\/(?:check|conditions|dates|expectations)\//;
    assert.deepEqual(
      [...besideAuthors()].filter((path) => checks.test(path)),
      [],
    );
  });
});

/** The folder of a kind of database that a file is of; null for any other file. */
function kindFolder(path: string): string | null {
  const [, folder = "database"] = /^engine\/backend\/([^/]+)\//.exec(path) ?? [];
  return ["database", "dummy", "supplied-file"].includes(folder) ? null : folder;
}

/** Files that run beside an author's file. */
function besideAuthors(): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const imports = files.find((each) => each.path === path)?.imports ?? [];
    for (const { ours, target, typeOnly } of imports) if (ours && !typeOnly) visit(target);
  };
  visit("engine/index.ts");
  visit("engine/definition/study-file.ts");
  return seen;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
