/** Measures of many cohort files at a time. */
import { basename } from "node:path";
import type { Problem } from "../base/problems.ts";
import { mapWithConcurrency } from "./map-with-concurrency.ts";
import type { MeasureAnswer, MeasureTask } from "./measure-task.ts";
import { mayCountCohort } from "../table/read-table.ts";
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
  /** Of those among them that may be counted without reading their rows; absent = none. */
  readonly countable?: number;
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
  /** Columns that are missing, then problems of all tasks in the same order, then files whose threads died. */
  readonly problems: readonly Problem[];
}

/** Threads that are certain to be needed start at once, to be ready when the study is. Close it, whatever happens. */
export function openMeasurePool(expected: Expected): MeasurePool {
  const { workers, files, bytes, countable = 0 } = expected;
  const lanes = Math.max(1, Math.min(workers, files));
  const rows = rowMeasurer(lanes, expected);
  // One thread can look after several small files: it mostly waits for the disk.
  if (bytes - countable >= THREADS_FROM) rows.start();
  const threads = threadsInside(workers, lanes);
  const measure = async (task: MeasureTask): Promise<MeasureAnswer> => {
    const counted = mayCountCohort(task.file)
      ? await (await measuring()).measureCounted(task, rows.measure, threads)
      : null;
    return counted ?? rows.measure(task);
  };
  return {
    run: (tasks, watch = {}) => runTasks({ measure, lanes }, tasks, watch),
    close: rows.close,
  };
}

/** Where other threads measure, this one need not load what measures. */
function measuring() {
  return import("./measure-cohort-file.ts");
}

/** So many at most of Node's own threads are in DuckDB at once. */
const IN_DUCKDB = 4;

/** DuckDB's own threads come beside those that ask it. */
function threadsInside(workers: number, lanes: number): number {
  return Math.max(1, workers - Math.min(IN_DUCKDB, lanes) + 1);
}

async function runTasks(
  { measure, lanes }: Pick<Measurer, "measure"> & { readonly lanes: number },
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
  const problems = failed.flatMap((each) => each.problems);
  return { answers, problems: [...missing, ...problems, ...deaths(failed)] };
}

/** One problem for all files whose threads died in the same way. */
function deaths(
  failed: readonly { readonly file: string; readonly died?: string }[],
): readonly Problem[] {
  const files = new Map<string, string[]>();
  for (const { file, died } of failed) {
    if (died !== undefined) files.set(died, [...(files.get(died) ?? []), file]);
  }
  return [...files].map(([reason, of]) => problem("measure-worker-died", { files: of, reason }));
}

interface Measurer {
  readonly measure: (task: MeasureTask) => Promise<MeasureAnswer>;
  readonly close: () => Promise<void>;
}

/** Reads rows: here where there is little to read, otherwise in other threads. */
function rowMeasurer(
  lanes: number,
  { bytes, workerFile }: Expected,
): Measurer & { readonly start: () => void } {
  const isSmall = lanes === 1 || bytes < THREADS_FROM;
  let threads: Measurer | null = null;
  const start = (): Measurer =>
    (threads ??= isSmall ? thisThread : otherThreads(lanes, workerFile));
  return {
    start,
    measure: (task) => start().measure(task),
    close: async () => threads?.close(),
  };
}

const thisThread: Measurer = {
  measure: async (task) => (await measuring()).measureRows(task),
  close: () => Promise.resolve(),
};

function otherThreads(count: number, file = WORKER_FILE): Measurer {
  const threads = openWorkers<MeasureTask, MeasureAnswer>({
    count,
    file,
    name: "measureRows",
  });
  return {
    measure: async (task) => {
      const first = await threads.run(task);
      const last = first instanceof Error ? await threads.run(task) : first;
      return last instanceof Error
        ? { ok: false, problems: [], missing: [], died: last.message }
        : last;
    },
    close: threads.close,
  };
}
