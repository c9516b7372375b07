/**
 * How much faster are the commands with more cores? Whole processes held to the first 1, 2, 4 … cores: cohorts of
 * dummy patients, of a database and of a supplied file, their measures beside queries by hand, and synthetic records.
 * `npm run bench:cores` · `-- --patients 1200000 --synthetic 150000` · `-- --cores 1,16` · `-- --only 'measures|csv.gz'` ·
 * `-- --runs 3` · `-- --against other/dist/cli.js`, beside which some rows are run · `-- --seconds 480`, after which no row is begun.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { worksOf } from "./cores-work.ts";
import type { Work } from "./cores-work.ts";
import { timeProcess } from "./whole-process.ts";
import type { Timing } from "./whole-process.ts";

const option = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return (at < 0 ? undefined : process.argv[at + 1]) ?? usual;
};
const root = join(import.meta.dirname, "..");
const cli = resolve(option("cli", join(root, "dist/cli.js")));
const against = option("against", "");
const study = resolve(option("study", join(root, "study-definitions/aftershocks")));
const all = availableParallelism();
const doublings = Array.from({ length: Math.ceil(Math.log2(all)) }, (_, i) => 2 ** i);
const ladder = option("cores", [...doublings, all].join(","))
  .split(",")
  .map(Number);
/** Rows by their names. */
const only = new RegExp(option("only", ""));
const runs = Number(option("runs", "1"));
const until = performance.now() + 1000 * Number(option("seconds", "Infinity"));

const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
// Built, this file has no types for Node to be taught.
const own = import.meta.filename.endsWith(".ts") ? ["--import", "tsx"] : [];
const evaluation = [
  ...own,
  import.meta.filename.replace(/cores(?=\.m?[jt]s$)/, "evaluation-alone"),
];
const sizes = {
  ...{ folder, evaluation },
  patients: Number(option("patients", "1200000")),
  synthetic: Number(option("synthetic", "150000")),
};

try {
  for (const part of ["analysis", "codelists", "project.yaml"]) {
    cpSync(join(study, part), join(folder, part), { recursive: true });
  }
  const many = runs === 1 ? "one run" : `median of ${runs} runs`;
  console.log(`${all} cores, Node ${process.versions.node}, ${many} each; seconds`);
  console.log(`${"".padEnd(46)}cores    wall     cpu  peak MiB`);
  for (const work of worksOf(sizes)) await printRows(work);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function printRows(work: Work): Promise<void> {
  // What others need is made whatever is asked for.
  const isAsked = only.test(work.name);
  if (!isAsked && work.at !== "most" && !makesCohorts(work)) return;
  const [fewest = 1, most = all] = [ladder[0], ladder.at(-1)];
  const steps = { each: ladder, ends: [...new Set([fewest, most])], most: [most] }[work.at];
  for (const cores of isAsked ? steps : [most]) {
    await printRow(work, cores, cli);
    if (work.isCompared && against !== "") await printRow(work, cores, resolve(against));
  }
}

/** Cohorts of dummy patients are what measures are made of. */
function makesCohorts({ name }: Work): boolean {
  const [, format] = /^cohorts, dummy data, (\w+), /.exec(name) ?? [];
  return format !== undefined && only.test(`measures, ${format}`);
}

async function printRow(work: Work, cores: number, program: string): Promise<void> {
  const label = `${work.name}${program === cli ? "" : ", before"}`.padEnd(46);
  if (performance.now() > until) {
    console.log(`${label}${String(cores).padStart(5)}  left out: no time`);
    return;
  }
  try {
    const { seconds, cpuSeconds = NaN, peakMiB } = await median(work, cores, program);
    const cells = [seconds.toFixed(2), cpuSeconds.toFixed(2), peakMiB.toFixed(0)];
    const shown = [...cells.slice(0, 2).map((cell) => cell.padStart(8)), cells[2]?.padStart(10)];
    console.log(label + String(cores).padStart(5) + shown.join(""));
  } catch (error) {
    console.log(`${label}${String(cores).padStart(5)}  failed: ${String(error)}`);
  }
}

/** By the wall. */
async function median(work: Work, cores: number, program: string): Promise<Timing> {
  const timings: Timing[] = [];
  for (let run = 0; run < runs; run++) {
    clear(work);
    timings.push(await timed(work, cores, program));
  }
  timings.sort((a, b) => a.seconds - b.seconds);
  return timings[Math.floor(runs / 2)] ?? { seconds: NaN, peakMiB: NaN };
}

function timed({ words, tellsItself }: Work, cores: number, program: string): Promise<Timing> {
  const held = ["-c", `0-${cores - 1}`, process.execPath, ...words(program)];
  // Queries by hand find the library beside the commands.
  const from = words(program).includes(program) ? folder : dirname(dirname(program));
  if (!tellsItself) return timeProcess("taskset", held, from);
  const figures = execFileSync("taskset", held, { cwd: from, encoding: "utf8" });
  return Promise.resolve(JSON.parse(figures) as Timing);
}

function clear({ removes }: Work): void {
  const output = join(folder, "output");
  if (removes === "all") rmSync(output, { recursive: true, force: true });
  if (removes !== "measures") return;
  for (const name of readdirSync(output)) {
    if (name.startsWith("measure_")) rmSync(join(output, name));
  }
}
