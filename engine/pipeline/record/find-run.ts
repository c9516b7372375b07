import { ProblemError } from "../../base/problems.ts";
import { fail, problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { asItStands } from "./record-keeper.ts";
import type { RecordFolder } from "./record-file.ts";
import { recordedRuns } from "./run-files.ts";
import type { RecordedRuns } from "./run-files.ts";
import type { RunRecord } from "./run-record.ts";

export interface KnownRuns extends Pick<RecordedRuns, "runs" | "ours" | "unreadable"> {
  /** record-unreadable, runs-foreign, no-user-state */
  readonly warnings: readonly Problem[];
}

/** The oldest first; a run whose process died is reported as interrupted. */
export function knownRuns(place: RecordFolder, host: string): KnownRuns {
  const { runs, ours, unreadable } = recordedRuns(place);
  const foreign = runs.filter(({ id }) => !ours.has(id)).map(({ number }) => number);
  const noKey = place.seals.problem();
  const warnings = [
    ...unreadable.values(),
    ...(foreign.length === 0 ? [] : [problem("runs-foreign", { numbers: foreign })]),
    ...(foreign.length === 0 || noKey === null ? [] : [noKey]),
  ];
  return { runs: runs.map((run) => asItStands(run, host)), ours, unreadable, warnings };
}

/**
 * By number, by the beginning of its identifier, or the latest. Problems: no-runs, unknown-run; and
 * record-unreadable where that is the one, or all that there are.
 */
export function findRun(wanted: string, { runs, unreadable }: KnownRuns): RunRecord {
  const damaged = [...unreadable].filter(([id]) => wanted.length >= 3 && id.startsWith(wanted));
  const latest = runs.at(-1);
  if (damaged.length > 0 || (latest === undefined && unreadable.size > 0)) {
    throw new ProblemError(
      [...(damaged.length > 0 ? damaged : unreadable)].map(([, each]) => each),
    );
  }
  if (latest === undefined) return fail("no-runs", {});
  if (wanted === "latest") return latest;
  const byNumber = runs.find(({ number }) => String(number) === wanted);
  const byId = runs.filter(({ id }) => wanted.length >= 3 && id.startsWith(wanted));
  const found = byNumber ?? (byId.length === 1 ? byId[0] : undefined);
  return found ?? fail("unknown-run", { wanted, latest: latest.number });
}
