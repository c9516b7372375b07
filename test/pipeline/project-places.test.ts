import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace, smallStudy } from "../commands/workspace.ts";
import { read, told } from "./project-texts.ts";

const project = (run: string, pattern = "output/input_*.csv", more = ""): string => `version: 3
expectations: { population_size: 100 }
actions:
  a:
    run: cohortextractor:latest ${run}
    outputs: { highly_sensitive: { f: "${pattern}" } }
${more}`;
const study = (text: string) => ({
  "analysis/study_definition.ts": smallStudy,
  "project.yaml": text,
});
const RANGE = "--index-date-range 2020-01-01";

describe("paths of project.yaml", () => {
  const away = [
    "/tmp/away",
    "../away",
    "a/../../away",
    "C:/away",
    "c:away",
    "\\\\\\\\away",
    "metadata",
    "./Metadata/x",
    "x/.git",
  ];
  for (const path of away) {
    it(`may not lead to ${path}`, () => {
      for (const words of [
        `--output-dir '${path}'`,
        `'--output-dir=${path}'`,
        `'--output-file=${path}/input.csv'`,
        `--expectations-population 9 --dummy-data-file '${path}/d.csv'`,
      ]) {
        const { problems } = read(project(`generate_cohort ${words}`));
        assert.ok(told(problems).includes("project-path 5:10"), words);
      }
      const dummy = read(
        project("generate_cohort", undefined, `    dummy_data_file: '${path}/d.csv'\n`),
      );
      assert.ok(told(dummy.problems).some((each) => each.startsWith("project-path ")));
    });
  }

  it("may be written with a slash at the end, or ./ before them", () => {
    for (const path of ["output/", "./output", "output"]) {
      assert.deepEqual(told(read(project(`generate_cohort --output-dir=${path}`)).problems), []);
    }
  });

  it("are refused by check, plan and run before anything is written, and by hand any folder may be named", async () => {
    const outside = mkdtempSync(join(tmpdir(), "cohortline-outside-"));
    try {
      const text = project(`generate_cohort ${RANGE} --output-dir=${outside}`);
      await inWorkspace(study(text), async (folder) => {
        for (const words of [["check"], ["plan"], ["run", "run_all"]]) {
          const { code, err } = await cohortline(folder, words);
          assert.equal(code, 1);
          assert.match(err, /--output-dir of a, ".*", is an absolute path \[project-path\]/);
        }
        assert.deepEqual(readdirSync(outside), []);
        const typed = [
          "generate_cohort",
          "--expectations-population",
          "9",
          "--output-dir",
          outside,
        ];
        assert.equal((await cohortline(folder, [...typed, ...RANGE.split(" ")])).code, 0);
        assert.ok(readdirSync(outside).includes("input_2020-01-01.csv"));
      });
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it("may not go through links that lead out of the study, or into metadata/", async () => {
    const outside = mkdtempSync(join(tmpdir(), "cohortline-outside-"));
    try {
      await inWorkspace(study(project(`generate_cohort ${RANGE}`)), async (folder) => {
        for (const target of [outside, "metadata", "..", "nowhere"]) {
          mkdirSync(join(folder, "metadata"), { recursive: true });
          symlinkSync(target, join(folder, "output"));
          for (const words of [["check"], ["run", "run_all"]]) {
            const { code, err } = await cohortline(folder, words);
            assert.equal(code, 1, target);
            assert.match(
              err,
              /"output" is a link that leads out of the study \[path-through-link\]/,
            );
          }
          rmSync(join(folder, "output"));
        }
        assert.deepEqual(readdirSync(outside), []);
      });
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});

describe("what can be known of a command before it runs", () => {
  const cases: readonly (readonly [
    what: string,
    run: string,
    pattern: string,
    code: string,
    says: RegExp,
  ])[] = [
    [
      "a step that there is not",
      'generate_cohort --index-date-range "2020-01-01 to 2020-02-01 by day"',
      "output/input_*.csv",
      "cohort-command",
      /day/,
    ],
    [
      "a day that does not exist",
      "generate_cohort --index-date-range 2020-02-30",
      "output/input_*.csv",
      "cohort-command",
      /2020-02-30/,
    ],
    [
      "a range that ends before it starts",
      'generate_cohort --index-date-range "2020-02-01 to 2020-01-01"',
      "output/input_*.csv",
      "cohort-command",
      /2020-01-01/,
    ],
    [
      "a database",
      "generate_cohort --database-url duckdb:x.duckdb",
      "output/input_*.csv",
      "run-database-url",
      /database-url/,
    ],
    [
      "two sources",
      "generate_cohort --expectations-population=9 --dummy-data-file=d.csv",
      "output/input_*.csv",
      "cohort-command",
      /exclude each other/,
    ],
    [
      "a format that there is not",
      "generate_cohort --output-format=xlsx",
      "output/input_*.csv",
      "cohort-command",
      /xlsx/,
    ],
    [
      "a format that measures have not",
      "generate_measures --output-format=dta",
      "output/measure_*.csv",
      "cohort-command",
      /dta/,
    ],
    [
      "a parameter without a name",
      "generate_cohort --param =1",
      "output/input_*.csv",
      "cohort-command",
      /--param/,
    ],
    [
      "another format than its outputs'",
      "generate_cohort --output-format=feather",
      "output/input_*.csv",
      "cohort-output-missed",
      /input\*\.feather/,
    ],
    [
      "another file than its output",
      "generate_cohort --output-file=output/all.csv",
      "output/input.csv",
      "cohort-output-missed",
      /all\*\.csv/,
    ],
    [
      "another folder than its measures'",
      "generate_measures --output-dir=output/m",
      "output/measure_*.csv",
      "cohort-output-missed",
      /output\/m\/measure_/,
    ],
  ];
  for (const [what, run, pattern, code, says] of cases) {
    it(`is told by check: it names ${what}`, () => {
      const { problems } = read(project(run, pattern));
      assert.deepEqual(
        problems.map((each) => each.code),
        [code],
      );
      assert.match(problems[0]?.message ?? "", says);
      assert.doesNotMatch(problems[0]?.message ?? "", /duckdb:x/);
    });
  }

  it("is another folder than its outputs', where cohortextractor's pipelines write to that of the outputs", () => {
    const text = project("generate_cohort --output-dir=other");
    const old = read(text);
    assert.deepEqual([old.problems, told(old.warnings)], [[], ["cohort-output-dir-replaced 5:10"]]);
    const own = read(text.replace("cohortextractor:latest", "cohortline:v0"));
    assert.deepEqual(told(own.problems), ["cohort-output-missed 6:39"]);
    assert.match(own.problems[0]?.message ?? "", /other\/input\*\.csv/);
  });

  it("is nothing where a study writes a file of its own, or a wildcard matches it", () => {
    const outputs = "generate_measures --output-dir=output";
    assert.deepEqual(told(read(project(outputs, "analysis/notes.txt")).problems), []);
    assert.deepEqual(told(read(project(outputs, "output/*.csv")).problems), []);
    assert.deepEqual(told(read(project("generate_cohort --index-date-range today")).problems), []);
  });

  it("is that a script or a file of dummy data is not there", async () => {
    const text = `${project(`generate_cohort ${RANGE}`, undefined, "    dummy_data_file: analysis/dummy.csv\n")}  b:
    run: python:latest python analysis/misssing.py
    outputs: { highly_sensitive: { f: output/made.py } }
  c:
    run: r:latest analysis/there.R
    outputs: { highly_sensitive: { f: output/c.csv } }
  d:
    run: python:latest python output/made.py
    needs: [b]
    outputs: { highly_sensitive: { f: output/d.csv } }
`;
    await inWorkspace(
      { ...study(text), "analysis/there.R": "", "analysis/missing.py": "" },
      async (folder) => {
        const { code, err } = await cohortline(folder, ["check"]);
        assert.equal(code, 1);
        assert.deepEqual(err.match(/Action \w runs ".*\[run-script-missing\]/g), [
          'Action a runs "analysis/dummy.csv", which does not exist [run-script-missing]',
          'Action b runs "analysis/misssing.py", which does not exist [run-script-missing]',
        ]);
        assert.match(err, /Nearest: "analysis\/missing\.py"/);
        assert.equal((await cohortline(folder, ["plan"])).code, 0);
      },
    );
  });
});
