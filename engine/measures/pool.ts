/** Measures of many cohort files at a time. */
import { basename } from "node:path";
import type { Problem } from "../base/problems.ts";
import { mapWithConcurrency } from "./map-with-concurrency.ts";
import type { MeasureAnswer, MeasureTask } from "./measure-task.ts";
import { missingProblems } from "./missing-columns.ts";
import { problem } from "./problems.ts";
import { openWorkers } from "../workers/workers.ts";

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

function otherThreads(count: number, file = WORKER_FILE): Measurer {
  const threads = openWorkers<MeasureTask, MeasureAnswer>({
    count,
    file,
    name: "measureCohortFile",
  });
  return {
    measure: async (task) => {
      const first = await threads.run(task);
      const last = first instanceof Error ? await threads.run(task) : first;
      return last instanceof Error ? died(task, last) : last;
    },
    close: threads.close,
  };
}

function died(task: MeasureTask, { message }: Error): MeasureAnswer {
  const facts = { file: basename(task.file), reason: message };
  return { ok: false, problems: [problem("measure-worker-died", facts)], missing: [] };
}
