/** The record of a run before its first action starts. */
import { basename } from "node:path";
import { committedCode } from "../record/git-facts.ts";
import { keptAction, newJob } from "../record/record-keeper.ts";
import type { RecordFolder } from "../record/record-file.ts";
import { nextNumber, recordedRuns } from "../record/run-files.ts";
import type { RunRecord } from "../record/run-record.ts";
import type { FolderNow } from "../state/action-inputs.ts";
import type { PlannedAction } from "../state/plan.ts";
import type { PipelineContext } from "../context.ts";
import type { RunRequest } from "./run-request.ts";

export interface FirstRecord {
  readonly id: string;
  readonly created: string;
  readonly plan: readonly PlannedAction[];
  readonly context: PipelineContext;
  readonly request: RunRequest;
  readonly now: FolderNow;
  readonly records: RecordFolder;
}

/** Actions that are fresh are kept; all others are jobs. */
export async function firstRecord(asked: FirstRecord): Promise<RunRecord> {
  const { id, created, context, request, now, records } = asked;
  const { folder, project, source } = now;
  const code = await codeHashes(now);
  const { git, user } = committedCode(folder, context.environment, now.code);
  return {
    record: 1,
    id,
    number: nextNumber(recordedRuns(records)),
    workspace: basename(folder),
    backend: source.kind === "dummy" ? "expectations" : source.name,
    requested_by: user ?? context.user,
    git,
    requested_actions: request.actions,
    force_run_dependencies: request.forceRunDependencies,
    status: "running",
    ...{ created, started: null, finished: null, runtime_seconds: 0 },
    ...{ engine_version: context.engineVersion, process: context.process, host: context.host },
    ...jobsAndKept(asked),
    project_definition: project.text,
    code,
  };
}

async function codeHashes({ code, hash }: FolderNow): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const path of code) hashes[path] = (await hash(path)) ?? "";
  return hashes;
}

function jobsAndKept({ id, created, plan, now }: FirstRecord): Pick<RunRecord, "jobs" | "kept"> {
  const fresh = plan.filter(({ status }) => status === "fresh");
  const toRun = plan.filter(({ status }) => status !== "fresh");
  const states = fresh.flatMap(({ action }) => now.stateOf(action.name) ?? []);
  return {
    jobs: toRun.map((each) => newJob(each, now, { run: id, at: created })),
    kept: states.map(keptAction),
  };
}
