import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { outputPolicyIn } from "../../engine/pipeline/declared-outputs.ts";
import { cohortline, inWorkspace, smallStudy } from "../commands/workspace.ts";

const project = (run: string, pattern: string): string => `version: 3
expectations: { population_size: 100 }
actions:
  a:
    run: cohortextractor:latest ${run}
    outputs: { highly_sensitive: { f: "${pattern}" } }
`;
const study = (text: string) => ({
  "analysis/study_definition.ts": smallStudy,
  "project.yaml": text,
});
const RANGE = "--index-date-range 2020-01-01";

describe("what stands in place of project.yaml", () => {
  it("is a problem at once where it is a pipe, a device, a folder or too large", async () => {
    await inWorkspace({ "analysis/study_definition.ts": smallStudy }, async (folder) => {
      const file = join(folder, "project.yaml");
      for (const make of [
        () => void execFileSync("mkfifo", [file]),
        () => {
          symlinkSync("/dev/zero", file);
        },
        () => {
          mkdirSync(file);
        },
        () => void execFileSync("truncate", ["-s", "20G", file]),
      ]) {
        make();
        for (const words of [["check"], ["plan"]]) {
          const { code, err } = await cohortline(folder, words);
          assert.deepEqual([code, /\[file-[a-z-]+\]/.test(err)], [1, true], err);
          assert.match(err, /project\.yaml/);
        }
        rmSync(file, { recursive: true });
      }
      assert.ok(!existsSync(file));
    });
  });
});

describe("a command typed by hand", () => {
  it("lets a study write what its own action declares, as run does, whatever quotes are used", async () => {
    const run = `generate_cohort "--study-definition" 'study_definition' ${RANGE}`;
    const text = `${project(run, "analysis/notes.txt")}  b:
    run: cohortextractor:latest generate_cohort --study-definition other
    outputs: { highly_sensitive: { f: analysis/others.txt, g: ../away.txt } }
`;
    await inWorkspace(study(text), async (folder) => {
      const policy = await outputPolicyIn(folder)("generate_cohort", "study_definition");
      const paths = ["analysis/notes.txt", "analysis/others.txt", "../away.txt", "x.txt"];
      assert.deepEqual(
        paths.map((path) => policy.decide(path)),
        ["write", "ignore", "refuse", "refuse"],
      );
    });
  });

  it("is told with its place what cannot be read of project.yaml", async () => {
    await inWorkspace(study("version: [3\n"), async (folder) => {
      const typed = ["generate_cohort", "--expectations-population", "9", ...RANGE.split(" ")];
      const { code, err } = await cohortline(folder, typed);
      assert.equal(code, 1);
      assert.match(err, /^project\.yaml:2:1: .*\[project-syntax\]/);
    });
  });
});
