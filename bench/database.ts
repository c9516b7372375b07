/**
 * How long does a study take in a database, at one index date, at 12 and at 60, in one pass and date by date?
 * `npm run bench:database -- FILE.duckdb [RUNS]`; make the file with generate_dummy_tables for the example
 * study, with 1,000,000 patients for the figures of bench/README.md.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { CheckedStudy } from "../engine/definition/checked-study.ts";
import { commonCodes } from "./common-codes.ts";
import { cumulativeStudy } from "./cumulative-study.ts";
import { checked, evaluateStudy, months } from "./evaluate-study.ts";
import type { Took } from "./evaluate-study.ts";
import { EXAMPLE, exampleStudy } from "./example-study.ts";
import { handWritten } from "./hand-written.ts";
import { series, timeProcess } from "./whole-process.ts";

const [file, given] = process.argv.slice(2);
if (file === undefined || !existsSync(file)) {
  console.error("Name a database: npm run bench:database -- records.duckdb");
  process.exit(2);
}
const database = resolve(file);
const runs = Number(given ?? 3);

console.log(`| what | median s | least | CPU s | rows |`);
console.log(`| ---- | -------- | ----- | ----- | ---- |`);
const study = await exampleStudy();
const cumulative = checked(
  cumulativeStudy(await commonCodes(database, 1, 6), await commonCodes(database, 7, 3)),
);
for (const [name, each] of [
  ["example", study],
  ["cumulative", cumulative],
] as const) {
  await evaluations(name, each);
}
await row("the example's rows by hand-written SQL, 12 dates", () => handWritten(database, study));
await wholeRuns();

async function evaluations(name: string, each: CheckedStudy): Promise<void> {
  for (const count of [1, 12, 60]) {
    const asked = { dates: months(count), evaluate: "one-pass" as const };
    await row(`${name}, ${count} ${count === 1 ? "date" : "dates"}, files aside`, () =>
      evaluateStudy(`duckdb:${database}`, each, asked),
    );
  }
  const asked = { dates: months(12), evaluate: "per-date" as const };
  await row(`${name}, 12 dates one after the other, files aside`, () =>
    evaluateStudy(`duckdb:${database}`, each, asked),
  );
}

async function row(what: string, act: () => Promise<Took>): Promise<void> {
  await act();
  const took: Took[] = [];
  for (let run = 0; run < runs; run++) took.push(await act());
  const seconds = took.map((each) => each.seconds).sort((a, b) => a - b);
  const cpu = took.map((each) => each.cpuSeconds).sort((a, b) => a - b);
  const middle = Math.floor(runs / 2);
  const shown = [seconds[middle], seconds[0], cpu[middle]].map((n) => (n ?? NaN).toFixed(2));
  console.log(`| ${what} | ${shown.join(" | ")} | ${took[0]?.rows ?? 0} |`);
}

async function wholeRuns(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
  cpSync(EXAMPLE, folder, { recursive: true });
  const cli = resolve("dist/cli.js");
  for (const [what, range] of [
    ["one date, whole command with its csv file", "2020-06-01"],
    ["12 dates, whole command with 12 csv files", "2020-01-01 to 2020-12-01 by month"],
  ] as const) {
    const words = [cli, "generate_cohort", "--index-date-range", range];
    const act = () =>
      timeProcess("node", [...words, "--database-url", `duckdb:${database}`], folder);
    const { median, least, peakMiB } = await series(runs, act);
    const shown = [median, least].map((n) => n.toFixed(2)).join(" | ");
    console.log(`| ${what} | ${shown} | | peak ${Math.round(peakMiB)} MiB |`);
  }
  rmSync(folder, { recursive: true });
}
