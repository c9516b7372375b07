/** The command `runs`. */
import { tonedWarning } from "../../base/problems.ts";
import { visibleJson } from "../../base/visible-text.ts";
import type { RequestOf } from "../../options/command-table.ts";
import type { PipelineContext } from "../context.ts";
import { knownRuns } from "../record/find-run.ts";
import type { KnownRuns } from "../record/find-run.ts";
import type { RunRecord } from "../record/run-record.ts";
import { clockText, summedSeconds, timeText } from "../record/run-times.ts";
import { runStatusTexts } from "../record/status.ts";
import { requireProjectFile } from "../project/read-project-file.ts";
import { recordsOf } from "../trust/records-of.ts";
import type { PipelineAnswer } from "./answer.ts";

export function runs({ json }: RequestOf<"runs">, context: PipelineContext): PipelineAnswer {
  const { runs: known } = reportedRuns(context);
  return { lines: json ? [visibleJson(known)] : runsLines(known), exitCode: 0 };
}

/** Beside what can be read, reports what cannot. Problem, where there is neither a run nor a study: project-missing. */
export function reportedRuns(context: PipelineContext): KnownRuns {
  const known = knownRuns(recordsOf(context), context.host);
  if (known.runs.length + known.unreadable.size === 0) requireProjectFile(context.folder);
  for (const line of known.warnings.flatMap(tonedWarning)) context.stderr(line);
  return known;
}

/** A line for each run, the newest first. */
function runsLines(runs: readonly RunRecord[]): readonly string[] {
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
