/**
 * How long does it take to write twelve cohort files of a million rows and sixteen columns, in each
 * format, when the rows are there already, and how long does the whole command that makes them up?
 * `npm run bench:writing` · `-- --rows 200000` · `-- --files 3` · `-- --formats csv,feather` · `-- --runs 1`
 */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { months } from "./evaluate-study.ts";
import { EXAMPLE } from "./example-study.ts";
import { heading, row, series, timeProcess } from "./whole-process.ts";
import type { Timing } from "./whole-process.ts";

const option = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return (at < 0 ? undefined : process.argv[at + 1]) ?? usual;
};
const rows = Number(option("rows", "1000000"));
const files = Number(option("files", "12"));
const formats = option("formats", "csv,csv.gz,feather,parquet,dta").split(",");
const runs = Number(option("runs", "3"));

/** For the writing alone of twelve million rows in all, in seconds. */
const goals: Readonly<Record<string, number>> = { csv: 20, feather: 10, parquet: 10 };
const isUsual = rows === 1_000_000 && files === 12;

const scratch = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
const written = join(scratch, "output");

try {
  for (const part of ["analysis", "codelists", "project.yaml"]) {
    cpSync(join(EXAMPLE, part), join(scratch, part), { recursive: true });
  }
  console.log(`${files} files of ${rows.toLocaleString("en")} rows, 16 columns`);
  console.log(`median of ${runs} runs after one to warm up, seconds\n\n${heading}`);
  const empty = await series(runs, () => timeProcess(process.execPath, ["-e", "0"], scratch));
  console.log(row("an empty Node program, to judge the machine", empty, NaN));
  for (const format of formats) {
    const goal = isUsual ? (goals[format] ?? NaN) : NaN;
    const alone = await series(runs, () => writeAlone(format), emptyFolder);
    console.log(row(`writing alone    ${format}`, alone, goal));
    const whole = await series(runs, () => generateCohort(format), emptyFolder);
    console.log(row(`generate_cohort  ${format}`, whole, NaN));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function emptyFolder(): void {
  rmSync(written, { recursive: true, force: true });
  mkdirSync(written);
}

async function writeAlone(format: string): Promise<Timing> {
  const script = join(import.meta.dirname, "writing-alone.ts");
  const words = ["--import", "tsx", script, written, format, String(files), String(rows)];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return JSON.parse(stdout) as Timing;
}

function generateCohort(format: string): Promise<Timing> {
  const dates = months(files);
  return timeProcess(
    process.execPath,
    [
      ...[join(import.meta.dirname, "../dist/cli.js"), "generate_cohort", "--quiet"],
      ...[`--expectations-population=${rows}`, `--output-format=${format}`],
      `--index-date-range=${dates[0] ?? ""} to ${dates.at(-1) ?? ""} by month`,
    ],
    scratch,
  );
}
