/**
 * How long do the two commands of the seed's pipeline take? The aftershocks study, twelve index dates,
 * 54 measures, at 1,000 patients and at 200,000. Whole processes, built code.
 * `npm run bench` · `npm run bench -- --runs 3`
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { heading, row, series, timeProcess } from "./whole-process.ts";

const root = join(import.meta.dirname, "..");
const runs = Number(process.argv[process.argv.indexOf("--runs") + 1] ?? 5) || 5;
const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
const output = join(folder, "output/measures");

const study = ["--study-definition=study_definition", "--output-dir=output/measures", "--quiet"];
const range = "--index-date-range=2020-01-01 to 2020-12-01 by month";

/** Goals are the first issue's, in seconds. */
const sizes = [
  { patients: 1_000, cohort: 0.8, measures: 0.8 },
  { patients: 200_000, cohort: 5, measures: 1 },
];

try {
  for (const part of ["analysis", "codelists", "project.yaml"]) {
    cpSync(join(root, "study-definitions/aftershocks", part), join(folder, part), {
      recursive: true,
    });
  }
  console.log(`median of ${runs} runs after one to warm up, seconds\n\n${heading}`);
  const empty = await series(runs, () => timeProcess(process.execPath, ["-e", "0"], folder));
  console.log(row("an empty Node program, to judge the machine", empty, NaN));
  for (const { patients, cohort, measures } of sizes) {
    const size = `${patients.toLocaleString("en")} patients × 12`;
    const people = `--expectations-population=${patients}`;
    const made = await series(
      runs,
      () => cli(["generate_cohort", people, range, ...study]),
      () => {
        rmSync(output, { recursive: true, force: true });
      },
    );
    console.log(row(`generate_cohort   ${size}`, made, cohort));
    const measured = await series(runs, () => cli(["generate_measures", ...study]), forgetMeasures);
    console.log(row(`generate_measures ${size}`, measured, measures));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function cli(words: readonly string[]) {
  return timeProcess(process.execPath, [join(root, "dist/cli.js"), ...words], folder);
}

/** Every run begins where the first one did. */
function forgetMeasures(): void {
  for (const name of readdirSync(output)) {
    if (name.startsWith("measure_")) rmSync(join(output, name));
  }
}
