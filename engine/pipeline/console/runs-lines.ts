import type { RunRecord } from "../record/run-record.ts";
import { clockText, summedSeconds, timeText } from "../record/run-times.ts";
import { runStatusTexts } from "../record/status.ts";

/** A line for each run, the newest first. */
export function runsLines(runs: readonly RunRecord[]): readonly string[] {
  return [...runs].reverse().map((run) => {
    const { number, id, status, created, requested_actions: actions } = run;
    const parts = [
      String(number).padStart(4),
      id,
      runStatusTexts[status].padEnd(13),
      timeText(created),
      clockText(summedSeconds(run)).padStart(8),
      actions.join(", "),
    ];
    return parts.join("  ");
  });
}
