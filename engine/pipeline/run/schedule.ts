/** Which action starts when. */
import type { PlannedAction } from "../state/plan.ts";

export type Outcome =
  | "succeeded"
  | "failed"
  /** It failed, and that says nothing of others: nothing on this machine can run it. */
  | "unable";

export interface Schedule {
  /** Actions at once. */
  readonly concurrency: number;
  /** After a failure start no further action; those under way end in peace. */
  readonly stopAfterFailure: boolean;
  readonly signal: AbortSignal;
  readonly start: (planned: PlannedAction) => Promise<Outcome>;
  /** Hears of an action that is not started. */
  readonly leave: (planned: PlannedAction, why: "dependency" | "failure" | "interrupted") => void;
}

/** Starts each action once all that it needs has succeeded, in the order given where several could. */
export async function runSchedule(
  planned: readonly PlannedAction[],
  schedule: Schedule,
): Promise<void> {
  const outcomes = new Map<string, Outcome>(
    planned.filter(({ status }) => status === "fresh").map((each) => [nameOf(each), "succeeded"]),
  );
  const waiting = planned.filter(({ status }) => status !== "fresh");
  const running = new Map<string, Promise<void>>();
  for (;;) {
    leaveHopeless(waiting, outcomes, schedule);
    if (mayStart(outcomes, schedule)) startReady(waiting, { outcomes, running, schedule });
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  const why = schedule.signal.aborted ? "interrupted" : "failure";
  for (const left of waiting) schedule.leave(left, why);
}

function nameOf({ action }: PlannedAction): string {
  return action.name;
}

function mayStart(
  outcomes: ReadonlyMap<string, Outcome>,
  { signal, stopAfterFailure }: Schedule,
): boolean {
  const hasFailed = [...outcomes.values()].includes("failed");
  return !signal.aborted && !(stopAfterFailure && hasFailed);
}

/** What needs a failed action fails too, and so does what needs that. */
function leaveHopeless(
  waiting: PlannedAction[],
  outcomes: Map<string, Outcome>,
  { leave }: Schedule,
): void {
  for (let at = 0; at < waiting.length;) {
    const each = waiting[at];
    const needed = each?.action.needs.map(({ name }) => outcomes.get(name)) ?? [];
    const hopeless = needed.some((outcome) => outcome === "failed" || outcome === "unable");
    if (each === undefined || !hopeless) {
      at += 1;
      continue;
    }
    waiting.splice(at, 1);
    outcomes.set(nameOf(each), "unable");
    leave(each, "dependency");
  }
}

interface Progress {
  readonly outcomes: Map<string, Outcome>;
  readonly running: Map<string, Promise<void>>;
  readonly schedule: Schedule;
}

function startReady(waiting: PlannedAction[], { outcomes, running, schedule }: Progress): void {
  for (let at = 0; at < waiting.length && running.size < schedule.concurrency;) {
    const each = waiting[at];
    const ready = each?.action.needs.every(({ name }) => outcomes.get(name) === "succeeded");
    if (each === undefined || ready !== true) {
      at += 1;
      continue;
    }
    waiting.splice(at, 1);
    const name = nameOf(each);
    const work = schedule.start(each).then((outcome) => {
      outcomes.set(name, outcome);
      running.delete(name);
    });
    running.set(name, work);
  }
}
