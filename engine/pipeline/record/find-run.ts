import { fail } from "../../base/problems.ts";
import { asItStands } from "./record-keeper.ts";
import { allRuns } from "./run-record.ts";
import type { RunRecord } from "./run-record.ts";

/** The oldest first; a run whose process died is told as interrupted. */
export function knownRuns(folder: string, host: string): readonly RunRecord[] {
  return allRuns(folder).map((run) => asItStands(run, host));
}

/** By number, by the beginning of its identifier, or the latest. Problems: no-runs, unknown-run. */
export function findRun(wanted: string, runs: readonly RunRecord[]): RunRecord {
  const latest = runs.at(-1);
  if (latest === undefined) return fail("no-runs", {});
  if (wanted === "latest") return latest;
  const byNumber = runs.find(({ number }) => String(number) === wanted);
  const byId = runs.filter(({ id }) => wanted.length >= 3 && id.startsWith(wanted));
  const found = byNumber ?? (byId.length === 1 ? byId[0] : undefined);
  return found ?? fail("unknown-run", { wanted, latest: latest.number });
}
