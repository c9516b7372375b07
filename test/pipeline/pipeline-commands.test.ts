import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace, smallStudy } from "../commands/workspace.ts";
import { inStudy, programs, smallPipeline } from "./study-in.ts";

describe("check", () => {
  it("tells the problems of project.yaml and of the studies together", async () => {
    const files = {
      "project.yaml": (smallPipeline["project.yaml"] ?? "").replace(
        "[generate_measures]",
        "[generate_measure]",
      ),
      "analysis/study_definition.ts": smallStudy.replace(
        'between: ["index_date"',
        'between: ["index_dat"',
      ),
    };
    await inWorkspace(files, async (folder) => {
      const { code, err } = await cohortline(folder, ["check"]);
      assert.equal(code, 1);
      assert.match(
        err,
        /^project\.yaml:\d+:\d+: Action summarise needs "generate_measure".*\[need-unknown\]$/m,
      );
      assert.match(err, /Nearest: "generate_measures"/);
      assert.match(err, /\[unknown-date-name\]/);
    });
  });

  it("says that all is well, warns of what old versions may have, and refuses it if asked", async () => {
    const old = `${String(smallPipeline["project.yaml"])}  run_all: {}\n`;
    await inWorkspace({ ...smallPipeline, "project.yaml": old }, async (folder) => {
      const { code, out, err } = await cohortline(folder, ["check"]);
      assert.deepEqual([code, out.split("\n").at(-2)], [0, "project.yaml: 3 actions, no problem"]);
      assert.match(err, /^warning: project\.yaml:22:3: .*\[action-run-all\]/);
      for (const command of [["check"], ["plan"], ["run", "run_all"], ["graph"]]) {
        const strict = await cohortline(folder, [...command, "--strict"]);
        assert.deepEqual([strict.code, strict.out], [1, ""], command.join(" "));
        assert.match(strict.err, /\[action-run-all\]/);
      }
    });
  });

  it("needs no study where all actions are programs", async () => {
    const files = programs({ a: { script: "", moderate: "a.txt" } });
    await inWorkspace(files, async (folder) => {
      const { code, out } = await cohortline(folder, ["check"]);
      assert.deepEqual([code, out], [0, "project.yaml: 1 action, no problem\n"]);
    });
  });

  it("tells once, and where, that project.yaml is not YAML", async () => {
    await inWorkspace({ ...smallPipeline, "project.yaml": "version: [3\n" }, async (folder) => {
      const { code, err } = await cohortline(folder, ["check"]);
      assert.equal(code, 1);
      assert.deepEqual(err.match(/\[[a-z-]+\]$/gm), ["[project-syntax]"]);
    });
  });

  it("refuses an output that would hide a part of the study", async () => {
    const files = programs({ a: { script: "", high: "analysis/*.js" } });
    await inStudy(files, async ({ ask }) => {
      const { problems } = await ask("plan");
      assert.deepEqual(
        problems.map(({ code }) => code),
        ["output-is-source"],
      );
    });
  });
});

describe("run", () => {
  const files = programs({
    a: {
      script: 'console.log("::set-env name=x::y"); fs.writeFileSync("a.txt", "")',
      moderate: "a.txt",
    },
  });

  it("can put the time before each line, and fold logs for GitHub so that they give no command", async () => {
    await inWorkspace(files, async (folder) => {
      const words = ["run", "a", "--local-tools", "--timestamps", "--format-output-for-github"];
      const { err } = await cohortline(folder, words);
      const lines = err.trim().split("\n");
      const at = lines.indexOf("::set-env name=x::y");
      const others = [...lines.slice(0, at - 2), ...lines.slice(at + 3)];
      assert.ok(others.length > 3);
      for (const line of others) assert.match(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /);
      const [group, stop = "", , go, end] = lines.slice(at - 2, at + 3);
      assert.deepEqual([group, end], ["::group:: log of a", "::endgroup::"]);
      const [, word = ""] = /^::stop-commands::([0-9a-f]{24})$/.exec(stop) ?? [];
      assert.equal(go, `::${word}::`);
    });
  });

  it("says as JSON what happens, an object a line, and the record last", async () => {
    await inWorkspace(files, async (folder) => {
      const { out, err } = await cohortline(folder, ["run", "a", "--local-tools", "--json"]);
      const events = out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { readonly kind: string });
      assert.equal(err, "");
      assert.deepEqual(
        [...new Set(events.map(({ kind }) => kind))],
        ["plan", "state", "ended", "run"],
      );
    });
  });

  it("is told to run in a study's folder, and nothing is made in another", async () => {
    await inWorkspace({ "readme.txt": "" }, async (folder) => {
      const { code, err } = await cohortline(folder, ["run", "run_all"]);
      assert.equal(code, 1);
      assert.match(err, /There is no project\.yaml/);
    });
  });

  it("ends an action whose output cannot be put in its place, and keeps the rest", async () => {
    await inStudy(files, async ({ folder, ask }) => {
      mkdirSync(join(folder, "a.txt/in-the-way"), { recursive: true });
      const { lines, exitCode } = await ask("run", ["a"], { localTools: true });
      assert.equal(exitCode, 1);
      assert.match(lines.join("\n"), /a\.txt/);
      rmSync(join(folder, "a.txt"), { recursive: true });
      assert.equal((await ask("run", ["run_all"], { localTools: true })).exitCode, 0);
    });
  });
});
