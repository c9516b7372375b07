/**
 * How long does Python in the sandbox take, beside Debian's Python and Jupyter? Whole processes in turn, with what they
 * start: seconds by the clock, seconds of the processor, and the most memory that one of them held.
 * Under Node 24, with `cohortline tools install python`: `npm run bench:sandbox -- [runs] [runs of the notebook and of the last] [gigabytes of the last]`
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findSandbox, startGuest } from "../engine/guest-python/sandbox.ts";
import type { Sandbox } from "../engine/guest-python/sandbox.ts";

const [runs = 5, longRuns = runs, gigabytes = 1] = process.argv.slice(2).map(Number);
const root = join(import.meta.dirname, "..");
const CLI = join(root, "dist/cli.js");
const NATIVE = "/usr/bin/python3";

/** Starts the rest of its words at the low priority that the sandbox has, and tells what they and theirs took. */
const MEASURING = `
import json, os, resource, subprocess, sys, time
os.nice(10)
started = time.monotonic()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
sys.exit(code)
`;

type Figures = readonly [seconds: number, processor: number, mebibytes: number];

function measured(program: string, words: readonly string[]): Figures {
  const all = ["-c", MEASURING, program, ...words];
  const { status, stdout } = spawnSync(NATIVE, all, { cwd: study, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} ended with ${status}`);
  return JSON.parse(stdout) as Figures;
}

function inSandbox(sandbox: Sandbox, words: readonly string[]): Figures {
  const home = mkdtempSync(join(tmpdir(), "bench-home-"));
  const outputs = () => {
    for (const name of ["native.html", "sandboxed.html"])
      rmSync(join(study, name), { force: true });
  };
  try {
    outputs();
    const asked = { action: "bench", image: "python", version: "v3", words };
    const { program, words: started } = startGuest(sandbox, {
      ...{ asked, workspace: study, byEngine: [], home, memory: "4G", seed: null, timeout: 3600 },
      node: process.execPath,
    });
    return measured(program, started);
  } finally {
    outputs();
    rmSync(home, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

function shown(all: readonly Figures[]): string {
  const columns = [0, 1, 2].map((at) => median(all.map((each) => each[at] ?? NaN)));
  return columns.map((value, at) => value.toFixed(at === 2 ? 0 : 2).padStart(9)).join("");
}

interface Compared {
  readonly sandboxed: () => Figures;
  readonly native: () => Figures;
}

function compare(name: string, times: number, { sandboxed, native }: Compared): void {
  const [ours, theirs]: [Figures[], Figures[]] = [[], []];
  for (let run = 0; run < times; run++) {
    ours.push(sandboxed());
    theirs.push(native());
  }
  console.log(`${name.padEnd(34)}${shown(ours)}${shown(theirs)}`);
}

function prepare(): void {
  cpSync(join(root, "study-definitions/aftershocks"), study, { recursive: true });
  for (const made of ["output", "metadata"])
    rmSync(join(study, made), { recursive: true, force: true });
  const range = [
    "--index-date-range=2020-01-01 to 2020-12-01 by month",
    "--output-dir=output/measures",
  ];
  cohortline("generate_cohort", "--expectations-population=1000", ...range);
  cohortline("generate_measures", "--output-dir=output/measures");
  cohortline(
    "generate_cohort",
    "--expectations-population=200000",
    "--output-dir=output",
    "--index-date-range=2020-01-01",
  );
}

function cohortline(...words: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [CLI, ...words, "--quiet"], { cwd: study });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}`);
}

/** The same patients again and again, until the file is that long. */
function writeLarge(file: string): void {
  const text = readFileSync(join(study, "output/input_2020-01-01.csv"), "utf8");
  const end = text.indexOf("\n") + 1;
  const [head, body] = [text.slice(0, end), text.slice(end)];
  const descriptor = openSync(file, "w");
  writeSync(descriptor, head);
  for (let written = 0; written < gigabytes * 1e9; written += body.length)
    writeSync(descriptor, body);
  closeSync(descriptor);
}

const study = join(mkdtempSync(join(tmpdir(), "bench-sandbox-")), "study");
try {
  const sandbox = await findSandbox(process.env, process.versions.node);
  if (typeof sandbox === "function") throw new Error(sandbox("bench").message);
  mkdirSync(study, { recursive: true });
  prepare();
  const python = (name: string, code: string, times = runs): void => {
    compare(name, times, {
      sandboxed: () => inSandbox(sandbox, ["python", "-c", code]),
      native: () => measured(NATIVE, ["-c", code]),
    });
  };
  console.log(
    `${"".padEnd(34)}${"sandbox s  cpu s    MiB".padStart(27)}${"native s  cpu s    MiB".padStart(27)}`,
  );
  python("python -c pass", "pass");
  python("import pandas", "import pandas");
  const cohort = "output/input_2020-01-01.csv";
  python("read_csv, 200,000 x 16", `import pandas; pandas.read_csv("${cohort}")`);
  const notebook = (output: string): readonly string[] => [
    ...["nbconvert", "notebooks/event_incidence_charts.ipynb", "--execute", "--to", "html"],
    ...["--output-dir=.", `--output=${output}`],
  ];
  compare("the example's notebook", longRuns, {
    sandboxed: () => inSandbox(sandbox, ["jupyter", ...notebook("sandboxed.html")]),
    native: () => measured("/usr/bin/jupyter", notebook("native.html")),
  });
  if (gigabytes > 0) {
    writeLarge(join(study, "large.csv"));
    const read = `pandas.read_csv("large.csv", chunksize=200_000)`;
    const code = `import pandas; print(sum(len(each) for each in ${read}))`;
    python(`${gigabytes} GB of csv in chunks`, code, longRuns);
  }
} finally {
  rmSync(join(study, ".."), { recursive: true, force: true });
}
