/**
 * What do 54 measures of 12 dates take straight from a database, beside cohorts and then measures of their files?
 * `npm run bench:direct -- FILE.duckdb [RUNS]`; make the file with generate_dummy_tables for the example study, with
 * 1,000,000 patients for the figures of bench/README.md.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EXAMPLE } from "./example-study.ts";
import { timeProcess } from "./whole-process.ts";

const [file, given] = process.argv.slice(2);
if (file === undefined || !existsSync(file)) {
  console.error("Name a database: npm run bench:direct -- records.duckdb");
  process.exit(2);
}
const records = ["--database-url", `duckdb:${resolve(file)}`];
const dates = ["--index-date-range", "2020-01-01 to 2020-12-01 by month"];
const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
cpSync(EXAMPLE, folder, { recursive: true });

const cli = resolve("dist/cli.js");
const ways = {
  "measures from the database": [["generate_measures", ...records, ...dates]],
  "cohorts, then measures of their files": [
    ["generate_cohort", ...records, ...dates],
    ["generate_measures"],
  ],
} as const;

/** Ways take turns, so that a busy machine is as busy for both. */
const took = new Map<string, { seconds: number; cpu: number; peakMiB: number }[]>();
for (let run = 0; run <= Number(given ?? 3); run++) {
  for (const [what, commands] of Object.entries(ways)) {
    rmSync(join(folder, "output"), { recursive: true, force: true });
    const [all, own] = [{ seconds: 0, cpu: 0, peakMiB: 0 }, took.get(what) ?? []];
    for (const words of commands) {
      const {
        seconds,
        cpuSeconds = NaN,
        peakMiB,
      } = await timeProcess("node", [cli, ...words, "--quiet"], folder);
      all.seconds += seconds;
      all.cpu += cpuSeconds;
      all.peakMiB = Math.max(all.peakMiB, peakMiB);
    }
    // The first warms the disk's cache.
    if (run > 0) took.set(what, [...own, all]);
  }
}
rmSync(folder, { recursive: true });

const middle = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
console.log("| 54 measures of 12 dates | median s | CPU s | peak MiB |");
console.log("| ----------------------- | -------- | ----- | -------- |");
for (const [what, runs] of took) {
  const shown = [
    middle(runs.map(({ seconds }) => seconds)).toFixed(1),
    middle(runs.map(({ cpu }) => cpu)).toFixed(1),
    String(Math.round(Math.max(...runs.map(({ peakMiB }) => peakMiB)))),
  ];
  console.log(`| ${what} | ${shown.join(" | ")} |`);
}
