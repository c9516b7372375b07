import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { cohortline, inWorkspace, smallStudy, start } from "../commands/workspace.ts";
import type { Running } from "../commands/workspace.ts";
import { programs } from "./study-in.ts";

const long = {
  "analysis/study_definition.ts": smallStudy,
  "project.yaml": `version: '3.0'
expectations: { population_size: 200000 }
actions:
  cohorts:
    run: cohortextractor:latest generate_cohort --index-date-range "2020-01-01 to 2021-12-01 by month"
    outputs: { highly_sensitive: { cohort: output/input_*.csv } }
`,
};

function recordsIn(folder: string): readonly RunRecord[] {
  const runs = join(folder, "metadata/runs");
  return readdirSync(runs)
    .map((name) => JSON.parse(readFileSync(join(runs, name), "utf8")) as RunRecord)
    .sort((a, b) => a.number - b.number);
}

/** When a line of the action's log says that a second file was written. */
function whenTwoAreWritten({ process: child }: Running, folder: string, then: () => void): void {
  const log = join(folder, "metadata/cohorts.log");
  const look = setInterval(() => {
    const text = existsSync(log) ? readFileSync(log, "utf8") : "";
    if ((text.match(/wrote input_/g) ?? []).length < 2) return;
    clearInterval(look);
    then();
  }, 20);
  child.on("exit", () => {
    clearInterval(look);
  });
}

describe("a run that a person stops", () => {
  it("exits 130, records that, and goes on from its finished files the next time", async () => {
    await inWorkspace(long, async (folder) => {
      const running = start(folder, ["run", "run_all"]);
      whenTwoAreWritten(running, folder, () => running.process.kill("SIGINT"));
      const { code, out, err } = await running.ended;
      assert.equal(code, 130, out + err);
      const [stopped] = recordsIn(folder);
      assert.equal(stopped?.status, "interrupted");
      assert.equal(stopped.jobs[0]?.status, "cancelled_by_user");
      assert.ok(stopped.finished !== null);
      assert.equal(existsSync(join(folder, "output")), false);
      assert.equal(existsSync(join(folder, "metadata/lock.json")), false);
      assert.deepEqual(readdirSync(join(folder, "metadata/working")), []);
      const again = await cohortline(folder, ["run", "run_all"]);
      assert.equal(again.code, 0, again.err);
      assert.match(
        readFileSync(join(folder, "metadata/cohorts.log"), "utf8"),
        /kept input_2021-12-01\.csv/,
      );
      const made = readdirSync(join(folder, "output")).filter((name) => name.startsWith("input_"));
      assert.equal(made.length, 24);
      assert.equal(existsSync(join(folder, "metadata/unfinished/cohorts")), false);
    });
  });

  it("ends the programs it started, also before anything has finished", async () => {
    const files = programs({
      a: {
        script:
          'fs.writeFileSync("here.pid", String(process.pid)); console.log("begun"); setInterval(() => 0, 1000);',
        moderate: "a.txt",
      },
    });
    await inWorkspace(files, async (folder) => {
      const running = start(folder, ["run", "a", "--local-tools"]);
      const log = join(folder, "metadata/a.log");
      const look = setInterval(() => {
        if (!existsSync(log) || !readFileSync(log, "utf8").includes("begun")) return;
        clearInterval(look);
        running.process.kill("SIGINT");
      }, 20);
      const { code } = await running.ended;
      clearInterval(look);
      assert.equal(code, 130);
      const [record] = recordsIn(folder);
      assert.deepEqual(
        [record?.status, record?.jobs[0]?.status],
        ["interrupted", "cancelled_by_user"],
      );
    });
  });
});

describe("a run whose process is killed", () => {
  it("is told as interrupted; the next run takes its lock over and ends well", async () => {
    await inWorkspace(long, async (folder) => {
      const running = start(folder, ["run", "run_all"]);
      whenTwoAreWritten(running, folder, () => running.process.kill("SIGKILL"));
      assert.equal((await running.ended).signal, "SIGKILL");
      assert.equal(existsSync(join(folder, "metadata/lock.json")), true);
      const list = await cohortline(folder, ["runs"]);
      assert.match(list.out, /^ +1 .*Interrupted/);
      writeFileSync(
        join(folder, "project.yaml"),
        long["project.yaml"].replace("200000", "100").replace("2021-12", "2020-02"),
      );
      const next = await cohortline(folder, ["run", "run_all"]);
      assert.equal(next.code, 0, next.err);
      const records = recordsIn(folder);
      assert.deepEqual(
        records.map(({ status }) => status),
        ["interrupted", "succeeded"],
      );
      assert.equal(records[0]?.jobs[0]?.status, "internal_error");
    });
  });
});

describe("two runs at once in one folder", () => {
  it("are one: the second is refused, says who holds the lock, and harms nothing", async () => {
    const files = programs({
      a: {
        script:
          'console.log("begun"); const until = Date.now() + 60000; while (!fs.existsSync(process.argv[2]) && Date.now() < until); fs.writeFileSync("a.txt", "")',
        moderate: "a.txt",
      },
    });
    await inWorkspace(files, async (folder) => {
      const go = join(folder, "go");
      writeFileSync(
        join(folder, "project.yaml"),
        files["project.yaml"]?.replace("a.js", `a.js ${go}`) ?? "",
      );
      const first = start(folder, ["run", "a", "--local-tools"]);
      const log = join(folder, "metadata/a.log");
      await new Promise<void>((resolve) => {
        const look = setInterval(() => {
          if (!existsSync(log) || !readFileSync(log, "utf8").includes("begun")) return;
          clearInterval(look);
          resolve();
        }, 20);
      });
      const second = await cohortline(folder, ["run", "a", "--local-tools"]);
      writeFileSync(go, "");
      assert.equal(second.code, 1);
      assert.match(
        second.err,
        new RegExp(`process ${first.process.pid ?? 0} on \\S+ has been running a since 20`),
      );
      assert.match(second.err, /\[run-locked\]/);
      assert.equal((await first.ended).code, 0);
      assert.deepEqual(
        recordsIn(folder).map(({ status }) => status),
        ["succeeded"],
      );
    });
  });

  it("may follow a lock whose process number belongs to another process by now", async () => {
    const files = programs({ a: { script: 'fs.writeFileSync("a.txt", "")', moderate: "a.txt" } });
    await inWorkspace(files, async (folder) => {
      await cohortline(folder, ["run", "a", "--local-tools"]);
      const holder = {
        process: process.pid,
        host: (await import("node:os")).hostname(),
        born: "long ago",
        since: "2020",
        run: "x",
        wanted: ["a"],
      };
      writeFileSync(join(folder, "metadata/lock.json"), JSON.stringify(holder));
      assert.equal((await cohortline(folder, ["run", "a", "--local-tools"])).code, 0);
      writeFileSync(
        join(folder, "metadata/lock.json"),
        JSON.stringify({ ...holder, host: "elsewhere" }),
      );
      assert.equal((await cohortline(folder, ["run", "a", "--local-tools"])).code, 1);
    });
  });
});
