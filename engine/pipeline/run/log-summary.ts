/** What stands at the end of an action's log. */
import type { JobRecord, RecordedOutput, RunRecord } from "../record/run-record.ts";
import type { ActionEnd } from "./action-run.ts";

export interface LogSummary {
  readonly end: ActionEnd;
  readonly job: JobRecord;
  readonly run: RunRecord;
  readonly hidden: number;
}

/** `key: value` lines, then the outputs with their levels. */
export function logSummary({ end, job, run, hidden }: LogSummary): readonly string[] {
  const outputs = (end.state?.outputs ?? []).filter(({ withheld }) => withheld === null);
  return [
    ...Object.entries(factsOf({ end, job, run, hidden })).map(([key, value]) => `${key}: ${value}`),
    ...end.problems.flatMap(({ hint }) => (hint === "" ? [] : [`hint: ${hint}`])),
    ...end.notes.map((note) => `note: ${note}`),
    "",
    "outputs:",
    ...outputs.map(outputLine),
    ...withheldLines(end),
  ];
}

function factsOf({ end, job, run, hidden }: LogSummary) {
  return {
    action: job.action,
    command: job.command,
    job_id: job.id,
    run_id: run.id,
    commit: run.git.commit ?? "none",
    backend: run.backend,
    ...(job.run_by === null ? {} : { run_by: job.run_by }),
    engine_version: run.engine_version,
    exit_code: end.exit ?? "none",
    created_at: run.created,
    status_code: end.code,
    status_message: end.message,
    lines_kept_apart: hidden,
  };
}

function outputLine({ path, level, rows }: RecordedOutput): string {
  return `  ${path} - ${level}${rows === null ? "" : `, ${rows} rows`}`;
}

function withheldLines({ state }: ActionEnd): readonly string[] {
  const withheld = (state?.outputs ?? []).filter((output) => output.withheld !== null);
  if (withheld.length === 0) return [];
  return [
    "",
    "withheld:",
    ...withheld.map(({ path, withheld: reason }) => `  ${path} - ${reason ?? ""}`),
  ];
}
