/** A run that was started from a page, while it goes on in this process. */
import { ProblemError } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import type { Progress } from "../commands/context.ts";
import type { PipelineContext } from "../pipeline/context.ts";
import type { RunRecord } from "../pipeline/record/run-record.ts";
import { runProject } from "../pipeline/run/run-project.ts";
import type { RunRequest } from "../pipeline/run/run-request.ts";
import type { RunListener } from "../pipeline/run/run-session.ts";

/** Null = more than one action changed. */
export type HearChange = (action: string | null) => void;

export interface LiveRun {
  readonly record: () => RunRecord;
  readonly workOf: (action: string) => Work | null;
  /** The last lines of an action's log. */
  readonly logOf: (action: string) => readonly string[];
  readonly warnings: () => readonly Problem[];
  readonly cancel: () => void;
  /** Gives what ends the hearing. */
  readonly hear: (change: HearChange) => () => void;
  /** Whatever becomes of it; a bug is what it gives. */
  readonly ended: Promise<{ readonly bug: unknown }>;
}

/** How far a piece of an action's work is. */
export interface Work {
  readonly unit: string;
  readonly total: number;
  readonly done: number;
  readonly rows: number;
  /** Milliseconds since 1970, when it began. */
  readonly since: number;
}

const MOST_LOG_LINES = 200;

/** Once its record is written. Problems: those of `runProject` until then. */
export async function startRun(context: PipelineContext, request: RunRequest): Promise<LiveRun> {
  const stop = new AbortController();
  const stopped = linked(context.signal, stop);
  const state = openState(context);
  const begun = new Promise<() => RunRecord>((resolve) => {
    state.onBegun(resolve);
  });
  const silent = { stdout: () => undefined, stderr: () => undefined, progress: state.progress };
  const working = runProject(
    { ...context, ...silent, signal: stop.signal },
    request,
    state.listener,
  );
  const ended = working.then(
    () => ({ bug: null }),
    (bug: unknown) => ({ bug }),
  );
  void ended.then(stopped);
  const record = await Promise.race([begun, failing(working)]);
  const cancel = (): void => {
    stop.abort();
  };
  const { workOf, logOf, warnings, hear } = state;
  return { record, workOf, logOf, warnings, hear, cancel, ended };
}

/** Only a run without a record ends before it has begun: it has told why. */
async function failing(working: Promise<unknown>): Promise<never> {
  await working;
  throw new ProblemError([]);
}

function linked(outer: AbortSignal, inner: AbortController): () => void {
  const abort = (): void => {
    inner.abort();
  };
  if (outer.aborted) abort();
  outer.addEventListener("abort", abort);
  return () => {
    outer.removeEventListener("abort", abort);
  };
}

function openState({ now }: PipelineContext) {
  const works = new Map<string, Work>();
  const logs = new Map<string, string[]>();
  const warned: Problem[] = [];
  const hearers = new Set<HearChange>();
  let hearBegun: ((record: () => RunRecord) => void) | null = null;
  const changed: HearChange = (action) => {
    for (const hear of hearers) hear(action);
  };
  const listener: RunListener = {
    warned: (problems) => void warned.push(...problems),
    planned: () => undefined,
    begun: (record) => hearBegun?.(record),
    entered: () => {
      changed(null);
    },
    ended: () => {
      changed(null);
    },
    logged: (action, line) => {
      logs.set(action, [...(logs.get(action) ?? []).slice(1 - MOST_LOG_LINES), line]);
      changed(action);
    },
  };
  const progress = (work: Parameters<NonNullable<PipelineContext["progress"]>>[0]): Progress =>
    followed({ ...work, since: now().getTime() }, works, changed);
  return {
    ...{ listener, progress },
    onBegun: (hear: (record: () => RunRecord) => void) => {
      hearBegun = hear;
    },
    workOf: (action: string) => works.get(action) ?? null,
    logOf: (action: string) => logs.get(action) ?? [],
    warnings: () => warned,
    hear: (change: HearChange) => {
      hearers.add(change);
      return () => void hearers.delete(change);
    },
  };
}

/** The pipeline calls each piece of work by its action. */
function followed(
  { label, ...begun }: Pick<Work, "unit" | "total" | "since"> & { readonly label: string },
  works: Map<string, Work>,
  changed: HearChange,
): Progress {
  works.set(label, { ...begun, done: 0, rows: 0 });
  return {
    advance: (units, rows = 0) => {
      const work = works.get(label);
      if (work === undefined) return;
      works.set(label, { ...work, done: work.done + units, rows: work.rows + rows });
      changed(label);
    },
    end: () => {
      works.delete(label);
      changed(label);
    },
  };
}
