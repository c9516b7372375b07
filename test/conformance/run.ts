/**
 * Runs folders of recorded cases: `npm run conformance -- DIR…`. Prints a table per folder, the names
 * and reasons of what failed, and a last line for machines. Exits 1 on any failure.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Outcome, Recorded, RecordedCase } from "./case.ts";
import { gapOf } from "./gaps.ts";
import type { Gap } from "./gaps.ts";
import { perform } from "./perform.ts";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const folders = process.argv.slice(2).map((folder) => resolve(folder));
const missing = folders.filter((folder) => !existsSync(folder));
if (folders.length === 0 || missing.length > 0) {
  console.error(
    missing.length > 0
      ? `No such folder: ${missing.join(", ")}`
      : "Name folders of recorded cases.",
  );
  process.exit(2);
}

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
console.log("folder                passed  failed  skipped");
for (const folder of folders) {
  const counts = await runFolder(folder);
  const cells = [counts.passed, counts.failed, counts.skipped].map((n) => String(n).padStart(8));
  console.log(`${basename(folder).padEnd(20)}${cells.join("")}`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runFolder(folder: string): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()) {
    const recorded = JSON.parse(readFileSync(join(folder, file), "utf8")) as RecordedCase;
    const name = `${basename(folder)}/${recorded.name}`;
    const outcome = await withLedger(name, recorded);
    counts[outcome.outcome]++;
    if (outcome.outcome === "failed") failures.push(`${name}\n  ${outcome.why}`);
  }
  return counts;
}

/** A gap counts as skipped, and as failed once it passes: then it has no place in the ledger. */
async function withLedger(name: string, recorded: RecordedCase): Promise<Outcome> {
  const gap = gapOf(name);
  if (gap === undefined) return perform(recorded);
  const { steps } = gap;
  if (steps === undefined) return gapOutcome(gap, [await perform(recorded)]);
  const all = recorded["cases"] as readonly Recorded[];
  const rest = await perform({ ...recorded, cases: all.filter((step) => !steps(step)) });
  if (rest.outcome === "failed") return rest;
  const alone = all.filter(steps).map((step) => perform({ ...recorded, cases: [step] }));
  return gapOutcome(gap, await Promise.all(alone));
}

function gapOutcome({ reason }: Gap, outcomes: readonly Outcome[]): Outcome {
  return outcomes.some(({ outcome }) => outcome === "passed")
    ? { outcome: "failed", why: `passes although the ledger says: ${reason}` }
    : { outcome: "skipped", why: reason };
}
