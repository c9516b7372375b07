import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HIGH, one, output, read, told } from "./project-texts.ts";

describe("what versions allow", () => {
  it("is the same pattern twice in version 1 only", () => {
    const twice = (version: number): string =>
      `version: ${version}\nactions:\n  a: { run: "python:v1 x", ${HIGH} }\n  b: { run: "python:v1 y", ${HIGH} }\n`;
    assert.deepEqual(told(read(twice(1)).problems), []);
    assert.ok(told(read(twice(1)).warnings).includes("output-not-unique 4:62"));
    assert.deepEqual(told(read(twice(2)).problems), ["output-not-unique 4:62"]);
  });

  it("is a population that does not count in version 2, with a warning", () => {
    const { project, problems, warnings } = read(
      "version: 2\nexpectations: { population_size: 55 }\nactions: {}\n",
    );
    assert.deepEqual(told(problems), []);
    assert.ok(told(warnings).includes("project-population-ignored 2:17"));
    assert.equal(project?.populationSize, 1000);
  });

  it("is an action run_all before version 5, which is left out", () => {
    const text = one("python:v2 x").replace("  a:", "  run_all:").replace("5", "4");
    const { project, problems, warnings } = read(text);
    assert.deepEqual([told(problems), project?.actions], [[], []]);
    assert.ok(told(warnings).includes("action-run-all 3:3"));
  });

  it("is a highly sensitive file of any type up to version 3", () => {
    const { problems, warnings } = read(output("highly_sensitive", "output/x*", 3));
    assert.deepEqual(told(problems), []);
    assert.ok(told(warnings).includes("output-pattern 8:12"));
  });

  it("is a moderately sensitive file of any type up to version 3, with one warning for each action", () => {
    const text = output("moderately_sensitive", "output/x.rds", 3);
    const two = `${text}        g: output/y.csv.gz\n`;
    const { problems, warnings } = read(two);
    assert.deepEqual([told(problems), told(warnings)], [[], ["output-type 8:12"]]);
    assert.match(warnings[0]?.message ?? "", /"output\/x\.rds", "output\/y\.csv\.gz"/);
    const later = read(output("moderately_sensitive", "output/x.rds", 4));
    assert.deepEqual(told(later.problems), ["output-type 7:12"]);
  });

  it("is a further key at the top up to version 3, which is not read", () => {
    const text = `${output("highly_sensitive", "output/x.csv", 3)}more: { run: x }\n`;
    assert.deepEqual(
      [told(read(text).problems), told(read(text).warnings)],
      [[], ["project-key-ignored 9:1"]],
    );
    const later = text.replace("version: 3", "version: 4").replace(/expect.*\n/, "");
    assert.deepEqual(told(read(later).problems), ["project-key-unknown 8:1"]);
  });

  it("is the same run with another config", () => {
    const pair = (config: string): string =>
      `version: 5\nactions:\n  a: { run: "python:v2 x", ${HIGH} }\n  b: { run: "python:v2 x", ${config} outputs: { highly_sensitive: { f: output/b.csv } } }\n`;
    assert.deepEqual(told(read(pair("config: { x: 1 },")).problems), []);
    assert.deepEqual(told(read(pair("")).problems), ["run-repeated 4:13"]);
  });
});

describe("outputs that could be one file", () => {
  const two = (first: string, second: string): string => `version: 5
actions:
  a: { run: "python:v2 x", outputs: { highly_sensitive: { f: ${first} } } }
  b: { run: "python:v2 y", outputs: { moderately_sensitive: { f: ${second} } } }
`;
  for (const [first, second] of [
    ["output/*.csv", "output/b.csv"],
    ["output/b.csv", "output/*.csv"],
    ["output/a*.csv", "output/*b.csv"],
    ["'*/x.csv'", "output/*.csv"],
  ] as const) {
    it(`are warned about where they would have two levels: ${first} and ${second}`, () => {
      const { problems, warnings } = read(two(first, second));
      assert.deepEqual([told(problems), told(warnings)], [[], ["output-levels-meet 4:66"]]);
    });
  }

  it("must have one level where the pattern is the same", () => {
    assert.deepEqual(told(read(two("output/x.csv", "output/x.csv")).problems), [
      "output-two-levels 4:66",
    ]);
  });

  it("are warned about once for each pattern that a researcher could see", () => {
    const many = Array.from(
      { length: 50 },
      (_, i) =>
        `  c${i}: { run: "python:v2 ${i}", outputs: { highly_sensitive: { f: output/c${i}*.csv } } }\n`,
    );
    const { problems, warnings } = read(two("output/a.csv", "output/*.csv") + many.join(""));
    assert.deepEqual([told(problems), told(warnings)], [[], ["output-levels-meet 4:66"]]);
  });

  it("are of no concern where no name matches both", () => {
    assert.deepEqual(told(read(two("output/a_*.csv", "output/b_*.csv")).problems), []);
    assert.deepEqual(told(read(two("output/*.csv", "output/deep/x.csv")).problems), []);
  });

  it("are of no concern where they have one level", () => {
    const text = two("output/*.csv", "output/b.csv").replace("moderately", "highly");
    const { problems, warnings } = read(text);
    assert.deepEqual([told(problems), told(warnings)], [[], []]);
  });
});

describe("commands of cohortextractor", () => {
  const cohorts = (run: string, outputs: string): string =>
    `version: 3\nexpectations: { population_size: 9 }\nactions:\n  a:\n    run: cohortextractor:latest ${run}\n    outputs: ${outputs}\n`;
  const high = "{ highly_sensitive: { f: output/input_*.csv } }";

  it("are understood before anything runs", () => {
    const unknown = read(cohorts("generate_cohort --outputdir=x", high)).problems;
    assert.deepEqual(told(unknown), ["cohort-command 5:10"]);
    assert.match(unknown[0]?.message ?? "", /--outputdir/);
    assert.deepEqual(told(read(cohorts("generate_cohorts", high)).problems), [
      "cohort-command 5:10",
    ]);
    assert.deepEqual(told(read(cohorts("generate_cohort", high)).problems), []);
  });

  it("write cohorts highly sensitive, at one level and to one folder", () => {
    const outputs = (text: string): readonly string[] =>
      told(read(cohorts("generate_cohort", text)).problems);
    assert.deepEqual(outputs("{ moderately_sensitive: { f: output/input.csv } }"), [
      "cohort-level-low 4:3",
    ]);
    assert.deepEqual(
      outputs("{ highly_sensitive: { f: a/input.csv }, moderately_sensitive: { g: a/x.csv } }"),
      ["cohort-levels 4:3"],
    );
    assert.deepEqual(outputs("{ highly_sensitive: { f: a/input.csv, g: b/input.csv } }"), [
      "cohort-folders 4:3",
    ]);
  });

  it("of ehrql write their data set where they declare it", () => {
    const ehrql = (run: string, level = "highly_sensitive"): readonly string[] =>
      told(
        read(
          `version: 5\nactions:\n  a:\n    run: ehrql:v1 ${run}\n    outputs: { ${level}: { f: output/a.csv } }\n`,
        ).problems,
      );
    assert.deepEqual(ehrql("generate-dataset x.py --output output/a.csv"), []);
    assert.deepEqual(ehrql("generate-dataset x.py --output output:csv"), []);
    assert.deepEqual(ehrql("generate-dataset x.py"), ["dataset-output 4:10"]);
    assert.deepEqual(ehrql("generate_dataset x.py --output output/b.csv"), ["dataset-output 4:10"]);
    assert.deepEqual(ehrql("generate-dataset x.py --output output/a.csv", "moderately_sensitive"), [
      "dataset-level 5:43",
    ]);
  });
});

describe("the names of actions", () => {
  const named = (...names: readonly string[]): string =>
    `version: 5\nactions:\n${names
      .map(
        (name, i) =>
          `  ${JSON.stringify(name)}: { run: "python:v2 ${i}", outputs: { highly_sensitive: { f: output/${i}.csv } } }\n`,
      )
      .join("")}`;
  const fileNames = (...names: readonly string[]): readonly string[] => {
    const { project, problems } = read(named(...names));
    assert.deepEqual(told(problems), []);
    return (project?.actions ?? []).map(({ fileName }) => fileName);
  };

  it("are whatever can be the name of a file, which their logs have too", () => {
    const names = ["model.R", "12", "true", "a b", "é", "a:b", "-x", "x".repeat(110), "__proto__"];
    assert.deepEqual(fileNames(...names), names);
  });

  it("are shortened in the names of logs where they are too long, and stay distinct", () => {
    const [one = "", other = ""] = fileNames(`${"é".repeat(300)}1`, `${"é".repeat(300)}2`);
    assert.notEqual(one, other);
    for (const name of [one, other]) assert.ok(Buffer.byteLength(name) < 200, name);
  });

  it("are told apart in the names of logs where a file system sees no difference", () => {
    const files = fileNames("a", "A", "ﬁ", "fi", "b");
    assert.equal(new Set(files.map((name) => name.normalize("NFKC").toLowerCase())).size, 5);
    assert.equal(files.at(-1), "b");
    assert.deepEqual(
      fileNames("con", "nul.R").map((name) => /^(con|nul_R)-[0-9a-f]{12}$/.test(name)),
      [true, true],
    );
  });

  it("may be needed as they are written: numbers, truth values and blanks among them", () => {
    const text = named("1", "true", "a b").replaceAll('"1":', "1:").replaceAll('"true":', "true:");
    const { problems } = read(text.replace('"python:v2 2",', '"python:v2 2", needs: [1, true],'));
    assert.deepEqual(told(problems), []);
    const blank = named("a b", "c").replace('"python:v2 1",', '"python:v2 1", needs: [a b],');
    assert.deepEqual(told(read(blank).problems), []);
  });
});

describe("parts of an action that are not filled in", () => {
  it("are as if they were not there", () => {
    const text = `version: 5
actions:
  a:
    run: python:v2 x
    needs:
    config:
    dummy_data_file:
    outputs: { highly_sensitive: { f: output/a.csv }, moderately_sensitive: }
`;
    const { project, problems } = read(text);
    assert.deepEqual(told(problems), []);
    assert.deepEqual(project?.actions[0]?.config, null);
  });
});

describe("an action of cohortline itself", () => {
  it("is one of cohorts in every version, with 1000 dummy patients where no version says how many", () => {
    for (const version of [1, 2, 4, 5]) {
      const text = `version: ${version}\nactions:\n  a:\n    run: cohortline:v0 generate_cohort --output-dir=output\n    ${HIGH}\n`;
      const { project, problems, warnings } = read(text);
      assert.deepEqual([told(problems), told(warnings)], [[], []]);
      assert.equal(project?.populationSize, 1000);
      const wrong = read(text.replace("generate_cohort", "generate_cohrt")).problems;
      assert.deepEqual(told(wrong), ["cohort-command 4:10"]);
    }
  });
});
