/**
 * How long do `check` and `plan` take on a project.yaml of 300 actions and 2,310 lines, and what does
 * the runner add to each action? node --import tsx bench/whole-pipeline.ts
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLI = join(import.meta.dirname, "../dist/cli.js");
const ACTIONS = 300;
const RUN_ACTIONS = 30;

const folder = mkdtempSync(join(tmpdir(), "cohortline-bench-"));
mkdirSync(join(folder, "analysis"));
writeFileSync(
  join(folder, "analysis/make.sh"),
  'mkdir -p output; echo n > "output/f$1.csv"; echo n > "output/g$1_1.csv"\n',
);

try {
  writeFileSync(join(folder, "project.yaml"), projectText(ACTIONS));
  for (const command of ["check", "plan"]) {
    console.log(`${command}, ${ACTIONS} actions: ${best(5, () => seconds([command]))} s`);
  }
  writeFileSync(join(folder, "project.yaml"), projectText(RUN_ACTIONS));
  const alone = best(3, () => program("sh", ["analysis/make.sh", "0"]));
  const words = ["run", "run_all", "-f", "--local-tools", "--quiet", "--concurrency", "1"];
  const run = best(3, () => seconds(words));
  const start = best(3, () => seconds(["runs"]));
  const added = ((run - start) / RUN_ACTIONS - alone) * 1000;
  console.log(`the runner adds ${Math.round(added)} ms to each of ${RUN_ACTIONS} actions`);
} finally {
  rmSync(folder, { recursive: true });
}

function projectText(actions: number): string {
  const blocks = Array.from({ length: actions }, (_, i) =>
    [
      `  action_${i}:`,
      `    run: sh:v1 sh analysis/make.sh ${i}`,
      `    needs: [${i === 0 ? "" : `action_${i - 1}`}]`,
      "    outputs:",
      `      highly_sensitive: { made: output/f${i}.csv }`,
      "      moderately_sensitive:",
      `        also_made: output/g${i}_*.csv`,
    ].join("\n"),
  );
  const text = `version: 5\nactions:\n${blocks.join("\n")}\n`;
  const lines = text.split("\n").length - 1;
  return actions === ACTIONS ? text + "# and so on\n".repeat(2310 - lines) : text;
}

function seconds(words: readonly string[]): number {
  return program(process.execPath, [CLI, ...words]);
}

function program(name: string, words: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(name, words, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - started) / 1000;
}

function best(times: number, measure: () => number): number {
  const all = Array.from({ length: times }, measure);
  return Math.round(Math.min(...all) * 1000) / 1000;
}
