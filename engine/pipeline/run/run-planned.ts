/** The actions of a plan, as many at once as were asked for. */
import type { Problem } from "../../base/problems.ts";
import { isBuiltIn } from "../project/project.ts";
import { keepRecord } from "../record/record-keeper.ts";
import type { RunRecord } from "../record/run-record.ts";
import type { PlannedAction } from "../state/plan.ts";
import type { RunningSession, RunSession } from "./run-session.ts";
import { runSchedule } from "./schedule.ts";
import type { Outcome } from "./schedule.ts";
import { startAction } from "./start-action.ts";
import { findTool } from "./tools.ts";
import type { Tool } from "./tools.ts";

export interface EndedRun {
  readonly record: RunRecord;
  readonly problems: readonly Problem[];
}

/** `first` is the record before anything started. */
export async function runPlanned(
  plan: readonly PlannedAction[],
  first: RunRecord,
  session: RunSession,
): Promise<EndedRun> {
  const { context, request, listener, records } = session;
  const clock = (): string => context.now().toISOString();
  const keeper = keepRecord(first, { records, clock, hear: listener.entered });
  await keeper.save();
  listener.begun?.(keeper.run);
  const tool = await toolFor(plan, session);
  const running = { ...session, keeper, tool, exclusive: oneAfterTheOther(), problems: [] };
  const bugs: unknown[] = [];
  await runSchedule(plan, {
    concurrency: request.concurrency,
    stopAfterFailure: !request.continueOnError,
    signal: context.signal,
    start: (planned) => startOrKeep(planned, running, bugs),
    leave: ({ action }, why) => {
      keeper.enter(action.name, leftCodes[why]);
    },
  });
  const record = await keeper.end(context.signal.aborted);
  // Told only now: what else was under way has ended, and the record says so.
  if (bugs.length > 0) throw bugs[0];
  return { record, problems: running.problems };
}

/** A bug is kept for the end, where others have ended. */
async function startOrKeep(
  planned: PlannedAction,
  running: RunningSession,
  bugs: unknown[],
): Promise<Outcome> {
  try {
    return await startAction(planned, running);
  } catch (bug) {
    bugs.push(bug);
    running.keeper.enter(planned.action.name, "internal_error");
    return "failed";
  }
}

const leftCodes = {
  dependency: "dependency_failed",
  failure: "not_started",
  interrupted: "cancelled_by_user",
} as const;

/** Looked for only if some action needs one. */
async function toolFor(
  plan: readonly PlannedAction[],
  { request, context }: RunSession,
): Promise<Tool> {
  const programs = plan.filter(({ action, status }) => status !== "fresh" && !isBuiltIn(action));
  if (programs.length === 0) return { kind: "none" };
  return findTool(request.localTools, context.environment, context.signal);
}

function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
