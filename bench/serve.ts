/**
 * How long does `serve` take to start and to make its first page where a folder has many runs, and how much memory does
 * it need? `npm run bench:serve -- [runs] [outputs of each]`
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeRun } from "../engine/pipeline/record/run-files.ts";
import { identifierOf } from "../engine/pipeline/record/run-record.ts";
import type { RecordedOutput, RunRecord } from "../engine/pipeline/record/run-record.ts";
import { openSeals } from "../engine/pipeline/trust/seals.ts";
import { median, openServer } from "./serving.ts";

const [runs = 1000, outputs = 700] = process.argv.slice(2).map(Number);
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
const SERVERS = 5;
/** What a person needs at least from the printed address to the browser. */
const TURNING_MILLISECONDS = 300;

const state = mkdtempSync(join(tmpdir(), "bench-state-"));
const folder = mkdtempSync(join(tmpdir(), "bench-serve-"));
try {
  await writeRuns();
  console.log(`${runs} runs of ${outputs} outputs; medians of ${SERVERS} servers, milliseconds`);
  await measure("nothing read before", () => {
    rmSync(join(state, "cohortline/lists"), { recursive: true, force: true });
  });
  await readAll();
  await measure("the list kept", () => undefined);
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
  const facts = { rows: 100, columns: 4, withheld: null, rewrites: null } as const;
  return { path, level: "moderately_sensitive", sha256, bytes: 1000, ...facts };
}

/** Until no record is unread, so that the list of them is kept. */
async function readAll(): Promise<void> {
  const server = await openServer(folder, state);
  while (/older runs are still/.test((await server.ask("/")).text)) await waited(200);
  await waited(500);
  await server.stop();
}

async function measure(which: string, before: () => void): Promise<void> {
  const seen: Record<string, number>[] = [];
  for (let at = 0; at < SERVERS; at++) {
    before();
    seen.push(await timesOfServer());
  }
  const names = Object.keys(seen[0] ?? {});
  const told = names.map((name) => `${name} ${median(seen.map((s) => s[name] ?? NaN)).toFixed(1)}`);
  console.log(`${which}: ${told.join(", ")}`);
}

async function timesOfServer(): Promise<Record<string, number>> {
  const server = await openServer(folder, state);
  const startCpu = server.cpu();
  await waited(TURNING_MILLISECONDS);
  const cpu = server.cpu();
  const first = (await server.ask("/")).milliseconds;
  const firstCpu = server.cpu() - cpu;
  const run = await server.ask(`/runs/${identifierOf("bench", String(runs))}`);
  const pages: number[] = [];
  const before = server.cpu();
  for (let look = 0; look < PAGES; look++) pages.push((await server.ask("/")).milliseconds);
  const times = {
    ...{ started: server.started, "of CPU": startCpu, "first page": first, "of it CPU": firstCpu },
    ...{ "one run": run.milliseconds, "a page": median(pages) },
    ...{ "of its CPU": (server.cpu() - before) / PAGES, MiB: server.mebibytes() },
  };
  await server.stop();
  return times;
}

function waited(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
