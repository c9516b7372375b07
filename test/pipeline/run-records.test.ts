import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { PipelineManifest } from "../../engine/pipeline/record/manifest.ts";
import { identifierOf } from "../../engine/pipeline/record/run-record.ts";
import { clockText } from "../../engine/pipeline/record/run-times.ts";
import { alone } from "../commands/workspace.ts";
import { git } from "./git.ts";
import { inStudy, programs, smallPipeline } from "./study-in.ts";

describe("the manifest", () => {
  it("tells of each file its level, action, hash, size, rows, columns and origin", async () => {
    await inStudy(smallPipeline, async ({ folder, run }) => {
      const record = await run(["run_all"]);
      const manifest = JSON.parse(
        readFileSync(join(folder, "metadata/manifest.json"), "utf8"),
      ) as PipelineManifest;
      const path = "output/input_2020-01-01.csv";
      const bytes = readFileSync(join(folder, path));
      const file = manifest.files[path];
      assert.deepEqual(
        { ...file, made: "", definitions: "" },
        {
          level: "highly_sensitive",
          action: "generate_cohorts",
          sha256: createHash("sha256").update(bytes).digest("hex"),
          size: bytes.length,
          rows: 100,
          columns: 5,
          commit: null,
          engine_version: "9.9.9",
          run: record.id,
          job: identifierOf(record.id, "generate_cohorts"),
          made: "",
          withheld: null,
          definitions: "",
          codelists: null,
        },
      );
      assert.match(file?.definitions ?? "", /^[0-9a-f]{64}$/);
      assert.deepEqual(
        manifest.actions["generate_cohorts"]?.definitions.map(({ name }) => name),
        ["study_definition"],
      );
      assert.equal(manifest.files["output/summary.json"]?.rows, null);
    });
  });

  it("is held against the files, byte for byte", async () => {
    await inStudy(smallPipeline, async ({ folder, run, ask, remove }) => {
      await run(["run_all"]);
      const good = await ask("verify");
      assert.deepEqual([good.exitCode, good.lines.length], [0, 1]);
      writeFileSync(join(folder, "output/summary.json"), '{"rows":5}');
      remove("output/input_2020-01-01.csv");
      const { lines, exitCode } = await ask("verify");
      assert.equal(exitCode, 1);
      assert.match(lines.join("\n"), /input_2020-01-01\.csv, which generate_cohorts made, is gone/);
      assert.match(lines.join("\n"), /summary\.json has been modified since summarise wrote it/);
    });
  });

  it("is asked for before anything has run", async () => {
    await inStudy(smallPipeline, async ({ ask }) => {
      assert.deepEqual(
        (await ask("verify")).problems.map(({ code }) => code),
        ["no-manifest"],
      );
      assert.deepEqual(
        (await ask("show")).problems.map(({ code }) => code),
        ["no-runs"],
      );
      assert.deepEqual((await ask("runs")).lines, []);
    });
  });
});

describe("the record of a run", () => {
  it("tells who asked for what, of which code, and every state with its time", async () => {
    await inStudy(smallPipeline, async ({ folder, run, write }) => {
      git(folder, "init", "--quiet", "--initial-branch=combined_tests");
      git(folder, "add", ".");
      git(folder, "commit", "--quiet", "--message=first");
      git(folder, "config", "user.name", "Ada Lovelace");
      const clean = await run(["generate_cohorts"]);
      const { branch, commit } = clean.git;
      assert.deepEqual(
        [branch, commit, clean.git.clean],
        ["combined_tests", git(folder, "rev-parse", "HEAD"), true],
      );
      assert.equal(clean.requested_by, "Ada Lovelace");
      assert.deepEqual(clean.requested_actions, ["generate_cohorts"]);
      assert.match(clean.id, /^[a-z2-7]{16}$/);
      const [job] = clean.jobs;
      assert.deepEqual(
        job?.states.map(({ code }) => code),
        [
          "created",
          "waiting_on_workers",
          "preparing",
          "prepared",
          "executing",
          "executed",
          "finalizing",
          "succeeded",
        ],
      );
      const times = job.states.map(({ at }) => at);
      assert.deepEqual(times, [...times].sort());
      for (const at of times) assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      const [began, ended] = [Date.parse(times[2] ?? ""), Date.parse(times.at(-1) ?? "")];
      assert.equal(job.runtime_seconds, (ended - began) / 1000);
      assert.equal(job.exit, 0);
      write("analysis/new.js", "");
      const dirty = await run(["generate_cohorts"]);
      assert.deepEqual([dirty.git.clean, dirty.git.uncommitted], [false, ["analysis/new.js"]]);
    });
  });

  it("is compared with the previous one and the previous successful one", async () => {
    const files = programs({
      a: { script: 'fs.writeFileSync("a.csv", "n\\n1\\n2\\n")', moderate: "a.csv" },
    });
    await inStudy({ ...files, "codelists/x.csv": "code\n1\n" }, async ({ run, write, ask }) => {
      await run(["a"]);
      write("analysis/a.js", "process.exit(1)");
      await run(["a"]);
      write("analysis/a.js", 'require("fs").writeFileSync("a.csv", "n\\n1\\n2\\n3\\n")');
      write("codelists/x.csv", "code\n2\n");
      await run(["a"]);
      const shown = (await ask("show", ["3"])).lines.join("\n");
      const [, previous = "", successful = ""] = shown.split("  With the ");
      assert.match(previous, /^previous run, 2/);
      assert.match(successful, /^previous successful run, 1/);
      assert.match(successful, /codelists: codelists\/x\.csv changed/);
      assert.match(successful, /code: analysis\/a\.js changed/);
      assert.match(successful, /rows: a\.csv 2 to 3/);
      assert.doesNotMatch(previous, /rows:/);
    });
  });

  it("is shown as the job request page does, by number, identifier or latest", async () => {
    await inStudy(smallPipeline, async ({ run, ask }) => {
      const { id } = await run(["summarise"]);
      const shown = (await ask("show")).lines;
      const text = shown.join("\n");
      for (const part of [
        "Job request: 1",
        `Identifier  ${id}`,
        "None of the code was run against real patient data",
        "highly_sensitive: Can never be viewed",
        "Timeline (UTC)",
        "Runtime",
        "3 / 3 (100%) complete",
        "Backend                 expectations",
        "Force run dependencies  No",
        "Requested actions       summarise",
        "No previous run available",
        "population_size: 100",
      ]) {
        assert.ok(text.includes(part), part);
      }
      for (const name of ["1", id, id.slice(0, 5), "latest"]) {
        assert.deepEqual((await ask("show", [name])).lines, shown);
      }
      const { problems, exitCode } = await ask("show", ["7"]);
      assert.deepEqual([problems[0]?.code, exitCode], ["unknown-run", 2]);
      assert.match(
        (await ask("runs")).lines[0] ?? "",
        new RegExp(`^ +1 +${id} +Succeeded .* summarise$`),
      );
    });
  });

  it("never holds the password of a database", async () => {
    const secret = "duckdb://ada:hunter2@/nowhere.duckdb?password=hunter2";
    await inStudy(smallPipeline, async ({ folder }) => {
      const { err, out } = await alone(folder, ["run", "generate_cohorts"], {
        DATABASE_URL: secret,
      });
      const files = execFileSync("grep", ["-rl", "backend", join(folder, "metadata")], {
        encoding: "utf8",
      });
      assert.match(files, /runs/);
      const all = execFileSync(
        "sh",
        ["-c", `cat ${folder}/metadata/*.log ${folder}/metadata/runs/*`],
        { encoding: "utf8" },
      );
      assert.doesNotMatch(all + err + out, /hunter2/);
      assert.match(all, /duckdb database nowhere\.duckdb \([0-9a-f]{8}\)/);
    });
  });
});

describe("a duration", () => {
  it("is shown in hours, minutes and seconds, and as - where there is none", () => {
    assert.deepEqual([140, 0, 3_661.4, 86_400].map(clockText), [
      "00:02:20",
      "-",
      "01:01:01",
      "24:00:00",
    ]);
  });
});
