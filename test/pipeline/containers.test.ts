import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { alone, inWorkspace } from "../commands/workspace.ts";
import { inStudy, programs, studyIn } from "./study-in.ts";
import type { StudyIn } from "./study-in.ts";

const files = programs({
  a: { script: 'fs.writeFileSync("a.txt", "by hand")', moderate: "a.txt" },
  b: { script: "", needs: ["a"], moderate: "b.txt" },
});
const project = files["project.yaml"] ?? "";

/**
 * A program in place of docker or podman: `info` ends as told, and `run` writes down its words and
 * does what the container would do, in the folder that is mounted.
 */
const fakeEngine = (info: number): string => `#!/bin/sh
here=$(dirname "$0")
if [ "$1" = info ]; then exit ${info}; fi
printf '%s\\n' "$@" > "$here/words"
env | sort > "$here/environment"
for word in "$@"; do case "$word" in type=bind,source=*) mounted=\${word#type=bind,source=}; mounted=\${mounted%,target=/workspace};; esac; done
echo made > "$mounted/a.txt"
echo made > "$mounted/b.txt"
`;

async function withEngines(
  engines: Readonly<Record<string, string>>,
  act: (study: StudyIn, bin: string) => Promise<void>,
): Promise<void> {
  await inWorkspace({}, async (folder) => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    for (const [name, text] of Object.entries(engines)) {
      writeFileSync(join(bin, name), text);
      chmodSync(join(bin, name), 0o755);
    }
    const environment = {
      PATH: `${bin}:/usr/bin:/bin`,
      DATABASE_URL: "duckdb:secret",
      DOCKER_REGISTRY: "reg.example/x",
    };
    await inStudy(files, (study) => act(study, bin), { environment });
  });
}

const words = (bin: string): readonly string[] =>
  readFileSync(join(bin, "words"), "utf8").trim().split("\n");

describe("an action of another image", () => {
  it("runs in a container that sees its working folder and no network", async () => {
    await withEngines({ docker: fakeEngine(0) }, async ({ folder, run }, bin) => {
      const record = await run(["a"], { localTools: false, memory: "1G", cpus: "3" });
      assert.equal(record.status, "succeeded");
      assert.equal(readFileSync(join(folder, "a.txt"), "utf8"), "made\n");
      const said = words(bin);
      const after = (flag: string): string | undefined => said[said.indexOf(flag) + 1];
      assert.deepEqual(said.slice(0, 2), ["run", "--rm"]);
      assert.deepEqual(
        [after("--network"), after("--memory"), after("--cpus"), after("--cap-drop")],
        ["none", "1G", "3", "ALL"],
      );
      assert.equal(after("--workdir"), "/workspace");
      assert.deepEqual(said.slice(-3), ["reg.example/x/node:v1", "node", "analysis/a.js"]);
      assert.deepEqual(
        said.filter((word) => word.includes(folder)),
        [],
      );
      assert.doesNotMatch(readFileSync(join(bin, "environment"), "utf8"), /duckdb:secret/);
    });
  });

  it("has 4 GB of memory and two processors where nobody says more, by the command line too", async () => {
    await withEngines({ docker: fakeEngine(0) }, async ({ folder }, bin) => {
      const PATH = `${bin}:/usr/bin:/bin`;
      for (const [asked, limits] of [
        [[], ["4G", "2"]],
        [["--memory=1G"], ["1G", "2"]],
      ] as const) {
        const { code, out, err } = await alone(folder, ["run", "a", ...asked], { PATH });
        assert.equal(code, 0, out + err);
        const said = words(bin);
        const after = (flag: string): string | undefined => said[said.indexOf(flag) + 1];
        assert.deepEqual([after("--memory"), after("--cpus")], limits);
      }
    });
  });

  it("runs with Podman where Docker is installed and does not answer", async () => {
    await withEngines({ docker: fakeEngine(1), podman: fakeEngine(0) }, async ({ run }, bin) => {
      assert.equal((await run(["a"], { localTools: false })).status, "succeeded");
      assert.ok(words(bin).includes("--userns"));
    });
  });

  it("uses the first version where the latest is asked for", async () => {
    await withEngines({ docker: fakeEngine(0) }, async ({ run, write }, bin) => {
      const old = project
        .replace("version: 5", "version: 4")
        .replace("node:v1 node analysis/a", "node:latest node analysis/a");
      write("project.yaml", old);
      await run(["a"], { localTools: false });
      assert.ok(words(bin).includes("reg.example/x/node:v1"));
    });
  });

  it("is a problem that says what to install where neither answers; all others still run", async () => {
    const mixed =
      project.replace("version: 5", "version: 3\nexpectations: { population_size: 9 }") +
      "  cohorts:\n    run: cohortextractor:v1 generate_cohort --expectations-population 9\n    outputs: { highly_sensitive: { f: output/input.csv } }\n";
    await withEngines({ docker: fakeEngine(1) }, async ({ folder, write, ask }) => {
      write("project.yaml", mixed);
      write(
        "analysis/study_definition.js",
        'import { patients, study } from "cohortline"; export default study({ population: patients.all(), columns: { sex: patients.sex({ returnExpectations: { rate: "universal", category: { ratios: { F: 1 } } } }) } });',
      );
      const { lines, exitCode } = await ask("run", ["run_all"]);
      assert.equal(exitCode, 1);
      assert.match(
        lines.join("\n"),
        /Action a runs node:v1, and neither Docker nor Podman answers/,
      );
      assert.match(
        lines.join("\n"),
        /[Ii]nstall.*node.*--local-tools|--local-tools, which uses the node/,
      );
      assert.equal(existsSync(join(folder, "output/input.csv")), true, lines.join("\n"));
      const shown = JSON.parse((await ask("show", [], { json: true })).lines[0] ?? "") as {
        readonly run: RunRecord;
      };
      const { jobs } = shown.run;
      assert.deepEqual(
        jobs.map(({ action, status }) => `${action} ${status}`),
        ["a no_tool", "b dependency_failed", "cohorts succeeded"],
      );
    });
  });

  it("has its container killed when a person stops the run", async () => {
    const endless = `#!/bin/sh
here=$(dirname "$0")
if [ "$1" = info ]; then exit 0; fi
if [ "$1" = kill ]; then echo "$2" > "$here/killed"; exit 0; fi
printf '%s\\n' "$@" > "$here/words"
trap '' TERM
echo > "$here/runs"
while [ ! -e "$here/killed" ]; do sleep 0.05; done
exit 137
`;
    const stop = new AbortController();
    await withEngines({ docker: endless }, async ({ folder }, bin) => {
      const watch = setInterval(() => {
        if (existsSync(join(bin, "runs"))) stop.abort();
      }, 20);
      const study = studyIn(folder, {
        environment: { PATH: `${bin}:/usr/bin:/bin` },
        signal: stop.signal,
      });
      const record = await study.run(["a"], { localTools: false }).finally(() => {
        clearInterval(watch);
      });
      assert.equal(record.status, "interrupted");
      const named = words(bin)[words(bin).indexOf("--name") + 1];
      assert.equal(readFileSync(join(bin, "killed"), "utf8").trim(), named);
    });
  });

  it("with --local-tools is a problem where its program is not installed", async () => {
    await inStudy(files, async ({ write, ask }) => {
      write(
        "project.yaml",
        project.replace("node:v1 node analysis/a.js", "stata-mp:v1 analysis/a.do"),
      );
      const { lines, exitCode } = await ask("run", ["a"], { localTools: true });
      assert.equal(exitCode, 1);
      assert.match(
        lines.join("\n"),
        /Action a needs the program stata(-mp)?, which is not installed/,
      );
    });
  });
});
