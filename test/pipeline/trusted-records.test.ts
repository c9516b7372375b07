import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { ActionState } from "../../engine/pipeline/state/action-state.ts";
import { alone, cohortline, inWorkspace } from "../commands/workspace.ts";
import { git } from "./git.ts";
import { inStudy, programs, smallPipeline, studyIn } from "./study-in.ts";

const files = programs({
  a: { script: 'fs.writeFileSync("a.csv", "n\\n1\\n")', moderate: "a.csv" },
  b: { script: 'fs.writeFileSync("b.csv", "n\\n1\\n")', moderate: "b.csv", needs: ["a"] },
});

const fresh = ["a fresh", "b fresh"];
const never = ["a missing: it has not been run", "b missing: it has not been run"];

function changed(folder: string, path: string, change: (record: ActionState) => object): void {
  const file = join(folder, path);
  const record = JSON.parse(readFileSync(file, "utf8")) as ActionState;
  writeFileSync(file, JSON.stringify(change(record)));
}

describe("records in metadata/", () => {
  it("count in the folder in which this user's engine wrote them, and only there", async () => {
    await inWorkspace({}, async (top) => {
      const folder = join(top, "study");
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(folder, path, ".."), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const study = studyIn(folder);
      await study.run(["run_all"]);
      assert.deepEqual(await study.plan(), fresh);
      cpSync(folder, join(top, "copy"), { recursive: true, preserveTimestamps: true });
      const copy = studyIn(join(top, "copy"));
      assert.deepEqual(await copy.plan(), never);
      const { told } = await copy.ask("plan");
      assert.match(
        told.join("\n"),
        /metadata\/actions\/a\.json and 1 more record were not written here by your own cohortline/,
      );
      renameSync(folder, join(top, "moved"));
      assert.deepEqual(await studyIn(join(top, "moved")).plan(), never);
      assert.equal((await studyIn(join(top, "moved")).run(["run_all"])).status, "succeeded");
      assert.deepEqual(await studyIn(join(top, "moved")).plan(), fresh);
      renameSync(join(top, "moved"), folder);
      assert.deepEqual(
        (await study.ask("runs")).told.length,
        2,
        "the second run was recorded elsewhere",
      );
    });
  });

  it("count for nothing where anything in them is other than it was written", async () => {
    await inStudy(files, async ({ folder, run, plan }) => {
      await run(["run_all"]);
      const path = "metadata/actions/a.json";
      const whole = readFileSync(join(folder, path));
      const changes: readonly ((record: ActionState) => object)[] = [
        (record) => ({ ...record, commit: "0123" }),
        (record) => ({ ...record, more: 1 }),
        (record) => ({ ...record, outputs: [] }),
        (record) => ({ ...record, seal: "" }),
        (record) => ({ ...record, seal: null }),
        (record) => ({ ...record, seal: "0".repeat(64) }),
        ({ action, ...record }) => ({ ...record, action: `${action}2` }),
      ];
      for (const change of changes) {
        changed(folder, path, change);
        assert.equal((await plan())[0], never[0]);
        writeFileSync(join(folder, path), whole);
      }
      changed(folder, path, (record) => record);
      assert.deepEqual(await plan(), fresh, "the layout of the file does not matter");
      // Of another action: the sum holds for its own name only.
      cpSync(join(folder, "metadata/actions/b.json"), join(folder, path));
      assert.equal((await plan())[0], never[0]);
    });
  });

  it("count for another user only once she says so, and until she takes it back", async () => {
    await inWorkspace(files, async (folder) => {
      await inWorkspace({}, async (home) => {
        const ada = studyIn(folder);
        const grace = studyIn(folder, { userState: join(home, "grace/state") });
        await ada.run(["run_all"]);
        assert.deepEqual(await grace.plan(), never);
        assert.equal((await grace.ask("verify")).exitCode, 1);
        assert.match((await grace.ask("runs")).told.join("\n"), /Run 1: not recorded here/);
        await grace.ask("trust");
        assert.deepEqual(await grace.plan(), fresh);
        const trusted = join(home, "grace/state/trusted");
        const word = join(trusted, readdirSync(trusted)[0] ?? "");
        const said = readFileSync(word, "utf8");
        writeFileSync(word, "/another/study\n");
        assert.deepEqual(await grace.plan(), never, "the word is of another folder");
        writeFileSync(word, said);
        assert.deepEqual(await grace.plan(), fresh);
        assert.deepEqual(
          [(await grace.ask("verify")).exitCode, (await grace.ask("runs")).told],
          [0, []],
        );
        await grace.ask("trust", [], { revoke: true });
        assert.deepEqual(await grace.plan(), never);
      });
    });
  });

  it("are known by a key of the user's alone, made by the first run, whoever else makes one then", async () => {
    await inWorkspace(files, async (folder) => {
      await inWorkspace({}, async (home) => {
        const state = join(home, "state");
        const { run, plan, ask } = studyIn(folder, { userState: state });
        await plan();
        assert.equal(existsSync(state), false);
        await run(["run_all"]);
        assert.equal(statSync(join(state, "key")).mode & 0o777, 0o600);
        assert.deepEqual(readdirSync(state), ["key"]);
        chmodSync(join(state, "key"), 0o644);
        assert.match((await ask("plan")).told.join("\n"), /key is not this user's alone/);
        assert.deepEqual(await plan(), never);
        writeFileSync(join(state, "key"), "");
        chmodSync(join(state, "key"), 0o600);
        assert.match((await ask("plan")).told.join("\n"), /key is damaged/);
      });
    });
  });

  it("count for nothing where no key can be kept, which is said, and everything works", async () => {
    await inWorkspace(files, async (folder) => {
      const brought = join(folder, "home/state");
      for (const userState of [null, brought, join(folder, "project.yaml/state")]) {
        const { run, plan, ask } = studyIn(folder, { userState });
        const { told, exitCode } = await ask("run", ["run_all"], { localTools: true });
        assert.equal(exitCode, 0);
        assert.equal(told.filter((line) => /no place for the key/.test(line)).length, 1);
        assert.equal((await run(["run_all"])).status, "succeeded");
        assert.deepEqual(await plan(), never);
      }
      assert.equal(existsSync(brought), false);
      assert.equal((await studyIn(folder, { userState: null }).ask("trust")).exitCode, 1);
    });
  });

  it("are found by the command line in the user's state folder, or without a home", async () => {
    await inWorkspace({ ...files, "home/x": "" }, async (top) => {
      const folder = join(top, "study");
      mkdirSync(folder);
      for (const path of Object.keys(files)) cpSync(join(top, path), join(folder, path));
      const run = ["run", "a", "--local-tools"];
      const home = await alone(folder, run, { XDG_STATE_HOME: "", HOME: join(top, "home") });
      assert.deepEqual(
        [home.code, existsSync(join(top, "home/.local/state/cohortline/key"))],
        [0, true],
      );
      const none = await alone(folder, run, { XDG_STATE_HOME: "relative", HOME: "" });
      assert.deepEqual([none.code, existsSync(join(folder, "relative"))], [0, false]);
      assert.match(none.err, /HOME is not set[^]*Set XDG_STATE_HOME/);
    });
  });

  it("name no file elsewhere, remove none, and bring no results", async () => {
    await inWorkspace(files, async (top) => {
      const folder = join(top, "study");
      mkdirSync(folder);
      for (const path of Object.keys(files)) cpSync(join(top, path), join(folder, path));
      writeFileSync(join(top, "precious"), "p");
      const study = studyIn(folder);
      await study.run(["run_all"]);
      await study.ask("trust");
      const before = readFileSync(join(folder, "metadata/actions/a.json"), "utf8");
      for (const path of [
        "../precious",
        join(top, "precious"),
        "metadata/lock.json",
        "x/../../precious",
        ".git/config",
        "",
      ]) {
        changed(folder, "metadata/actions/a.json", (record) => ({
          ...record,
          outputs: [...record.outputs, { ...record.outputs[0], path }],
        }));
        const { told } = await study.ask("plan");
        assert.match(
          told.join("\n"),
          /a\.json cannot be read: its field outputs\[1\]\.path is not a path/,
        );
        assert.equal((await study.plan())[0], never[0]);
      }
      writeFileSync(join(folder, "metadata/actions/a.json"), before);
      changed(folder, "metadata/actions/a.json", (record) => ({
        ...record,
        fileName: "../../precious",
      }));
      await study.run(["run_all"]);
      assert.equal(readFileSync(join(top, "precious"), "utf8"), "p");
    });
  });

  it("bring no cohorts as those of an action that was stopped", async () => {
    await inStudy(smallPipeline, async ({ folder, run }) => {
      await run(["generate_cohorts"]);
      const [cohort, manifest] = ["output/input_2020-01-01.csv", "output/cohortline.manifest.json"];
      const made = readFileSync(join(folder, cohort), "utf8");
      const forged = made.replace(/,F,/g, ",M,");
      const sums = readFileSync(join(folder, manifest), "utf8");
      rmSync(join(folder, "metadata/actions"), { recursive: true });
      rmSync(join(folder, "output"), { recursive: true });
      const brought = join(folder, "metadata/unfinished/generate_cohorts");
      mkdirSync(join(brought, "output"), { recursive: true });
      writeFileSync(join(brought, cohort), forged);
      const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
      writeFileSync(join(brought, manifest), sums.replace(sha256(made), sha256(forged)));
      await run(["run_all"]);
      assert.notEqual(forged, made);
      assert.equal(readFileSync(join(folder, cohort), "utf8"), made);
    });
  });

  it("are named by check where git tracks them", async () => {
    await inStudy(files, async ({ folder, run }) => {
      await run(["run_all"]);
      git(folder, "init", "--quiet");
      git(folder, "add", "--force", "metadata/actions", "metadata/manifest.json");
      const { code, err } = await cohortline(folder, ["check"]);
      assert.equal(code, 0);
      assert.match(err, /git tracks metadata\/actions\/a\.json and 2 more files of metadata\//);
      rmSync(join(folder, ".git"), { recursive: true });
    });
  });
});
