import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { contentsOf, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { notebookActions, whyNoNotebook } from "./notebook-actions.ts";
import { outputKinds, tableText } from "./output-table.ts";
import { EXAMPLE_PICTURE } from "./picture-commands.ts";
import { pipelineCommands, shellWords } from "./pipeline-commands.ts";

const root = join(import.meta.dirname, "../..");

describe("the words of an action", () => {
  const cases: readonly (readonly [text: string, words: readonly string[]])[] = [
    ["a  b\n c", ["a", "b", "c"]],
    ['a "b c" d', ["a", "b c", "d"]],
    ["a 'b \"c\"'", ["a", 'b "c"']],
    ['--range="b c"', ["--range=b c"]],
    ['a ""', ["a", ""]],
    ["", []],
  ];
  for (const [text, words] of cases) {
    it(`are those a shell sees in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(shellWords(text), words);
    });
  }

  it("are cohortline's where the image is cohortextractor, and name the population for cohorts", () => {
    const project = `
expectations: { population_size: 7 }
actions:
  one:
    run: cohortextractor:latest generate_cohort --output-dir "my output"
    outputs: { highly_sensitive: { cohort: my output/input_*.csv } }
  two: { run: "jupyter:latest jupyter nbconvert", outputs: {} }
  three: { run: "cohortextractor:v2 generate_measures", outputs: { a: { b: x }, c: { d: y } } }
`;
    const population = "--expectations-population=7";
    assert.deepEqual(pipelineCommands(project), [
      {
        action: "one",
        words: ["generate_cohort", "--output-dir", "my output", population],
        outputs: ["my output/input_*.csv"],
      },
      { action: "three", words: ["generate_measures"], outputs: ["x", "y"] },
    ]);
  });
});

describe("the notebooks of a project", () => {
  it("are its actions in Python; without Node 24 or the package the demo says how to have them", async () => {
    const run = (image: string): string => `{ run: "${image} jupyter nbconvert", outputs: {} }`;
    const text = `actions:\n  a: ${run("jupyter:latest")}\n  b: ${run("r:latest")}\n  c: ${run("python:v2")}\n`;
    assert.deepEqual(notebookActions(text), ["a", "c"]);
    const why = await whyNoNotebook("a");
    if (why !== null) assert.match(why, /Action a needs .*\n {2}(?:Update Node|Install it)/);
  });
});

describe("the table of outputs", () => {
  it("puts files that differ by date or measure on one line", () => {
    const paths = [
      "o/input_2020-01-01.csv",
      "o/input_2020-02-01.csv",
      "o/measure_a.csv",
      "o/measure_a_b_2020-01-01.csv",
      "o/measure_c.csv",
      "o/notes.txt",
    ];
    const kinds = outputKinds(paths.map((path, i) => ({ path, rows: 1000, bytes: 10 ** i })));
    assert.equal(
      tableText(kinds),
      [
        "file                   files   rows    bytes",
        "o/input_DATE.csv           2  2,000       11",
        "o/measure_ID.csv           2  2,000   10,100",
        "o/measure_ID_DATE.csv      1  1,000    1,000",
        "o/notes.txt                1  1,000  100,000",
      ].join("\n"),
    );
  });
});

describe("the demo", () => {
  it("makes what project.yaml says, and nothing that git would see", async () => {
    await inWorkspace(fewerPatients(exampleStudy()), async (folder) => {
      const before = contentsOf(folder);
      const { code, out } = await demo(folder);
      assert.equal(code, 0, out);
      assert.match(out, /^output\/measures\/input_DATE\.csv +12 +360 /m);
      assert.match(out, /^analysis\/measures_dict\.txt +1 +54 /m);
      assert.match(out, /^output\/measures\/measure_ID\.csv +54 /m);
      assert.match(out, /^output\/measures\/measure_ID_DATE\.csv +648 /m);
      assert.match(out, /^output\/database\/input_DATE\.csv +12 /m);
      assert.match(out, /^output\/database\/measure_ID\.csv +54 /m);
      assert.match(out, /^age_band,acute_kidney_injury,population,value,date$/m);
      assert.match(
        out,
        /^ {2}.*output\/measures\/measures\.html\n {2}.*output\/database\/measures\.html\n$/m,
      );
      const shown = readFileSync(join(root, "study-definitions/aftershocks/measure.svg"), "utf8");
      assert.equal(readFileSync(join(folder, EXAMPLE_PICTURE), "utf8"), shown, "run npm run demo");
      const made = Object.keys(contentsOf(folder)).filter((path) => !Object.hasOwn(before, path));
      const seen = made.filter((path) => !path.startsWith("output/"));
      // The secret that marks cohorts lies in a folder that hides itself from git.
      assert.deepEqual(seen, [
        "analysis/measures_dict.txt",
        "metadata/.gitignore",
        "metadata/cohort-marks.key",
      ]);
    });
  });

  it("ends with the exit code of the command that failed", async () => {
    const files = { ...exampleStudy(), "analysis/study_definition.ts": "export default 1;" };
    await inWorkspace(files, async (folder) => {
      assert.equal((await demo(folder)).code, 1);
    });
  });
});

/** The files of the example study that git knows. */
function exampleStudy(): Files {
  const study = join(root, "study-definitions/aftershocks");
  const inFolder = (name: string): readonly string[] =>
    readdirSync(join(study, name)).map((file) => `${name}/${file}`);
  const paths = ["project.yaml", "analysis/study_definition.ts", ...inFolder("codelists")];
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(study, path), "utf8")]));
}

/** Shows too that the population is read from project.yaml. */
function fewerPatients(files: Files): Files {
  const project = files["project.yaml"] ?? "";
  return { ...files, "project.yaml": project.replace("size: 1000", "size: 30") };
}

function demo(folder: string): Promise<{ readonly code: number | null; readonly out: string }> {
  const script = join(root, "test/demo/demo.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, folder], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, out });
    });
  });
}
