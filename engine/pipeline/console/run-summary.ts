/** What `run` says in the end. */
import { tonedProblem } from "../../base/problems.ts";
import { durationText } from "../../base/shown-numbers.ts";
import type { Line, TonedLine } from "../../base/toned-line.ts";
import type { EndedRun } from "../run/run-planned.ts";
import type { JobRecord, RecordedOutput, RunRecord } from "../record/run-record.ts";
import { jobSeconds, wallSeconds } from "../record/run-times.ts";
import { runStatusTexts } from "../record/status.ts";

const MOST_OUTPUTS = 8;

/** A block for each action, failed ones last; then where to read more. */
export function summaryLines({ record, problems }: EndedRun): readonly Line[] {
  if (record.status === "nothing_to_do") {
    return [
      "=> All actions already completed successfully",
      "   Use -f, or name an action, to run it again.",
    ];
  }
  const shown = record.jobs.filter(({ status }) => status !== "dependency_failed");
  const isGood = ({ status }: JobRecord): boolean => ["succeeded", "unchanged"].includes(status);
  const [good, bad] = [shown.filter(isGood), shown.filter((job) => !isGood(job))];
  return [
    ...[...good, ...bad].flatMap(jobLines),
    ...problems.flatMap(tonedProblem),
    {
      ...endOf(record),
      rest: `: run ${record.number} (${record.id}), ${durationText(wallSeconds(record))}`,
    },
  ];
}

function endOf({ status }: RunRecord): Omit<TonedLine, "rest"> {
  return { tone: status === "succeeded" ? "good" : "problem", start: runStatusTexts[status] };
}

function jobLines(job: JobRecord): readonly string[] {
  const { action, message, outputs, log, notes, started } = job;
  const more = outputs.length - MOST_OUTPUTS;
  return [
    `=> ${action}`,
    started === null ? `   ${message}` : `   ${message} (${durationText(jobSeconds(job))})`,
    ...notes.map((note) => `   ${note}`),
    ...(log === null || started === null ? [] : [`   log file: ${log}`]),
    ...(outputs.length === 0 ? [] : ["   outputs:"]),
    ...outputs
      .slice(0, MOST_OUTPUTS)
      .map(({ path, ...output }) => `     ${path}  - ${standing(output)}`),
    ...(more > 0 ? [`     and ${more} more`] : []),
  ];
}

function standing({
  level,
  withheld,
  rewrites,
}: Pick<RecordedOutput, "level" | "withheld" | "rewrites">): string {
  if (withheld !== null) return "withheld";
  return rewrites === null ? level : `${level}, changed from that of ${rewrites} and kept apart`;
}

/** 130 where it was stopped, 0 where all went well, otherwise what the worst problem says. */
export function runExit({ record, problems }: EndedRun): number {
  if (record.status === "interrupted") return 130;
  if (record.status === "succeeded" || record.status === "nothing_to_do") return 0;
  return Math.max(1, ...problems.map(({ exitCode }) => exitCode));
}
