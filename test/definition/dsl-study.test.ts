import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { build } from "esbuild";
import * as cohortline from "../../engine/index.ts";
import { fromFile, measure, param, params, patients, study } from "../../engine/index.ts";
import type { StudyHost } from "../../engine/definition/host.ts";
import { studyFileOf } from "../../engine/definition/study-file.ts";
import { studyFileFromJson } from "../../engine/definition/json/study-json.ts";
import { problemsOf, thawed } from "./careless-author.ts";

const small = study({ population: patients.all(), columns: { sex: patients.sex() } });

describe("study", () => {
  it("is the canonical form of what was written, columns in their order", () => {
    const made = study({
      indexDate: "2020-01-01",
      defaultExpectations: { incidence: 0.5, date: { earliest: "2019-01-01", latest: "today" } },
      population: patients.all(),
      columns: { zebra: patients.sex(), ape: patients.ageAsOf("index_date") },
    });
    assert.deepEqual(made, {
      index_date: "2020-01-01",
      default_expectations: { incidence: 0.5, date: { earliest: "2019-01-01", latest: "today" } },
      population: { function: "all", args: {} },
      columns: {
        zebra: { function: "sex", args: {} },
        ape: { function: "age_as_of", args: { reference_date: "index_date" } },
      },
      column_order: ["zebra", "ape"],
    });
  });

  it("has null where no index date and no expectations are given", () => {
    assert.equal(small.index_date, null);
    assert.equal(small.default_expectations, null);
  });
});

describe("measure", () => {
  const options = { id: "m", numerator: "population", denominator: "population" } as const;
  const groups = [
    [undefined, null],
    ["sex", ["sex"]],
    [
      ["sex", fromFile("ethnicity")],
      ["sex", "ethnicity"],
    ],
    ["population", ["population"]],
  ] as const;
  for (const [groupBy, expected] of groups) {
    it(`grouped by ${JSON.stringify(groupBy)} is grouped by ${JSON.stringify(expected)}`, () => {
      const made = measure(small, groupBy === undefined ? options : { ...options, groupBy });
      const marked = JSON.stringify(groupBy ?? null).includes("fromFile")
        ? { from_file: ["ethnicity"] }
        : {};
      const known = { ...options, group_by: expected, small_number_suppression: false };
      assert.deepEqual(made, { ...known, ...marked });
      assert.deepEqual(thawed(made), []);
    });
  }

  it("marks what it takes from the files, and gives its name in texts", () => {
    const sums = { numerator: fromFile("a"), denominator: fromFile("b") };
    const made = measure(small, {
      id: `by_${String(fromFile("c"))}`,
      ...sums,
      groupBy: fromFile("c"),
    });
    const expected = { id: "by_c", numerator: "a", denominator: "b", group_by: ["c"] };
    const marked = [...(made.from_file ?? [])].sort();
    assert.deepEqual(
      { ...made, from_file: marked },
      {
        ...{ ...expected, from_file: ["a", "b", "c"] },
        small_number_suppression: false,
      },
    );
    const said = studyFileOf({ study: small, measures: [made] });
    const again = studyFileFromJson(JSON.parse(JSON.stringify(said))).measures[0];
    assert.deepEqual({ ...again }, { ...made });
  });

  it("suppresses small numbers when asked to", () => {
    const made = measure(small, { ...options, smallNumberSuppression: true });
    assert.equal(made.small_number_suppression, true);
  });

  it("hides, rounds and leaves out groups as it is told, frozen and through JSON too", () => {
    const disclosure = { smallNumberSuppression: { threshold: 7 }, rounding: { to: 5 } } as const;
    const made = measure(small, { ...options, groups: "observed", ...disclosure });
    const expected = { small_number_suppression: { threshold: 7 }, rounding: { to: 5 } };
    assert.deepEqual(made, { ...options, group_by: null, groups: "observed", ...expected });
    assert.deepEqual(thawed(made), []);
    const said = studyFileOf({ study: small, measures: [made] });
    const again = studyFileFromJson(JSON.parse(JSON.stringify(said))).measures[0];
    assert.deepEqual({ ...again }, { ...made });
    assert.equal(measure(small, { ...options, rounding: "midpoint6" }).rounding, "midpoint6");
  });
});

describe("a study's file", () => {
  const ratio = measure(small, { id: "m", numerator: "population", denominator: "population" });
  const exports = [
    ["a default export", { default: small, measures: [ratio] }, [ratio]],
    ["an export named study", { study: small }, []],
    ["the default export if there is one named study too", { default: small, study: 5 }, []],
  ] as const;
  for (const [title, module, measures] of exports) {
    it(`says its study by ${title}`, () => {
      const said = studyFileOf(module);
      assert.equal(said.study, small);
      assert.deepEqual(said.measures, measures);
      assert.doesNotThrow(() => studyFileFromJson(JSON.parse(JSON.stringify(said))));
    });
  }
});

describe("while cohortline runs a study", () => {
  const files: Record<string, string> = { "codelists/a.csv": "code,group\n1,x\n2,y\n" };
  const host: StudyHost = {
    readText: (path) => files[path] ?? "",
    writeText: (path, text) => {
      files[path] = text;
      return true;
    },
    warn: () => undefined,
    params: { start: "2020-01-01" },
  };

  it("codelistFromCsv reads files of the workspace", () => {
    const read = hosted(host, () => [
      cohortline.codelistFromCsv("codelists/a.csv", { system: "snomed" }),
      cohortline.codelistFromCsv("codelists/a.csv", {
        system: "ctv3",
        column: "code",
        categoryColumn: "group",
      }),
    ]);
    assert.deepEqual(read, [
      { system: "snomed", codes: ["1", "2"] },
      {
        system: "ctv3",
        codes: [
          ["1", "x"],
          ["2", "y"],
        ],
      },
    ]);
  });

  it("writeOutput writes an output of the action", () => {
    assert.equal(
      hosted(host, () => cohortline.writeOutput("output/a.json", "{}")),
      true,
    );
    assert.equal(files["output/a.json"], "{}");
  });

  it("param and params tell what --param said", () => {
    const said = hosted(host, () => [
      param("start"),
      params["start"],
      param("end", "2021-01-01"),
      param("start", "2021-01-01"),
      "end" in params,
      { ...params },
    ]);
    const expected = ["2020-01-01", "2020-01-01", "2021-01-01", "2020-01-01", false];
    assert.deepEqual(said, [...expected, { start: "2020-01-01" }]);
  });

  for (const [title, read] of [
    ["param", () => param("end")],
    ["params", () => params["end"]],
    ["an inherited name", () => param("toString")],
  ] as const) {
    it(`${title}: a parameter that was not given is a problem that says how to give it`, () => {
      const [problem] = problemsOf(() => hosted(host, read));
      assert.equal(problem?.code, "missing-param");
      assert.match(problem.hint, /--param \w+=VALUE/);
    });
  }

  it("columns tell where they were written, and only then", () => {
    const column = hosted(host, () => patients.sex());
    const { $stack } = JSON.parse(JSON.stringify(column)) as { readonly $stack: string };
    assert.match($stack, /dsl-study\.test\.ts/);
    assert.ok(!("$stack" in patients.sex()));
  });
});

describe("the library", () => {
  it("runs where there is nothing but the language, and is small", async () => {
    const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
    const { outputFiles, metafile } = await build({
      entryPoints: [join(root, "engine", "index.ts")],
      bundle: true,
      format: "iife",
      globalName: "cohortline",
      platform: "neutral",
      minify: true,
      metafile: true,
      write: false,
    });
    const strangers = Object.keys(metafile.inputs).filter((path) => path.includes("node_modules"));
    assert.deepEqual(strangers, []);
    const [file] = outputFiles;
    assert.ok(file);
    assert.ok(file.text.length < 120_000, `${file.text.length} characters`);
    const made: unknown = vm.runInNewContext(
      `${file.text}; JSON.stringify(cohortline.study({
        population: cohortline.patients.all(), columns: { sex: cohortline.patients.sex() } }))`,
    );
    assert.equal(made, JSON.stringify(small));
  });
});

function hosted<Value>(host: StudyHost, run: () => Value): Value {
  globalThis.cohortlineHost = host;
  try {
    return run();
  } finally {
    globalThis.cohortlineHost = undefined;
  }
}
