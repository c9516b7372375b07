/** Measures of many cohort files at a time: the only user of piscina. */
import { basename } from "node:path";
import type { Piscina } from "piscina";
import type { Problem } from "../base/problems.ts";
import { problem } from "./problems.ts";
import { mapWithConcurrency } from "./map-with-concurrency.ts";
import { readAnswer } from "./measure-task.ts";
import type { MeasureAnswer, MeasureTask } from "./measure-task.ts";
import { missingProblems } from "./missing-columns.ts";

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
  import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js",
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
  const lanes = openLanes(expected);
  return {
    run: (tasks, watch = {}) => runTasks(lanes, tasks, watch),
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

async function runTasks(
  lanes: readonly Lane[],
  tasks: readonly MeasureTask[],
  { signal, onDone }: Watch,
): Promise<MeasureRun> {
  const answers = await mapWithConcurrency(lanes.length, tasks, async (task, place) => {
    if (signal?.aborted === true) return null;
    const answer = await (lanes[place] ?? ownThread).answer(task);
    onDone?.(answer, task);
    return answer;
  });
  const failed = answers.flatMap((answer, i) =>
    answer?.ok === false ? [{ ...answer, file: basename(tasks[i]?.file ?? "") }] : [],
  );
  const missing = missingProblems(failed, tasks.length);
  return { answers, problems: [...missing, ...failed.flatMap(({ problems }) => problems)] };
}

/** One after the other. */
interface Lane {
  readonly answer: (task: MeasureTask) => Promise<MeasureAnswer>;
  readonly close: () => Promise<void>;
}

/** Where other threads measure, this one need not load what measures. */
const ownThread: Lane = {
  answer: async (task) => (await import("./measure-cohort-file.ts")).measureCohortFile(task),
  close: () => Promise.resolve(),
};

function openLanes({ workers, files, bytes, workerFile = WORKER_FILE }: Expected): readonly Lane[] {
  const count = Math.min(workers, files);
  if (count <= 1) return [ownThread];
  // One thread can look after several small files: it mostly waits for the disk.
  const little = bytes < THREADS_FROM;
  return Array.from({ length: count }, () => (little ? ownThread : openThread(workerFile)));
}

/** A lane that survives the death of its thread. */
function openThread(workerFile: URL): Lane {
  let thread = startThread(workerFile);
  // Nobody may ask for it; who does is told.
  thread.catch(() => undefined);
  const close = async (): Promise<void> => {
    await (await thread).destroy();
  };
  const attempt = async (task: MeasureTask): Promise<MeasureAnswer | Error> => {
    const current = await thread;
    try {
      return readAnswer(await current.run(task));
    } catch (error) {
      if (!isDeath(error)) throw error;
      await current.destroy();
      thread = startThread(workerFile);
      return error;
    }
  };
  const answer = async (task: MeasureTask): Promise<MeasureAnswer> => {
    const first = await attempt(task);
    const last = first instanceof Error ? await attempt(task) : first;
    return last instanceof Error ? died(task, last) : last;
  };
  return { answer, close };
}

/**
 * A piscina of one thread for each lane: it takes its first task at once, so the end of that thread
 * always ends the task. In a pool of several, tasks may wait for a thread that will never be ready.
 */
async function startThread(workerFile: URL): Promise<Piscina> {
  const { Piscina: Pool } = await import("piscina");
  const shape = { minThreads: 1, maxThreads: 1, atomics: "disabled", recordTiming: false } as const;
  const thread = new Pool({ filename: workerFile.href, name: "answer", ...shape });
  // Only of a replacement that has no task yet; the death before it is what counts.
  thread.on("error", () => undefined);
  return thread;
}

/** The thread ended under its task: out of memory, or an exit. Whatever else it says is a bug. */
function isDeath(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : null;
  return code === "ERR_WORKER_OUT_OF_MEMORY" || error.message.startsWith("worker exited");
}

function died(task: MeasureTask, { message }: Error): MeasureAnswer {
  const facts = { file: basename(task.file), reason: message };
  return { ok: false, problems: [problem("measure-worker-died", facts)], missing: [] };
}
