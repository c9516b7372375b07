/** The actions of a plan, as many at once as were asked for. */
import type { Problem } from "../../base/problems.ts";
import { keepRecord } from "../record/record-keeper.ts";
import type { RunRecord } from "../record/run-record.ts";
import type { PlannedAction } from "../state/plan.ts";
import type { RunningSession, RunSession } from "./run-session.ts";
import { chooseTools } from "./choose-tool.ts";
import { runSchedule } from "./schedule.ts";
import type { Outcome } from "./schedule.ts";
import { startAction } from "./start-action.ts";

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
  const tools = await chooseTools(plan, session);
  const running = { ...session, keeper, tools, exclusive: oneAfterTheOther(), problems: [] };
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

function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
