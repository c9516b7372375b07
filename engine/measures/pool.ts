/** Measures of many cohort files at a time: the only user of piscina. */
import { basename } from "node:path";
import type { Piscina } from "piscina";
import type { Problem } from "../base/problems.ts";
import { mapWithConcurrency } from "./map-with-concurrency.ts";
import type { MeasureAnswer, MeasureTask } from "./measure-task.ts";
import { missingProblems } from "./missing-columns.ts";
import { problem } from "./problems.ts";

/** What there is to measure, as far as it is known when threads must be started. */
export interface Expected {
  /** Cohort files worked on at once. */
  readonly workers: number;
  readonly files: number;
  /** Of all cohort files. */
  readonly bytes: number;
  /** What the threads run. */
  readonly workerFile?: URL;
}

export interface Watch {
  /** Once aborted no further task is started; those under way finish. */
  readonly signal?: AbortSignal;
  /** Hears each answer as it comes, in whatever order. */
  readonly onDone?: (answer: MeasureAnswer, task: MeasureTask) => void;
}

export interface MeasurePool {
  /**
   * Runs one task per cohort file and returns the same, whatever the number of workers. A problem in
   * one file does not keep the others from finishing. A thread that dies is replaced and its task tried
   * once more; problem measure-worker-died if that dies too.
   */
  run(tasks: readonly MeasureTask[], watch?: Watch): Promise<MeasureRun>;
  close(): Promise<void>;
}

/** Bytes of cohort files below which starting threads would cost more than they save. */
const THREADS_FROM = 2 * 1024 * 1024;

// Built, all entry files lie in one folder: the worker stands beside whatever chunk this became.
const WORKER_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./measure-cohort-file.ts" : "./measure-cohort-file.js",
  import.meta.url,
);

export interface MeasureRun {
  /** One per task in the order of the tasks; null if it was not started because of the signal. */
  readonly answers: readonly (MeasureAnswer | null)[];
  /** Columns that are missing, then problems of all tasks in the same order. */
  readonly problems: readonly Problem[];
}

/** Threads start at once, to be ready when the study is. Close it, whatever happens. */
export function openMeasurePool(expected: Expected): MeasurePool {
  const lanes = Math.max(1, Math.min(expected.workers, expected.files));
  // One thread can look after several small files: it mostly waits for the disk.
  const isSmall = lanes === 1 || expected.bytes < THREADS_FROM;
  const measurer = isSmall ? thisThread : otherThreads(lanes, expected.workerFile);
  return {
    run: (tasks, watch = {}) => runTasks({ ...measurer, lanes }, tasks, watch),
    close: measurer.close,
  };
}

async function runTasks(
  { measure, lanes }: Measurer & { readonly lanes: number },
  tasks: readonly MeasureTask[],
  { signal, onDone }: Watch,
): Promise<MeasureRun> {
  const answers = await mapWithConcurrency(lanes, tasks, async (task) => {
    if (signal?.aborted === true) return null;
    const answer = await measure(task);
    onDone?.(answer, task);
    return answer;
  });
  const failed = answers.flatMap((answer, i) =>
    answer?.ok === false ? [{ ...answer, file: basename(tasks[i]?.file ?? "") }] : [],
  );
  const missing = missingProblems(failed, tasks.length);
  return { answers, problems: [...missing, ...failed.flatMap(({ problems }) => problems)] };
}

interface Measurer {
  readonly measure: (task: MeasureTask) => Promise<MeasureAnswer>;
  readonly close: () => Promise<void>;
}

/** Where other threads measure, this one need not load what measures. */
const thisThread: Measurer = {
  measure: async (task) => (await import("./measure-cohort-file.ts")).measureCohortFile(task),
  close: () => Promise.resolve(),
};

function otherThreads(count: number, workerFile = WORKER_FILE): Measurer {
  const opening = openThreads(count, workerFile);
  // Avoids an unhandled rejection; the error surfaces on first use.
  opening.catch(() => undefined);
  return {
    measure: async (task) => {
      const threads = await opening;
      const first = await attempt(threads, task);
      const last = first instanceof Error ? await attempt(threads, task) : first;
      return last instanceof Error ? died(task, last) : last;
    },
    close: async () => {
      await (await opening).pool.destroy();
    },
  };
}

interface Threads {
  readonly pool: Piscina<MeasureTask, MeasureAnswer>;
  /** Rejected when no thread is left and none can be started. */
  readonly stranded: Promise<never>;
}

async function openThreads(count: number, workerFile: URL): Promise<Threads> {
  const { Piscina: Pool } = await import("piscina");
  const pool = new Pool<MeasureTask, MeasureAnswer>({
    ...{ filename: workerFile.href, name: "measureCohortFile" },
    ...{ minThreads: count, maxThreads: count, atomics: "disabled", recordTiming: false },
  });
  // Of a thread without a task: what ends a task is reported by the task.
  pool.on("error", () => undefined);
  const stranded = new Promise<never>((_, reject) => {
    pool.on("workerDestroy", () => {
      // By then a replacement is among the threads. One that dies before it is ready is not replaced, and
      // the tasks that wait for it would wait for ever.
      queueMicrotask(() => {
        if (pool.threads.length === 0 && pool.queueSize > 0) reject(new Error(NO_THREAD));
      });
    });
  });
  stranded.catch(() => undefined);
  return { pool, stranded };
}

const NO_THREAD = "no thread can be started";

/** The answer, or how the thread died. */
async function attempt(
  { pool, stranded }: Threads,
  task: MeasureTask,
): Promise<MeasureAnswer | Error> {
  try {
    return await Promise.race([pool.run(task), stranded]);
  } catch (error) {
    if (isDeath(error)) return error;
    throw error;
  }
}

/** The thread ended under its task: out of memory, or an exit. Whatever else it says is a bug. */
function isDeath(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : null;
  const { message } = error;
  return (
    code === "ERR_WORKER_OUT_OF_MEMORY" ||
    message.startsWith("worker exited") ||
    message === NO_THREAD
  );
}

function died(task: MeasureTask, { message }: Error): MeasureAnswer {
  const facts = { file: basename(task.file), reason: message };
  return { ok: false, problems: [problem("measure-worker-died", facts)], missing: [] };
}
