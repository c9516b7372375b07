/**
 * How much faster are the commands with more cores? Whole processes held to the first 1, 2, 4 … cores, dummy
 * cohorts in each format, their measures, synthetic records and cohorts from these.
 * `npm run bench:cores` · `-- --patients 1200000` · `-- --cli other/dist/cli.js` · `-- --cores 1,16` · `-- --only csv`
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { timeProcess } from "./whole-process.ts";

const option = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return (at < 0 ? undefined : process.argv[at + 1]) ?? usual;
};
const root = join(import.meta.dirname, "..");
const cli = resolve(option("cli", join(root, "dist/cli.js")));
const study = resolve(option("study", join(root, "study-definitions/aftershocks")));
const patients = option("patients", "1200000");
const synthetic = option("synthetic", "150000");
const all = availableParallelism();
const doublings = Array.from({ length: Math.ceil(Math.log2(all)) }, (_, i) => 2 ** i);
const ladder = option("cores", [...doublings, all].join(","))
  .split(",")
  .map(Number);
const only = option("only", "");

const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
const range = "--index-date-range=2020-01-01 to 2020-12-01 by month";
const output = join(folder, "output");
const records = join(folder, "records.duckdb");

interface Work {
  readonly name: string;
  readonly words: readonly string[];
  /** What is removed before each run. */
  readonly fresh: boolean;
}

const dummy = (format: string): Work => ({
  name: `generate_cohort dummy ${format}`,
  words: [
    ...["generate_cohort", `--expectations-population=${patients}`, range],
    ...[`--output-format=${format}`, "--output-dir=output", "--quiet"],
  ],
  fresh: true,
});
const fromRecords = (format: string): Work => ({
  name: `generate_cohort database ${format}`,
  words: [
    ...["generate_cohort", `--database-url=duckdb:${records}`, range],
    ...[`--output-format=${format}`, "--output-dir=output", "--quiet"],
  ],
  fresh: true,
});
const measures: Work = {
  name: "generate_measures",
  words: ["generate_measures", "--output-dir=output", "--quiet"],
  fresh: false,
};
const tables: Work = {
  name: "generate_dummy_tables",
  words: [
    ...["generate_dummy_tables", "--patients", synthetic, "--study-definition", "study_definition"],
    ...["--output-file", records, "--force", "--quiet"],
  ],
  fresh: true,
};
const works = [
  ...["dta", "parquet", "feather", "csv.gz", "csv"].map(dummy),
  measures,
  tables,
  ...["csv", "csv.gz", "feather", "parquet"].map(fromRecords),
];

try {
  for (const part of ["analysis", "codelists", "project.yaml"]) {
    cpSync(join(study, part), join(folder, part), { recursive: true });
  }
  console.log(
    `${all} cores, ${patients} dummy patients, ${synthetic} synthetic ones; one run each`,
  );
  console.log(`${"".padEnd(36)}cores    wall     cpu  peak MiB`);
  for (const work of works) {
    if (only !== "" && !work.name.endsWith(` ${only}`) && work.name !== only) continue;
    for (const cores of ladder) await printRow(work, cores);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function printRow({ name, words, fresh }: Work, cores: number): Promise<void> {
  if (fresh) rmSync(output, { recursive: true, force: true });
  const held = ["-c", `0-${cores - 1}`, process.execPath, cli, ...words];
  try {
    const { seconds, cpuSeconds = NaN, peakMiB } = await timeProcess("taskset", held, folder);
    const cells = [seconds.toFixed(2), cpuSeconds.toFixed(2), peakMiB.toFixed(0)];
    console.log(
      name.padEnd(36) + [String(cores), ...cells].map((cell) => cell.padStart(8)).join(""),
    );
  } catch (error) {
    console.log(`${name.padEnd(36)}${String(cores).padStart(8)}  failed: ${String(error)}`);
  }
}
