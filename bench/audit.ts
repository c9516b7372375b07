/**
 * How long does an audit take, and how much memory: of the example study's measures, of seven thousand practices, and
 * of crossed tables? How large is its certificate, and how long does it take to verify? Whole processes, built code. `npm run bench:audit` · `npm run bench:audit -- --runs 3`
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditResult } from "../engine/audit/audit-result.ts";
import { crossedTables } from "./crossed-tables.ts";
import type { Crossed } from "./crossed-tables.ts";
import { timeProcess } from "./whole-process.ts";
import type { Timing } from "./whole-process.ts";

const root = join(import.meta.dirname, "..");
const command = join(root, "dist/cli.js");
const runs = Number(process.argv[process.argv.indexOf("--runs") + 1] ?? 3) || 3;
const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-audit-"));

const crossed: Readonly<Record<string, Crossed>> = {
  "6 × 42 with margins": {
    ...{ sizes: [6, 42], tables: [[0], [1], [0, 1]], patients: 20_000, share: 0.03 },
  },
  "2 × 6 × 9, all two-way margins": {
    ...{ sizes: [2, 6, 9], patients: 8000, share: 0.05 },
    tables: [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 1, 2],
    ],
  },
  "200 × 6 with margins": {
    ...{ sizes: [200, 6], tables: [[0], [1], [0, 1]], patients: 60_000, share: 0.06 },
  },
  "200 × 2 × 6, one-way margins": {
    ...{ sizes: [200, 2, 6], tables: [[0], [1], [2], [0, 1, 2]], patients: 60_000, share: 0.06 },
  },
};

try {
  console.log(`median of ${runs} runs\n`);
  const columns = ["measures", "CPU s", "wall s", "peak MiB", "numbers", "can be worked out"];
  columns.push("undecided", "certificate KiB", "CPU s to verify", "peak MiB");
  console.log(`| ${columns.join(" | ")} |`);
  console.log(`| ${columns.map(() => "---").join(" | ")} |`);
  await row("an empty audit: --help", ["audit", "--help"], folder);
  await row("example study, 1,000 patients × 12", ["audit"], study("example", 1000));
  await row("7,000 practices × 12", ["audit"], study("practices", 200_000, 7000));
  for (const [name, own] of Object.entries(crossed)) {
    writeFileSync(join(folder, "crossed.json"), crossedTables(own));
    await row(name, ["audit", "--description", "crossed.json"], folder);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function row(name: string, words: readonly string[], at: string): Promise<void> {
  const { cpu, wall, peak } = await timed(words, at);
  const verifying = await certified(words, at);
  console.log(`| ${[name, cpu, wall, peak, ...found(words, at), ...verifying].join(" | ")} |`);
}

async function timed(words: readonly string[], at: string) {
  const timings: Timing[] = [];
  for (let run = 0; run < runs; run++)
    timings.push(await timeProcess(process.execPath, [command, ...words], at, [0, 1]));
  const median = (of: (timing: Timing) => number): number =>
    timings.map(of).sort((a, b) => a - b)[runs >> 1] ?? NaN;
  return {
    cpu: median(({ cpuSeconds = NaN }) => cpuSeconds).toFixed(2),
    wall: median((t) => t.seconds).toFixed(2),
    peak: median((t) => t.peakMiB).toFixed(0),
  };
}

/** How large the certificate is, and what it takes to verify it; nothing where there is none. */
async function certified(words: readonly string[], at: string): Promise<readonly string[]> {
  if (words.includes("--help")) return ["", "", ""];
  const file = join(folder, "audit.json");
  rmSync(file, { force: true });
  spawnSync(process.execPath, [command, ...words, "--certificate", file], { cwd: at });
  if (!existsSync(file)) return ["", "", ""];
  const kib = Math.ceil(statSync(file).size / 1024).toFixed(0);
  const { cpu, peak } = await timed(["verify-certificate", file, ...words.slice(1)], at);
  return [kib, cpu, peak];
}

/** How many numbers there are, how many can be worked out, and how many are undecided. */
function found(words: readonly string[], at: string): readonly string[] {
  if (words.includes("--help")) return ["", "", ""];
  const options = { cwd: at, encoding: "utf8", maxBuffer: 2 ** 30 } as const;
  const { stdout } = spawnSync(process.execPath, [command, ...words, "--json"], options);
  const { cells, undecided } = JSON.parse(stdout) as AuditResult;
  const leaks = cells.filter(({ unsafe }) => unsafe).length;
  return [cells.length, leaks, undecided.length].map(String);
}

/** The folder of the example study with its measures, with as many practices as are said. */
function study(name: string, patients: number, practices?: number): string {
  const own = join(folder, name);
  for (const part of ["analysis", "codelists", "project.yaml"])
    cpSync(join(root, "study-definitions/aftershocks", part), join(own, part), { recursive: true });
  const file = join(own, "analysis/study_definition.ts");
  const text = readFileSync(file, "utf8");
  if (practices !== undefined) writeFileSync(file, withPractices(text, practices));
  const range = "--index-date-range=2020-01-01 to 2020-12-01 by month";
  run(own, ["generate_cohort", `--expectations-population=${patients}`, range, "--quiet"]);
  run(own, ["generate_measures", "--quiet"]);
  return own;
}

function withPractices(text: string, practices: number): string {
  const start = text.indexOf("practice: patients.registeredPracticeAsOf");
  const end = text.indexOf("}),", start) + "}),".length;
  const ratios = `Object.fromEntries(Array.from({ length: ${practices} }, (_, at) => [\`P\${at}\`, ${1 / practices}]))`;
  const practice = `practice: patients.registeredPracticeAsOf("index_date", "stp_code", { returnExpectations: { rate: "universal", category: { ratios: ${ratios} } } }),`;
  return text.slice(0, start) + practice + text.slice(end);
}

function run(at: string, words: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [command, ...words], {
    ...{ cwd: at, encoding: "utf8" },
  });
  if (status !== 0) throw new Error(stderr);
}
