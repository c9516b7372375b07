/** Folders of recorded cases, run and told: a table, what failed and why, and a last line for machines. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { mapWithConcurrency } from "../../engine/measures/map-with-concurrency.ts";
import type { Outcome, Recorded, RecordedCase } from "./case.ts";
import { gapOf } from "./gaps.ts";
import type { Gap } from "./gaps.ts";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Running {
  readonly perform: (recorded: RecordedCase) => Promise<Outcome>;
  /** So many cases of each folder, evenly apart; null for all. */
  readonly sample: number | null;
  readonly atOnce: number;
}

/** Sets the exit code: 1 on any failure, 2 where folders are missing. */
export async function runFolders(named: readonly string[], running: Running): Promise<void> {
  const folders = named.map((folder) => resolve(folder));
  const missing = folders.filter((folder) => !existsSync(folder));
  if (folders.length === 0 || missing.length > 0) {
    console.error(
      missing.length > 0
        ? `No such folder: ${missing.join(", ")}`
        : "Name folders of recorded cases.",
    );
    process.exitCode = 2;
    return;
  }
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  console.log("folder                passed  failed  skipped");
  for (const folder of folders) {
    const counts = await runFolder(folder, failures, running);
    const cells = [counts.passed, counts.failed, counts.skipped].map((n) => String(n).padStart(8));
    console.log(`${basename(folder).padEnd(20)}${cells.join("")}`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  for (const failure of failures) console.log(`\n${failure}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** Lists the cases of a folder; it is none itself. */
const LIST = "manifest.json";

async function runFolder(
  folder: string,
  failures: string[],
  { perform, sample, atOnce }: Running,
): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== LIST)
    .sort();
  const chosen = sample === null ? files : evenly(files, sample);
  const performed = await mapWithConcurrency(atOnce, chosen, async (file) => {
    const recorded = JSON.parse(readFileSync(join(folder, file), "utf8")) as RecordedCase;
    const name = `${basename(folder)}/${recorded.name ?? basename(file, ".json")}`;
    return { name, outcome: await withLedger(name, recorded, perform) };
  });
  for (const { name, outcome } of performed) {
    counts[outcome.outcome]++;
    if (outcome.outcome === "failed") failures.push(`${name}\n  ${outcome.why}`);
  }
  return counts;
}

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, all.length / most);
  return all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

/** A gap counts as skipped, and as failed once it passes: then it has no place in the ledger. */
async function withLedger(
  name: string,
  recorded: RecordedCase,
  perform: Running["perform"],
): Promise<Outcome> {
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
