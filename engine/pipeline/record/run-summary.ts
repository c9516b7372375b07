/** What a list of runs shows of each. */
import type { JobRecord, RunRecord } from "./run-record.ts";

type Shown =
  | "id"
  | "number"
  | "backend"
  | "requested_by"
  | "requested_actions"
  | "status"
  | "created"
  | "started"
  | "finished"
  | "runtime_seconds"
  | "process"
  | "host";

export interface RunSummary extends Pick<RunRecord, Shown> {
  readonly branch: string | null;
  readonly commit: string | null;
  readonly hasJobs: boolean;
  /** Of a run that has not ended, as far as its file says; otherwise none. */
  readonly jobs: readonly JobRecord[];
}

export function summaryOf(run: RunRecord): RunSummary {
  const { id, number, backend, requested_by, requested_actions, status } = run;
  const { created, started, finished, runtime_seconds, process, host } = run;
  return {
    ...{ id, number, backend, requested_by, requested_actions, status },
    ...{ created, started, finished, runtime_seconds, process, host },
    branch: run.git.branch,
    commit: run.git.commit,
    hasJobs: run.jobs.length > 0,
    jobs: status === "running" ? run.jobs : [],
  };
}
