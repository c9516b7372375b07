import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { inStudy, programs } from "./study-in.ts";

const writes = (path: string, text = "x,y\\n1,2\\n"): string =>
  `fs.mkdirSync("output", { recursive: true }); fs.writeFileSync("output/${path}", "${text}");`;

describe("a file that is declared at two levels", () => {
  it("is withheld when it has been made, and others beside it are not", async () => {
    const files = programs({
      rows: { script: writes("rows_1.csv"), high: "output/rows_*.csv" },
      tables: {
        script: `${writes("rows_table.csv")}${writes("a_table.csv")}`,
        moderate: "output/*_table.csv",
      },
    });
    await inStudy(files, async ({ folder, ask, run }) => {
      const planned = await ask("plan");
      assert.match(planned.told.join("\n"), /^warning: .*\[output-levels-meet\]/m);
      const { jobs } = await run(["run_all"]);
      const withheld = jobs.flatMap(({ outputs }) =>
        outputs.filter((output) => output.withheld !== null).map((output) => output.path),
      );
      assert.deepEqual(withheld, ["output/rows_table.csv"]);
      assert.ok(!existsSync(join(folder, "output/rows_table.csv")));
      assert.ok(existsSync(join(folder, "output/a_table.csv")));
      assert.match(jobs[1]?.notes.join("\n") ?? "", /matches "output\/rows_\*\.csv" too/);
      assert.deepEqual((await ask("verify")).exitCode, 0);
    });
  });

  it("is withheld too where one action declares both, in whatever order", async () => {
    const both = ["highly_sensitive", "moderately_sensitive"].map(
      (level, i) => `      ${level}:\n        f: ${["output/*.csv", "output/sum.csv"][i] ?? ""}\n`,
    );
    for (const levels of [both, [...both].reverse()]) {
      const project = `version: 5\nactions:\n  a:\n    run: node:v1 node analysis/a.js\n    outputs:\n${levels.join("")}`;
      const script = `const fs = require("node:fs");${writes("rows.csv")}${writes("sum.csv")}`;
      await inStudy(
        { "project.yaml": project, "analysis/a.js": script },
        async ({ folder, run }) => {
          await run(["a"]);
          assert.deepEqual(readdirSync(join(folder, "output")), ["rows.csv"]);
        },
      );
    }
  });
});

describe("a file that two actions make", () => {
  it("is told when the second one replaces it", async () => {
    const files = programs({
      a: { script: writes("one.csv"), high: "output/o*.csv" },
      b: { script: writes("one.csv", "z\\n"), high: "output/one*.csv" },
    });
    await inStudy(files, async ({ ask, run }) => {
      assert.deepEqual((await ask("plan")).told, []);
      await run(["a"]);
      const { jobs } = await run(["b"]);
      assert.match(
        jobs[0]?.notes.join("\n") ?? "",
        /^output\/one\.csv: a made a file of this name/m,
      );
    });
  });
});

describe("logs and records of actions", () => {
  const long = `models/`.replace("/", "_") + "x".repeat(200);
  const names = ["a", "A", "model.R", "é: b", long];
  const project = `version: 5\nactions:\n${names
    .map(
      (name, i) =>
        `  ${JSON.stringify(name)}:\n    run: node:v1 node analysis/a.js ${i}\n    outputs: { highly_sensitive: { f: output/${i}.csv } }\n`,
    )
    .join("")}`;
  const script = `const fs = require("node:fs"); const n = process.argv[2]; console.log("printed " + n);
    fs.mkdirSync("output", { recursive: true }); fs.writeFileSync("output/" + n + ".csv", n);`;

  it("are apart for each action, whatever its name, and are found again", async () => {
    await inStudy(
      { "project.yaml": project, "analysis/a.js": script },
      async ({ folder, run, plan }) => {
        const { jobs } = await run(["run_all"]);
        assert.deepEqual(
          jobs.map(({ status }) => status),
          names.map(() => "succeeded"),
        );
        const logs = jobs.map(({ log }) => log ?? "");
        assert.equal(new Set(logs.map((log) => log.toLowerCase())).size, names.length);
        assert.deepEqual(logs.slice(2, 4), ["metadata/model.R.log", "metadata/é: b.log"]);
        for (const [i, log] of logs.entries()) {
          assert.match(
            readFileSync(join(folder, log), "utf8"),
            new RegExp(`analysis/a.js ${i}$`, "m"),
          );
        }
        assert.deepEqual(
          await plan("run_all"),
          names.map((name) => `${name} fresh`),
        );
      },
    );
  });

  it("are found after another action of the same letters came", async () => {
    const one = project.slice(0, project.indexOf('  "A"'));
    await inStudy(
      { "project.yaml": one, "analysis/a.js": script },
      async ({ run, plan, write, folder }) => {
        await run(["run_all"]);
        write("project.yaml", project);
        assert.equal((await plan("a"))[0], "a run: requested explicitly");
        await run(["a", "A"]);
        const records = readdirSync(join(folder, "metadata/actions"));
        assert.equal(new Set(records.map((name) => name.toLowerCase())).size, 2);
      },
    );
  });
});

describe("an action that failed", () => {
  it("is planned because it failed the last time, also if it never succeeded", async () => {
    const files = programs({ a: { script: "process.exit(3)", moderate: "output/a.csv" } });
    await inStudy(files, async ({ run, plan, write }) => {
      await run(["a"]);
      assert.deepEqual(await plan("run_all"), ["a run: it failed the last time"]);
      write("analysis/a.js", `const fs = require("node:fs");${writes("a.csv")}`);
      await run(["run_all"]);
      assert.deepEqual(await plan("run_all"), ["a fresh"]);
      write("analysis/a.js", "process.exit(3)");
      await run(["run_all"]);
      assert.deepEqual(await plan("run_all"), ["a run: it failed the last time"]);
    });
  });
});
