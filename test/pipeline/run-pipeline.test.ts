import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { inStudy, programs, smallPipeline } from "./study-in.ts";

const statuses = (record: { readonly jobs: readonly { action: string; status: string }[] }) =>
  record.jobs.map(({ action, status }) => `${action} ${status}`);

describe("a pipeline", () => {
  it("is run from cohorts to a program, and is fresh afterwards", async () => {
    await inStudy(smallPipeline, async ({ folder, run, plan }) => {
      assert.deepEqual(await plan(), [
        "generate_cohorts missing: it has not been run",
        "generate_measures missing: it has not been run",
        "summarise missing: it has not been run",
      ]);
      const record = await run(["run_all"]);
      assert.deepEqual(statuses(record), [
        "generate_cohorts succeeded",
        "generate_measures succeeded",
        "summarise succeeded",
      ]);
      // 100 dummy patients; the measure has a row for F and M on each of two dates.
      const cohort = readFileSync(join(folder, "output/input_2020-02-01.csv"), "utf8");
      assert.equal(cohort.trim().split("\n").length, 101);
      assert.equal(readFileSync(join(folder, "output/summary.json"), "utf8"), '{"rows":4}');
      assert.deepEqual(await plan(), [
        "generate_cohorts fresh",
        "generate_measures fresh",
        "summarise fresh",
      ]);
      const again = await run(["run_all"]);
      assert.deepEqual([again.status, again.jobs.length, again.number], ["nothing_to_do", 0, 2]);
    });
  });

  it("is told before it runs, and a dry run leaves nothing", async () => {
    await inStudy(smallPipeline, async ({ folder, ask }) => {
      const { told, exitCode } = await ask("run", ["generate_measures"], { dryRun: true });
      assert.equal(exitCode, 0);
      assert.deepEqual(told.slice(-2), [
        "missing  generate_cohorts   it has not been run",
        "run      generate_measures  requested explicitly",
      ]);
      assert.equal(existsSync(join(folder, "metadata")), false);
      assert.equal(existsSync(join(folder, "output")), false);
    });
  });

  it("knows no other action, offers the nearest, and wants one named", async () => {
    await inStudy(smallPipeline, async ({ ask }) => {
      const { problems, exitCode } = await ask("run", ["generate_cohort"]);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ["unknown-action"],
      );
      assert.match(problems[0]?.hint ?? "", /Nearest: "generate_cohorts"/);
      assert.equal(exitCode, 2);
      const none = await ask("run", []);
      assert.match(none.problems[0]?.hint ?? "", /"summarise", "run_all"/);
    });
  });
});

describe("an action", () => {
  it("sees code and the outputs of its needs, and nothing else", async () => {
    const look = (file: string): string =>
      `const seen = fs.readdirSync(".", { recursive: true }).filter((path) => fs.statSync(path).isFile());
       fs.writeFileSync("${file}", seen.sort().join("\\n"));`;
    const files = programs({
      a: {
        script: 'fs.mkdirSync("output"); fs.writeFileSync("output/a.txt", "a")',
        moderate: "output/a.txt",
      },
      b: {
        script: 'fs.mkdirSync("output"); fs.writeFileSync("output/b.txt", "b")',
        moderate: "output/b.txt",
      },
      c: { script: look("output/c.txt"), needs: ["b"], moderate: "output/c.txt" },
    });
    await inStudy({ ...files, "output/a.txt": "old", "notes.csv": "" }, async ({ folder, run }) => {
      await run(["run_all"], { concurrency: 1 });
      const seen = readFileSync(join(folder, "output/c.txt"), "utf8").split("\n");
      assert.deepEqual(seen, [
        "analysis/a.js",
        "analysis/b.js",
        "analysis/c.js",
        "notes.csv",
        "output/b.txt",
        "project.yaml",
      ]);
    });
  });

  it("that reads what it does not need fails, as it would in production", async () => {
    const files = programs({
      a: { script: 'fs.writeFileSync("a.txt", "a")', moderate: "a.txt" },
      b: { script: 'fs.writeFileSync("b.txt", fs.readFileSync("a.txt"))', moderate: "b.txt" },
    });
    await inStudy(files, async ({ folder, run }) => {
      const record = await run(["run_all"], { concurrency: 1 });
      assert.deepEqual(statuses(record), ["a succeeded", "b nonzero_exit"]);
      assert.equal(record.jobs[1]?.exit, 1);
      assert.match(readFileSync(join(folder, "metadata/b.log"), "utf8"), /ENOENT.*a\.txt/);
    });
  });

  it("keeps its last good outputs when it fails, and what it had made is put aside", async () => {
    const files = programs({
      a: { script: 'fs.writeFileSync("a.txt", "good")', moderate: "a.txt" },
    });
    await inStudy(files, async ({ folder, run, plan, write }) => {
      await run(["a"]);
      write("analysis/a.js", 'require("fs").writeFileSync("a.txt", "half"); process.exit(3);');
      const record = await run(["run_all"]);
      assert.deepEqual([record.status, record.jobs[0]?.exit], ["failed", 3]);
      assert.equal(readFileSync(join(folder, "a.txt"), "utf8"), "good");
      assert.equal(readFileSync(join(folder, "metadata/unfinished/a/a.txt"), "utf8"), "half");
      assert.deepEqual(await plan(), ["a run: it failed the last time"]);
    });
  });

  it("that fails shows the last lines of its log, and nothing of what it printed of patients", async () => {
    const script = 'throw new TypeError("no such column: 472839105647");';
    const files = programs({
      plain: { script, moderate: "a.txt" },
      secret: { script, high: "b.csv" },
    });
    await inStudy(files, async ({ ask }) => {
      const { told } = await ask("run", ["run_all"], { localTools: true, continueOnError: true });
      const text = told.join("\n");
      assert.match(text, /plain: the last lines of its log:\n(plain \| .*\n)*plain \| TypeError/);
      const shown = text.split("\n").filter((line) => line.includes("472839105647"));
      assert.ok(shown.length > 0 && shown.every((line) => line.startsWith("plain | ")));
    });
  });

  it("that makes no file for an output fails, and is offered what it made", async () => {
    const files = programs({
      a: { script: 'fs.writeFileSync("b.txt", "")', moderate: "a_*.txt" },
    });
    await inStudy(files, async ({ folder, run, ask }) => {
      const record = await run(["a"]);
      assert.deepEqual(statuses(record), ["a unmatched_patterns"]);
      const { lines, exitCode } = await ask("run", ["a"], { localTools: true });
      assert.match(
        lines.join("\n"),
        /made no file for "a_\*\.txt".*\n.*did you mean.*"b\.txt"|It made "b\.txt"/,
      );
      assert.equal(exitCode, 1);
      assert.equal(existsSync(join(folder, "b.txt")), false);
    });
  });

  it("loses outputs that it does not make any more, and only those nobody altered", async () => {
    const made = (names: string): string =>
      `for (const n of ${names}) require("fs").writeFileSync("a_" + n + ".txt", n);`;
    const files = programs({ a: { script: made('["x","y","z"]'), moderate: "a_*.txt" } });
    await inStudy(files, async ({ folder, run, write }) => {
      await run(["a"]);
      write("a_z.txt", "a person's own");
      write("analysis/a.js", made('["x"]'));
      await run(["a"]);
      const left = readdirSync(folder).filter((name) => name.startsWith("a_"));
      assert.deepEqual(left.sort(), ["a_x.txt", "a_z.txt"]);
    });
  });

  it("gets its config as JSON, and /workspace in arguments is where it runs", async () => {
    const script = 'fs.writeFileSync("a.txt", JSON.stringify(process.argv.slice(2)))';
    const files = programs({ a: { script, moderate: "a.txt" } });
    const project = (files["project.yaml"] ?? "")
      .replace(
        "node analysis/a.js",
        "node analysis/a.js --dir=/workspace/output /workspaces 'two words'",
      )
      .replace("    needs", "    config: { name: it's, n: 2 }\n    needs");
    await inStudy({ ...files, "project.yaml": project }, async ({ folder, run }) => {
      const record = await run(["a"]);
      const words = JSON.parse(readFileSync(join(folder, "a.txt"), "utf8")) as readonly string[];
      assert.match(words[0] ?? "", /^--dir=\/.+\/workspace\/output$/);
      assert.deepEqual(words.slice(1), [
        "/workspaces",
        "two words",
        "--config",
        '{"name":"it\\u0027s","n":2}',
      ]);
      assert.match(record.jobs[0]?.command ?? "", /--config '\{"name":"it\\u0027s","n":2\}'$/);
    });
  });

  it("gets neither the database nor anything else of the environment", async () => {
    const script = 'fs.writeFileSync("a.txt", Object.keys(process.env).sort().join(" "))';
    const files = programs({ a: { script, moderate: "a.txt" } });
    const environment = { PATH: process.env["PATH"], DATABASE_URL: "duckdb:secret", TOKEN: "x" };
    await inStudy(
      files,
      async ({ folder, run }) => {
        await run(["a"]);
        const names = readFileSync(join(folder, "a.txt"), "utf8").split(" ");
        assert.deepEqual(
          names.filter((name) => /DATABASE|TOKEN/.test(name)),
          [],
        );
        assert.ok(names.includes("OPENSAFELY_BACKEND"));
      },
      { environment },
    );
  });
});

describe("a study in a pipeline", () => {
  it("writes only what its own action declares", async () => {
    const study =
      (smallPipeline["analysis/study_definition.ts"] ?? "").replace(
        "patients, study",
        "patients, study, writeOutput",
      ) + 'writeOutput("output/one.txt", "1");\nwriteOutput("output/summary.json", "2");\n';
    const project = (smallPipeline["project.yaml"] ?? "").replace(
      "measures: output/measure_*.csv",
      "measures: output/measure_*.csv\n        one: output/one.txt",
    );
    const files = {
      ...smallPipeline,
      "analysis/study_definition.ts": study,
      "project.yaml": project,
    };
    await inStudy(files, async ({ folder, run, write, ask }) => {
      const record = await run(["generate_measures"]);
      assert.deepEqual(
        [record.status, readFileSync(join(folder, "output/one.txt"), "utf8")],
        ["succeeded", "1"],
      );
      assert.equal(existsSync(join(folder, "output/summary.json")), false);
      write("analysis/study_definition.ts", `${study}writeOutput("output/two.txt", "3");\n`);
      const { lines } = await ask("run", ["generate_measures"], { localTools: true });
      assert.match(lines.join("\n"), /output\/two\.txt/);
      assert.equal(existsSync(join(folder, "output/two.txt")), false);
    });
  });
});

describe("what depends on a failed action", () => {
  const files = programs({
    bad: { script: "process.exit(2)", moderate: "bad.txt" },
    after: { script: "", needs: ["bad"], moderate: "after.txt" },
    last: { script: "", needs: ["after"], moderate: "last.txt" },
    apart: { script: 'fs.writeFileSync("apart.txt", "")', moderate: "apart.txt" },
  });

  it("does not start; nor does anything else, unless asked to go on", async () => {
    await inStudy(files, async ({ run }) => {
      assert.deepEqual(statuses(await run(["run_all"], { concurrency: 1 })), [
        "bad nonzero_exit",
        "after dependency_failed",
        "last dependency_failed",
        "apart not_started",
      ]);
      assert.deepEqual(
        statuses(await run(["run_all"], { concurrency: 1, continueOnError: true })),
        [
          "bad nonzero_exit",
          "after dependency_failed",
          "last dependency_failed",
          "apart succeeded",
        ],
      );
    });
  });
});

describe("independent actions", () => {
  it("run side by side", async () => {
    // Each waits until the other has begun: one after the other they would never end.
    const wait = (own: string, other: string): string =>
      `fs.writeFileSync(process.env.PATH.split(":")[0] + "/${own}", "");
       const until = Date.now() + 20000;
       while (!fs.existsSync(process.env.PATH.split(":")[0] + "/${other}") && Date.now() < until);
       if (Date.now() >= until) process.exit(1);
       fs.writeFileSync("${own}.txt", "");`;
    const files = programs({
      a: { script: wait("a", "b"), moderate: "a.txt" },
      b: { script: wait("b", "a"), moderate: "b.txt" },
    });
    await inStudy({ "meeting/place.txt": "" }, async ({ folder: meeting }) => {
      const PATH = `${meeting}:${process.env["PATH"] ?? ""}`;
      await inStudy(
        files,
        async ({ run }) => {
          assert.equal((await run(["run_all"], { concurrency: 2 })).status, "succeeded");
        },
        { environment: { PATH } },
      );
    });
  });
});
