/** Keeps the record of a run while it goes on, so that it tells the truth whenever it is read. */
import { fullCommand } from "../state/action-inputs.ts";
import type { FolderNow } from "../state/action-inputs.ts";
import type { ActionState } from "../state/action-state.ts";
import type { PlannedAction } from "../state/plan.ts";
import { isRunning } from "../../files/owner.ts";
import type { RecordFolder } from "./record-file.ts";
import { writeRun } from "./run-files.ts";
import { identifierOf } from "./run-record.ts";
import type { JobRecord, KeptAction, RecordedOutput, RunRecord } from "./run-record.ts";
import { logFile } from "./metadata-paths.ts";
import { secondsBetween, summedSeconds } from "./run-times.ts";
import { runStatus, stateOf, statusCodes } from "./status.ts";
import type { StatusCode } from "./status.ts";

export interface RecordKeeper {
  readonly run: () => RunRecord;
  readonly job: (action: string) => JobRecord;
  /** The action reaches a state. */
  readonly enter: (action: string, code: StatusCode, message?: string) => void;
  /** What became of it, beside its state. */
  readonly add: (action: string, facts: Partial<JobRecord>) => void;
  /** Writes what is known; calls may overlap, and the last one counts. */
  readonly save: () => Promise<void>;
  readonly end: (isInterrupted: boolean) => Promise<RunRecord>;
}

export interface KeptRun {
  readonly records: RecordFolder;
  readonly clock: () => string;
  /** Hears of every state. */
  readonly hear: (action: string, code: StatusCode, at: string) => void;
}

export function keepRecord(first: RunRecord, { records, clock, hear }: KeptRun): RecordKeeper {
  let run = first;
  let writing = Promise.resolve();
  const add = (action: string, facts: Partial<JobRecord>): void => {
    const jobs = run.jobs.map((job) => (job.action === action ? { ...job, ...facts } : job));
    run = { ...run, jobs };
  };
  const job = (action: string): JobRecord => jobOf(run, action);
  const save = (): Promise<void> => {
    writing = writing.then(() => writeRun(records, run));
    return writing;
  };
  const enter: RecordKeeper["enter"] = (action, code, message = statusCodes[code].text) => {
    const at = clock();
    add(action, { ...entered(job(action), code, at), message });
    run = { ...run, started: run.started ?? (stateOf(code) === "running" ? at : null) };
    hear(action, code, at);
  };
  const end = async (isInterrupted: boolean): Promise<RunRecord> => {
    run = endedRun(run, clock(), isInterrupted);
    await save();
    return run;
  };
  return { run: () => run, job, add, save, enter, end };
}

function endedRun(run: RunRecord, finished: string, isInterrupted: boolean): RunRecord {
  const codes = run.jobs.map(({ status }) => status);
  const status = runStatus(codes, isInterrupted);
  return { ...run, finished, status, runtime_seconds: summedSeconds(run) };
}

function jobOf({ jobs }: RunRecord, action: string): JobRecord {
  const found = jobs.find((each) => each.action === action);
  if (found === undefined) throw new Error(`no job for ${action}`);
  return found;
}

function entered(job: JobRecord, code: StatusCode, at: string): Partial<JobRecord> {
  const state = stateOf(code);
  const started = job.started ?? (state === "running" ? at : null);
  const finished = state === "succeeded" || state === "failed" ? at : null;
  return {
    ...{ status: code, states: [...job.states, { code, at }], started, finished },
    runtime_seconds: secondsBetween(started, finished),
  };
}

/** A job before it starts. */
export function newJob(
  { action, status: standing, reasons }: PlannedAction,
  { project, source }: FolderNow,
  { run, at }: { readonly run: string; readonly at: string },
): JobRecord {
  const status = action.needs.length > 0 ? "waiting_on_dependencies" : "waiting_on_workers";
  const states = (["created", status] as const).map((code) => ({ code, at }));
  return {
    ...NOT_STARTED,
    id: identifierOf(run, action.name),
    action: action.name,
    command: fullCommand(action, project, source),
    needs: action.needs.map(({ name }) => name),
    levels: [...new Set(action.outputs.map(({ level }) => level))],
    ...{ standing, reasons, status, states },
    message: statusCodes[status].text,
    log: logFile(action.fileName),
  };
}

const NOT_STARTED = {
  ...{ started: null, finished: null, runtime_seconds: 0, exit: null, run_by: null },
  log_sha256: null,
  ...{ outputs: [], definitions: [], notes: [], audit: null },
} as const;

export function keptAction({ action, outputs, definitions }: ActionState): KeptAction {
  return { action, outputs: outputs.map(recorded), definitions };
}

/** Without what only this machine's file system knows. */
export function recorded(output: RecordedOutput): RecordedOutput {
  const { path, level, sha256, bytes, rows, columns, withheld, rewrites } = output;
  return { path, level, sha256, bytes, rows, columns, withheld, rewrites };
}

/** A run whose process died could not say so itself. */
export function closeDeadRun<Run extends Pick<RunRecord, "jobs" | "status" | "finished">>(
  run: Run,
  at: string,
): Run {
  const jobs = run.jobs.map((job) => {
    if (["succeeded", "failed"].includes(stateOf(job.status))) return job;
    const message = "The runner process died";
    return { ...job, ...entered(job, "internal_error", at), message };
  });
  return { ...run, jobs, status: "interrupted", finished: at };
}

type ReportedRun = Pick<RunRecord, "jobs" | "status" | "created" | "finished" | "process" | "host">;

/** As it is to be reported: the record of a process that died says that it is running. */
export function asItStands<Run extends ReportedRun>(run: Run, host: string): Run {
  const isDead = run.status === "running" && run.host === host && !isRunning(run.process);
  return isDead ? closeDeadRun(run, run.finished ?? lastSign(run)) : run;
}

function lastSign(run: Pick<RunRecord, "jobs" | "created">): string {
  const times = run.jobs.flatMap(({ states }) => states.map(({ at }) => at));
  return times.sort().at(-1) ?? run.created;
}
