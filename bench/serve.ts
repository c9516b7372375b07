/**
 * How long does the first page of `serve` take where a folder has many runs, and how much memory does it need?
 * `node --import tsx bench/serve.ts [runs] [outputs of each]`
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { writeRun } from "../engine/pipeline/record/run-files.ts";
import { identifierOf } from "../engine/pipeline/record/run-record.ts";
import type { RecordedOutput, RunRecord } from "../engine/pipeline/record/run-record.ts";
import { openSeals } from "../engine/pipeline/trust/seals.ts";

const [runs = 1000, outputs = 700] = process.argv.slice(2).map(Number);
const CLI = join(import.meta.dirname, "../dist/cli.js");
const PROJECT = `version: "3.0"
expectations:
  population_size: 100
actions:
  a:
    run: python:v2 python analysis/a.py
    outputs:
      moderately_sensitive:
        all: output/*.csv
`;

const PAGES = 40;
const MILLISECONDS_OF_A_TICK = 10;

const state = mkdtempSync(join(tmpdir(), "bench-state-"));
const folder = mkdtempSync(join(tmpdir(), "bench-serve-"));
try {
  await writeRuns();
  for (const which of ["without a kept list", "with one"]) await measure(which);
} finally {
  for (const each of [state, folder]) rmSync(each, { recursive: true, force: true });
}

async function writeRuns(): Promise<void> {
  mkdirSync(join(folder, "metadata/runs"), { recursive: true, mode: 0o700 });
  mkdirSync(join(folder, "analysis"));
  writeFileSync(join(folder, "analysis/a.py"), "");
  writeFileSync(join(folder, "project.yaml"), PROJECT);
  const seals = openSeals(folder, join(state, "cohortline"));
  for (let number = 1; number <= runs; number++) await writeRun({ folder, seals }, runOf(number));
}

function runOf(number: number): RunRecord {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  const id = identifierOf("bench", String(number));
  const made = Array.from({ length: outputs }, (_, i) =>
    outputOf(`output/file_${number}_${i}.csv`),
  );
  return {
    ...{ record: 1, id, number, workspace: "bench", backend: "expectations", requested_by: "ada" },
    git: { branch: "main", commit: "0".repeat(40), clean: true, uncommitted: [] },
    ...{ requested_actions: ["a"], force_run_dependencies: false, status: "succeeded" },
    ...{ created: at, started: at, finished: at, runtime_seconds: 1, engine_version: "0.1.0" },
    ...{ process: 1, host: "bench", kept: [{ action: "a", outputs: made, definitions: [] }] },
    ...{ jobs: [], project_definition: PROJECT, code: {} },
  };
}

function outputOf(path: string): RecordedOutput {
  const sha256 = createHash("sha256").update(path).digest("hex");
  const facts = { rows: 100, columns: 4, withheld: null } as const;
  return { path, level: "moderately_sensitive", sha256, bytes: 1000, ...facts };
}

async function measure(which: string): Promise<void> {
  const begun = performance.now();
  const environment = { ...process.env, XDG_STATE_HOME: state };
  const child = spawn(process.execPath, [CLI, "serve", "--port", "0"], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = String((await lines.next()).value);
  const address = new URL(/http:\S+/.exec(line)?.[0] ?? "");
  const started = performance.now() - begun;
  const startCpu = cpuMilliseconds(child.pid ?? 0);
  const { headers } = await ask(address.port, address.pathname);
  const cookie = String(headers["set-cookie"]?.[0]).split(";")[0] ?? "";
  const times: number[] = [];
  const cpu = (): number => cpuMilliseconds(child.pid ?? 0);
  for (let look = 0; look < 8; look++)
    times.push((await ask(address.port, "/", cookie)).milliseconds);
  const id = identifierOf("bench", String(runs));
  const run = (await ask(address.port, `/runs/${id}`, cookie)).milliseconds;
  for (let left = 1; left > 0;) {
    const { text } = await ask(address.port, "/", cookie);
    left = Number(/([0-9]+) older runs are still/.exec(text)?.[1] ?? 0);
  }
  const before = cpu();
  for (let look = 0; look < PAGES; look++) await ask(address.port, "/", cookie);
  const all = (cpu() - before) / PAGES;
  const memory = /VmRSS:\s+([0-9]+)/.exec(
    readFileSync(`/proc/${String(child.pid)}/status`, "utf8"),
  );
  const shown = times.map((each) => each.toFixed(0)).join(" ");
  console.log(
    `${which}: ${runs} runs of ${outputs} outputs: started ${started.toFixed(0)} ms, ${startCpu} ms of CPU; first pages ${shown} ms; when all are read ${all.toFixed(1)} ms of CPU a page; one run ${run.toFixed(0)} ms; ${Math.round(Number(memory?.[1]) / 1024)} MiB`,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill("SIGINT");
  await ended;
}

/** What the whole process has used: on a busy machine that says more than the clock. */
function cpuMilliseconds(process: number): number {
  const fields = readFileSync(`/proc/${process}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * MILLISECONDS_OF_A_TICK;
}

interface Timed {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly milliseconds: number;
}

function ask(port: string, path: string, cookie = ""): Promise<Timed> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers: { cookie } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.on("end", () => {
        resolve({ headers: response.headers, text, milliseconds: performance.now() - begun });
      });
    })
      .on("error", reject)
      .end();
  });
}
