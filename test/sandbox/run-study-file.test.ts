import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { runStudyFile } from "../../engine/sandbox/run-study-file.ts";
import type { CanWrite } from "../../engine/sandbox/study-files.ts";
import {
  problemsIn,
  problemsOf,
  runText,
  studyOf,
  temporaryFolder,
} from "./temporary-workspace.ts";

const refuse: CanWrite = () => "refuse";
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("an author's file", () => {
  it("gives its study, and names every file that the study depends on", async () => {
    const study = `
      import codes from "./codes.json" with { type: "json" };
      import { twice } from "./helpers/twice.js";
      import { readText } from "cohortline";
      export const study = { codes, two: twice(1), text: readText("codelists/../codelists/a.csv") };
    `;
    const helper = "export const twice = (n: number): number => 2 * n;";
    const files = {
      "analysis/codes.json": `["H33"]`,
      "analysis/helpers/twice.ts": helper,
      "analysis/unused.ts": "export {};",
      "codelists/a.csv": "\uFEFFcode\nÄ1\n",
    };
    const ran = await runText(study, { files });
    const { module, writes, filesRead } = ran;
    assert.deepEqual(
      { module, writes, filesRead },
      {
        module: { codes: ["H33"], two: 2, text: "code\nÄ1\n" },
        writes: [],
        filesRead: [
          { path: "analysis/codes.json", sha256: sha256(`["H33"]`) },
          { path: "analysis/helpers/twice.ts", sha256: sha256(helper) },
          { path: "analysis/study_definition.ts", sha256: sha256(study) },
          { path: "codelists/a.csv", sha256: sha256("\uFEFFcode\nÄ1\n") },
        ],
      },
    );
  });

  it("hands back what it writes, decided file by file, and writes nothing itself", async () => {
    const study = `
      import { writeText } from "cohortline";
      export const study = [
        writeText("output/mine.json", "draft"),
        writeText("output/yours.json", "x"),
        writeText("output/late.txt", "a\\0b"),
        writeText("output/../output/mine.json", "final"),
      ];
    `;
    const asked: string[] = [];
    const ran = await runText(study, {
      canWrite: (path) => {
        asked.push(path);
        return path === "output/yours.json" ? "ignore" : "write";
      },
    });
    assert.deepEqual(ran.module, [true, false, true, true]);
    assert.deepEqual(ran.writes, [
      { path: "output/mine.json", text: "final" },
      { path: "output/late.txt", text: "a\0b" },
    ]);
    assert.deepEqual(asked[3], "output/mine.json");
  });

  it("cannot write a file that no action declares", async () => {
    const [problem] = await problemsOf(`
      import { writeText } from "cohortline";
      export const study = writeText("output/secret.csv", "x");
    `);
    assert.equal(problem?.code, "study-output-not-declared");
    assert.deepEqual(problem.place, { file: "analysis/study_definition.ts", line: 3, column: 28 });
  });

  it("gets its parameters as text, whatever their names", async () => {
    const params = { start: "2020-01-01", constructor: "a", __proto__: "ignored by this literal" };
    const study = `
      import { params } from "cohortline";
      export const study = [params.start, params["constructor"], params.toString === undefined,
        Object.isFrozen(params)];
    `;
    assert.deepEqual(await studyOf(study, { params }), ["2020-01-01", "a", true, true]);
  });

  it("has each column placed at the line that made it, in the file that made it", async () => {
    const study = `
      import { patients } from "cohortline";
      import { everyone } from "./helper";
      export const study = { a: patients.all(), b: everyone(),
        c: { function: "x", args: { inner: patients.all() }, place: { file: "/etc/passwd", line: 1 } } };
    `;
    const helper = `import { patients } from "cohortline";\n\nexport const everyone = () => patients.all();`;
    const all = (file: string, line: number) => ({
      function: "all",
      args: {},
      place: { file, line },
    });
    assert.deepEqual(await studyOf(study, { files: { "analysis/helper.ts": helper } }), {
      a: all("analysis/study_definition.ts", 4),
      b: all("analysis/helper.ts", 3),
      c: { function: "x", args: { inner: all("analysis/study_definition.ts", 5) } },
    });
  });

  it("can be missing, and then the nearest one is offered", async () => {
    const workspace = temporaryFolder({ "analysis/study_definition_asthma.ts": "" });
    const request = { workspace, params: {}, canWrite: refuse } as const;
    const file = "analysis/study_definition_astma.ts";
    const [problem] = await problemsIn(runStudyFile({ ...request, file }));
    assert.equal(problem?.code, "study-file-missing");
    assert.equal(problem.hint, 'Nearest: "analysis/study_definition_asthma.ts".');
  });

  it("gives the same result on every run, several at once", async () => {
    const study = `import { patients } from "cohortline"; export const study = [patients.all()];`;
    const all = await Promise.all([runText(study), runText(study), runText(study)]);
    const [one, two, three] = all.map(({ module, writes, filesRead }) => [
      module,
      writes,
      filesRead,
    ]);
    assert.deepEqual(two, one);
    assert.deepEqual(three, one);
  });
});

describe("an author's file with the library itself", () => {
  const folder = (text: string): string =>
    temporaryFolder({ "analysis/study_definition.ts": text });
  const request = {
    file: "analysis/study_definition.ts",
    params: {},
    canWrite: refuse,
  } as const;

  it("gives a study as data", async () => {
    const workspace = folder(`
      import { patients, study } from "cohortline";
      export default study({ population: patients.all(), columns: {} });
    `);
    const { module } = await runStudyFile({ ...request, workspace });
    const { study } = module as { study: { population: unknown } };
    const place = { file: "analysis/study_definition.ts", line: 3 };
    assert.deepEqual(study.population, { function: "all", args: {}, place });
  });

  it("gets the library's own problems out whole, at the author's line", async () => {
    const workspace = folder(`
      import { param } from "cohortline";
      export default param("start");
    `);
    const [problem] = await problemsIn(runStudyFile({ ...request, workspace }));
    assert.equal(problem?.code, "missing-param");
    assert.deepEqual(
      [problem.place?.file, problem.place?.line],
      ["analysis/study_definition.ts", 3],
    );
  });
});
