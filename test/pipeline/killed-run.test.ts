import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ownerToken, thisOwner } from "../../engine/files/owner.ts";
import { partialPathFor } from "../../engine/files/partial-files.ts";
import { alone, inWorkspace, start } from "../commands/workspace.ts";
import { inStudy, programs, smallPipeline } from "./study-in.ts";

/** Waits until it is so; the test's own time limit ends what never comes. */
function until(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (!isSo()) return;
      clearInterval(look);
      resolve();
    }, 10);
  });
}

function isThere(pid: number): boolean {
  try {
    // A zombie still has its number.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

const skip = existsSync("/proc/self/status") ? false : "looks for processes in /proc";

describe("a run that is killed while a program works", () => {
  const script = `
    const { spawn } = require("node:child_process");
    const other = spawn("sleep", ["100"]);
    fs.writeFileSync(process.argv[2], process.pid + " " + other.pid);
    process.on("SIGTERM", () => 0);
    setInterval(() => 0, 1000);
  `;

  it(
    "takes the program and all that it started with it; the next command clears its folder",
    { skip, timeout: 60_000 },
    async () => {
      const files = programs({ a: { script, moderate: "a.txt" } });
      await inWorkspace(files, async (folder) => {
        const [temporary, note] = [join(folder, "metadata/../.tmp"), join(folder, "pids.note")];
        mkdirSync(temporary);
        const project = files["project.yaml"]?.replace("a.js", `a.js ${note}`) ?? "";
        writeFileSync(join(folder, "project.yaml"), project);
        const running = start(folder, ["run", "a", "--local-tools"], { TMPDIR: temporary });
        await until(() => existsSync(note) && readFileSync(note, "utf8").includes(" "));
        const working = readdirSync(temporary).filter((name) => name.startsWith("cohortline-"));
        assert.equal(working.length, 1);
        assert.equal(statSync(join(temporary, working[0] ?? "")).mode & 0o777, 0o700);
        await alone(folder, ["plan"], { TMPDIR: temporary });
        assert.ok(existsSync(join(temporary, working[0] ?? "")), "a living run keeps its folder");
        running.process.kill("SIGKILL");
        const pids = readFileSync(note, "utf8").split(" ").map(Number);
        await until(() => !pids.some(isThere));
        await alone(folder, ["plan"], { TMPDIR: temporary });
        assert.ok(!existsSync(join(temporary, working[0] ?? "")));
      });
    },
  );
});

describe("clean", () => {
  const gone = { ...thisOwner(), process: 999_999_999 };
  const elsewhere = { ...thisOwner(), place: "0".repeat(12) };
  const folderOf = (owner: typeof gone): string =>
    `cohortline-${ownerToken(owner)}-${"0".repeat(16)}`;
  const partial = partialPathFor("x");

  it("says what it would remove, then removes it, and leaves the living and what it cannot judge", async () => {
    await inStudy(
      {},
      async ({ folder, ask }) => {
        const put = (path: string, text = "12345"): void => {
          mkdirSync(join(folder, path, ".."), { recursive: true });
          writeFileSync(join(folder, path), text);
        };
        put(`tmp/${folderOf(gone)}/workspace/input.csv`);
        put(`tmp/${folderOf(thisOwner())}/workspace/input.csv`);
        put(`tmp/${folderOf(elsewhere)}/workspace/input.csv`);
        put(`metadata/working/${folderOf(gone)}/input.csv`);
        put(`output/deep/${partial.replace(/-\d+-/, "-999999999-")}`);
        put(`output/${partial}`);
        put("output/.cohortline.lock", "{}");
        put("metadata/lock.json", '{"process": -1}');
        put("analysis/lock.json", "an author's own");
        const expected = [
          `tmp/${folderOf(gone)}  (working folder, 5 bytes)`,
          "metadata/lock.json  (damaged lock, 15 bytes)",
          `metadata/working/${folderOf(gone)}  (working folder, 5 bytes)`,
          "output/.cohortline.lock  (damaged lock, 2 bytes)",
          `output/deep/${partial.replace(/-\d+-/, "-999999999-")}  (unfinished file, 5 bytes)`,
        ];
        const kept = `Kept tmp/${folderOf(elsewhere)}  (working folder, 5 bytes)`;
        const sorted = (lines: readonly string[]): readonly string[] => [...lines].sort();
        const before = await ask("clean", [], { dryRun: true });
        assert.deepEqual(
          sorted(before.lines.slice(0, -1)),
          sorted([kept, ...expected.map((line) => `Would remove ${line}`)]),
        );
        assert.match(before.lines.at(-1) ?? "", /another container or machine.*--force/);
        assert.equal(readdirSync(join(folder, "tmp")).length, 3);
        const { lines } = await ask("clean");
        assert.deepEqual(
          sorted(lines.slice(0, -1)),
          sorted([kept, ...expected.map((line) => `Removed ${line}`)]),
        );
        assert.equal(readdirSync(join(folder, "tmp")).length, 2);
        assert.deepEqual(readdirSync(join(folder, "output")).sort(), [partial, "deep"]);
        assert.ok(existsSync(join(folder, "analysis/lock.json")));
        await ask("clean", [], { force: true });
        assert.deepEqual(readdirSync(join(folder, "tmp")), [folderOf(thisOwner())]);
        assert.deepEqual((await ask("clean")).lines, ["Nothing is left behind."]);
      },
      (folder) => ({ temporary: join(folder, "tmp") }),
    );
  });

  it("removes what has shown no life elsewhere for two days", async () => {
    await inStudy(
      {},
      async ({ folder, ask }) => {
        const left = join(folder, "tmp", folderOf(elsewhere));
        mkdirSync(left, { recursive: true });
        const then = Date.now() / 1000 - 172_800;
        utimesSync(left, then, then);
        assert.match((await ask("clean")).lines.join(), /^Removed tmp/);
        assert.ok(!existsSync(left));
      },
      (folder) => ({ temporary: join(folder, "tmp") }),
    );
  });
});

describe("files of patients", () => {
  /** Rights of every file and folder below, but for those that were there. */
  function modes(folder: string, path: string): ReadonlyMap<string, string> {
    const names = ["", ...readdirSync(join(folder, path), { recursive: true }).map(String)];
    const modeOf = (name: string): string =>
      (statSync(join(folder, path, name)).mode & 0o777).toString(8);
    return new Map(names.map((name) => [join(path, name), modeOf(name)]));
  }

  for (const umask of [0o000, 0o022, 0o277]) {
    it(`are for their owner alone, with umask ${umask.toString(8)}`, async () => {
      await inWorkspace(smallPipeline, async (folder) => {
        mkdirSync(join(folder, "metadata/printed"), { recursive: true });
        chmodSync(join(folder, "metadata/printed"), 0o777);
        const before = process.umask(umask);
        const running = start(folder, ["run", "generate_measures"]);
        process.umask(before);
        const ended = await running.ended;
        assert.equal(ended.code, 0, ended.err);
        for (const [path, mode] of [...modes(folder, "output"), ...modes(folder, "metadata")]) {
          assert.ok(["600", "700"].includes(mode), `${path} ${mode}`);
        }
      });
    });
  }

  it("are for others too, as the umask says, with --shared", async () => {
    await inWorkspace(smallPipeline, async (folder) => {
      const before = process.umask(0o027);
      const running = start(folder, ["run", "generate_measures", "--shared"]);
      process.umask(before);
      assert.equal((await running.ended).code, 0);
      const all = [...modes(folder, "output"), ...modes(folder, "metadata")];
      const rights = (isOwn: boolean): readonly string[] =>
        [
          ...new Set(
            all.flatMap(([path, mode]) => (/\.(?:log|key)$/.test(path) === isOwn ? [mode] : [])),
          ),
        ].sort();
      assert.deepEqual(rights(false), ["640", "750"]);
      assert.deepEqual(
        rights(true),
        ["600"],
        "logs and the secret of marks stay for their owner alone",
      );
    });
  });

  it("are shared by a person and not by a project", async () => {
    const project =
      smallPipeline["project.yaml"]?.replace("generate_cohort ", "generate_cohort --shared ") ?? "";
    await inStudy({ ...smallPipeline, "project.yaml": project }, async ({ ask }) => {
      const { problems } = await ask("plan", ["run_all"]);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ["cohort-command"],
      );
      assert.match(problems[0]?.message ?? "", /--shared is for the person who runs the project/);
    });
  });
});
