import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HIGH, needs, one, output, read, told } from "./project-texts.ts";

describe("the seed's project.yaml", () => {
  const seed = `version: '3.0'

expectations:
  population_size: 1000

actions:

  generate_cohorts:
    run: cohortextractor:latest generate_cohort --study-definition study_definition --index-date-range "2020-01-01 to 2020-12-01 by month" --output-dir=output/measures
    outputs:
      highly_sensitive:
        cohort: output/measures/input_*.csv


  generate_measures:
    run: cohortextractor:latest generate_measures --study-definition study_definition --skip-existing --output-dir=output/measures
    needs: [generate_cohorts]
    outputs:
      moderately_sensitive:
        measures_dict: analysis/measures_dict.txt
        measure_csv: output/measures/measure_*.csv
`;

  it("has no problem, and no warning", () => {
    const { project, problems, warnings } = read(seed);
    assert.deepEqual(told(problems), []);
    assert.deepEqual(told(warnings), []);
    assert.equal(project?.populationSize, 1000);
    const [cohorts, measures] = project.actions;
    assert.deepEqual(
      [cohorts?.image, cohorts?.version, cohorts?.words[0], cohorts?.words.at(-2)],
      ["cohortextractor", "latest", "generate_cohort", "2020-01-01 to 2020-12-01 by month"],
    );
    assert.deepEqual(
      measures?.needs.map(({ name }) => name),
      ["generate_cohorts"],
    );
    assert.deepEqual(
      measures.outputs.map(({ level, pattern }) => [level, pattern]),
      [
        ["moderately_sensitive", "analysis/measures_dict.txt"],
        ["moderately_sensitive", "output/measures/measure_*.csv"],
      ],
    );
  });
});

describe("a project.yaml that is wrong", () => {
  const cases: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
    ["is empty", "", ["project-empty 1:1"]],
    ["is only a comment", "# later\n", ["project-empty 1:1"]],
    ["is a list", "- a\n", ["project-value-kind 1:1"]],
    ["is indented by tabs", "version: 5\nactions:\n\ta:\n", ["project-tab 3:1"]],
    ["has an open bracket", "version: [5\n", ["project-syntax 2:1"]],
    ["has a key twice", "version: 5\nactions: {}\nversion: 4\n", ["project-repeated-key 3:1"]],
    [
      "has an alias of nothing",
      "version: 5\nactions: *x\n",
      ["project-yaml-feature 2:10", "project-value-kind 2:10"],
    ],
    ["has a tag", "version: !own 5\nactions: {}\n", ["project-yaml-feature 1:15"]],
    ["has two documents", "version: 5\nactions: {}\n---\nx: 1\n", ["project-yaml-feature 3:1"]],
    [
      "lacks the version and has a wrong key",
      "action: {}\n",
      ["project-key-unknown 1:1", "project-key-missing 1:1", "project-key-missing 1:1"],
    ],
    ["is of version 6", "version: 6\nactions: {}\n", ["project-version 1:10"]],
    ["is of version 3.5", "version: 3.5\nactions: {}\n", ["project-version 1:10"]],
    ["is of version true", "version: true\nactions: {}\n", ["project-version 1:10"]],
    ["is of version .nan", "version: .nan\nactions: {}\n", ["project-version 1:10"]],
    [
      "is of version 3 without a population",
      "version: 3\nactions: {}\n",
      ["project-population-missing 1:1"],
    ],
    ...["-5", "0", "true", "1000.7", "many"].map(
      (size) =>
        [
          `has a population of ${size}`,
          `version: 3\nexpectations: { population_size: ${size} }\nactions: {}\n`,
          ["project-population 2:34"],
        ] as const,
    ),
    [
      "is of version 4 with expectations",
      "version: 4\nexpectations: {}\nactions: {}\n",
      ["project-expectations-refused 2:1"],
    ],
    ["has a list of actions", "version: 5\nactions: []\n", ["project-value-kind 2:10"]],
    ["has an action without anything", "version: 5\nactions:\n  a:\n", ["project-value-kind 3:5"]],
    [
      "has an action without run",
      `version: 5\nactions:\n  a:\n    ${HIGH}\n`,
      ["project-key-missing 4:5"],
    ],
    [
      "calls an action run_all",
      one("python:v2 x").replace("  a:", "  run_all:"),
      ["action-run-all 3:3"],
    ],
    [
      "has a slash in the name of an action",
      one("python:v2 x").replace("  a:", "  a/b:"),
      ["action-name 3:3"],
    ],
    ["calls an action ..", one("python:v2 x").replace("  a:", "  ..:"), ["action-name 3:3"]],
    [
      "has an output without a pattern",
      one("python:v2 x").replace("output/a.csv", "3"),
      ["action-outputs-empty 5:14", "project-value-kind 5:39"],
    ],
    [
      "has a level without outputs",
      one("python:v2 x").replace("{ f: output/a.csv }", "{}"),
      ["action-outputs-empty 5:14"],
    ],
    [
      "has a level that does not exist",
      one("python:v2 x").replace("highly_sensitive", "high"),
      ["action-outputs-empty 5:14", "project-key-unknown 5:16"],
    ],
    ["runs nothing", one("''"), ["run-empty 4:10"]],
    [
      "holds a control character",
      "version: 5\n# \u001b[31m\nactions: {}\n",
      ["project-syntax 2:3"],
    ],
    ["hides one in a command", one('"python:v2 \\e[31m"'), ["project-syntax 4:10"]],
    ["hides one in a name", one("x:v1").replace("  a:", '  "a\\u202e":'), ["project-syntax 3:3"]],
    ["does not close a quote", one("python:v2 python 'x"), ["run-quotes 4:10"]],
    ["runs an image without a version", one("python x"), ["run-image 4:10"]],
    ["uses :latest in version 5", one("python:latest x"), ["run-not-supported 4:10"]],
    [
      "uses cohortextractor in version 4",
      one("cohortextractor:v1 generate_cohort").replace("5", "4"),
      ["run-not-supported 4:10"],
    ],
    ["needs a text", needs("first second"), ["project-value-kind 5:12"]],
    ["needs names in one text", needs("[first second]"), ["need-not-a-name 5:13"]],
    ["needs a list", needs("[[a]]"), ["need-not-a-name 5:13"]],
    ["needs a number that is no action", needs("[1]"), ["need-unknown 5:13"]],
    ["needs what is not there", needs("[b]"), ["need-unknown 5:13"]],
    ["needs itself", needs("[a]"), ["need-cycle 3:3"]],
    ["writes above the folder", output("highly_sensitive", "../x.csv"), ["output-pattern 7:12"]],
    ["writes to an absolute path", output("highly_sensitive", "/x.csv"), ["output-pattern 7:12"]],
    ["writes to a drive", output("highly_sensitive", "c:/x.csv"), ["output-pattern 7:12"]],
    ["writes through **", output("highly_sensitive", "out/**/x.csv"), ["output-pattern 7:12"]],
    ["writes with brackets", output("highly_sensitive", "'[ab].csv'"), ["output-pattern 7:12"]],
    ["writes with a backslash", output("highly_sensitive", "out\\x.csv"), ["output-pattern 7:12"]],
    ...[
      "metadata/x.csv",
      "METADATA/x.csv",
      "metadata ./x.csv",
      ".git/x.csv",
      "a/.GIT/x",
      "git~1/x",
    ].map(
      (path) =>
        [`writes to ${path}`, output("highly_sensitive", path), ["output-pattern 7:12"]] as const,
    ),
    ["writes ./x.csv", output("highly_sensitive", "./x.csv"), ["output-pattern 7:12"]],
    [
      "writes a file without a type",
      output("highly_sensitive", "output/x"),
      ["output-pattern 7:12"],
    ],
    ["shows .CSV", output("moderately_sensitive", "output/x.CSV"), ["output-type 7:12"]],
    [
      "has a key at its top that nothing reads",
      `${one("python:v2 x")}action: {}\n`,
      ["project-key-unknown 6:1"],
    ],
  ];
  for (const [what, text, expected] of cases) {
    it(`is told where it ${what}`, () => {
      assert.deepEqual(told(read(text).problems), expected);
    });
  }

  it("tells all problems of all actions at once, in the order of the text", () => {
    const text = `version: 5
actions:
  a:
    run: python x
    needs: [c]
    outputs: { highly_sensitive: { f: ../a.csv } }
  b:
    run: python:v2 'x
    output: {}
`;
    assert.deepEqual(told(read(text).problems), [
      "run-image 4:10",
      "need-unknown 5:13",
      "output-pattern 6:39",
      "project-key-missing 8:5",
      "run-quotes 8:10",
      "project-key-unknown 9:5",
    ]);
  });

  it("offers the nearest name of an action and of a key", () => {
    const text = one("python:v2 x").replace(
      "    run",
      "    needs: [aa]\n    dummy_data: x\n    run",
    );
    const hints = read(text).problems.map(({ hint }) => hint);
    assert.match(hints.join("\n"), /Nearest: "a"/);
    assert.match(hints.join("\n"), /Nearest: "dummy_data_file"/);
  });
});

describe("actions that need one another", () => {
  const action = (name: string, need: string): string =>
    `  ${name}:\n    run: python:v2 ${name}\n    needs: [${need}]\n    outputs: { highly_sensitive: { f: output/${name}.csv } }\n`;

  it("are told as a path, once", () => {
    const text = `version: 5\nactions:\n${action("a", "b")}${action("b", "c")}${action("c", "a")}${action("d", "a")}`;
    const { problems } = read(text);
    assert.deepEqual(told(problems), ["need-cycle 3:3"]);
    assert.match(problems[0]?.message ?? "", /a -> b -> c -> a$/);
  });

  it("may be thousands in a chain", () => {
    const chain = Array.from({ length: 2000 }, (_, i) =>
      action(`a${i}`, i === 1999 ? "a0" : `a${i + 1}`),
    );
    const { problems } = read(`version: 5\nactions:\n${chain.join("")}`);
    assert.deepEqual(told(problems), ["need-cycle 3:3"]);
  });

  it("may be thousands beside one another, in a text of at most four megabytes", () => {
    const many = Array.from({ length: 3000 }, (_, i) => action(`a${i}`, i === 0 ? "" : "a0"));
    const { project, problems } = read(`version: 5\nactions:\n${many.join("")}`);
    assert.deepEqual([told(problems), project?.actions.length], [[], 3000]);
    assert.deepEqual(told(read(`# ${"x".repeat(1 << 22)}\n`).problems), ["project-too-large 1:1"]);
  });
});
