/**
 * How long does `generate_measures` take over twelve cohort files of 200,000 patients with the 54 measures
 * of the aftershocks study, in csv, feather and parquet, how long a query that DuckDB was handed, and how long
 * pandas, file by file?
 * Whole processes, built code. `npm run bench:measures` · `-- --runs 3` · `-- --formats feather,parquet` ·
 * `-- --patients 2400000 --months 11`, which takes a quarter of an hour.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeWholeFile } from "../engine/files/whole-file.ts";
import { byHand, inPandas, PYTHON } from "./measures-by-hand.ts";
import { heading, row, series, timeProcess } from "./whole-process.ts";
import type { Timing } from "./whole-process.ts";

const root = join(import.meta.dirname, "..");
const given = (name: string, usual: number): number =>
  Number(process.argv[process.argv.indexOf(`--${name}`) + 1] ?? usual) || usual;
const at = process.argv.indexOf("--formats");
const only = at < 0 ? "" : (process.argv[at + 1] ?? "");
const runs = given("runs", 5);
const patients = given("patients", 200_000);
const months = given("months", 12);
const large = patients > 1_000_000;

/** Goals are the formats issue's, in seconds. */
const goals = large
  ? { csv: 30, "csv.gz": 60, feather: 10, parquet: 10 }
  : { csv: 0.9, feather: 0.6, parquet: 0.6 };

const scratch = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
const study = ["--study-definition=study_definition", "--output-dir=output/measures", "--quiet"];

try {
  console.log(`${patients.toLocaleString("en")} patients × ${months}, 54 measures`);
  console.log(`median of ${runs} runs after one to warm up, seconds\n\n${heading}`);
  const empty = await series(runs, () => timeProcess(process.execPath, ["-e", "0"], scratch));
  console.log(row("an empty Node program, to judge the machine", empty, NaN));
  const files = await series(runs, smallFiles);
  console.log(row(`${54 * (months + 1)} small files on this disk`, files, NaN));
  for (const [format, goal] of Object.entries(goals)) {
    if (only === "" || only.split(",").includes(format)) await measure(format, goal);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** One format at a time: the files of all of them would fill a small disk. */
async function measure(format: string, goal: number): Promise<void> {
  const folder = join(scratch, format);
  for (const part of ["analysis", "codelists", "project.yaml"]) {
    cpSync(join(root, "study-definitions/aftershocks", part), join(folder, part), {
      recursive: true,
    });
  }
  const last = `2020-${String(months).padStart(2, "0")}-01`;
  const dummy = [`--expectations-population=${patients}`, `--output-format=${format}`];
  await cli(folder, [
    ...["generate_cohort", ...dummy, ...study],
    `--index-date-range=2020-01-01 to ${last} by month`,
  ]);
  const measured = await series(
    runs,
    () => cli(folder, ["generate_measures", ...study]),
    () => {
      forgetMeasures(join(folder, "output/measures"));
    },
  );
  console.log(row(`generate_measures  ${format}`, measured, goal));
  // DuckDB has no feather of its own.
  if (format === "csv" || format === "csv.gz" || format === "parquet") {
    const words = byHand(join(folder, "output/measures"), format);
    const query = await series(runs, () => timeProcess(process.execPath, words, root));
    console.log(row(`by hand in DuckDB  ${format}`, query, NaN));
  }
  const words = inPandas(join(folder, "output/measures"), format);
  if (words === null)
    console.log(`in pandas  ${format}: left out, ${PYTHON} has none that reads it`);
  else {
    // The slowest row by far, and the least noisy.
    const frames = await series(Math.min(runs, 3), () => timeProcess(PYTHON, words, root));
    console.log(row(`in pandas  ${format}`, frames, NaN));
  }
  rmSync(folder, { recursive: true });
}

/** What the measures' files alone cost: on some disks a new name takes as long as thousands of rows. */
async function smallFiles(): Promise<Timing> {
  const folder = mkdtempSync(join(scratch, "files-"));
  const bytes = Buffer.alloc(400, "x");
  const started = performance.now();
  for (let first = 0; first < 54 * (months + 1); first += 16) {
    const paths = Array.from({ length: 16 }, (_, at) => join(folder, `${first + at}`));
    await Promise.all(paths.map((path) => writeWholeFile(path, bytes)));
  }
  const seconds = (performance.now() - started) / 1000;
  rmSync(folder, { recursive: true });
  return { seconds, peakMiB: NaN };
}

function cli(folder: string, words: readonly string[]) {
  return timeProcess(process.execPath, [join(root, "dist/cli.js"), ...words], folder);
}

/** Every run begins where the first one did. */
function forgetMeasures(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith("measure_")) rmSync(join(folder, name));
  }
}
