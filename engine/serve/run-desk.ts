/** Where runs are started from pages: one at a time. */
import { ProblemError } from "../base/problems.ts";
import type { PipelineContext } from "../pipeline/context.ts";
import type { RunRequest } from "../pipeline/run/run-request.ts";
import { startRun } from "./live-run.ts";
import type { LiveRun } from "./live-run.ts";
import { fail } from "./problems.ts";

export interface RunDesk {
  /** The run under way here, if there is one. */
  readonly current: () => LiveRun | null;
  /** Problems: run-under-way, and those of a run before its record is written, such as run-locked. */
  readonly start: (request: RunRequest) => Promise<LiveRun>;
  /** When nothing is under way any more. */
  readonly idle: () => Promise<void>;
  /** When a run begins or ends here. */
  readonly hear: (change: () => void) => void;
  /** Whether any run was stopped before its end. */
  readonly wasStopped: () => boolean;
}

/** `tellBug` hears of what no problem explains. */
export function openRunDesk(context: PipelineContext, tellBug: (bug: unknown) => void): RunDesk {
  let current: LiveRun | null = null;
  let starting: Promise<LiveRun> | null = null;
  let wasStopped = false;
  const hearers: (() => void)[] = [];
  const tell = (): void => {
    for (const hear of hearers) hear();
  };
  const begin = async (request: RunRequest): Promise<LiveRun> => {
    const run = await startRun(contextFor(context, request), request);
    current = run;
    tell();
    void run.ended.then(({ bug }) => {
      current = null;
      wasStopped ||= run.record().status === "interrupted";
      if (bug !== null) tellBug(bug);
      tell();
    });
    return run;
  };
  return {
    current: () => current,
    start: async (request) => {
      if (current !== null) return fail("run-under-way", { number: current.record().number });
      if (starting !== null) return fail("run-under-way", { number: 0 });
      starting = begin(request);
      try {
        return await starting;
      } finally {
        starting = null;
      }
    },
    idle: async () => {
      await starting?.catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error;
      });
      await current?.ended;
    },
    hear: (change) => void hearers.push(change),
    wasStopped: () => wasStopped,
  };
}

/** A run on dummy data learns of no database. */
function contextFor(context: PipelineContext, { databaseUrl }: RunRequest): PipelineContext {
  return { ...context, environment: { ...context.environment, DATABASE_URL: databaseUrl } };
}
