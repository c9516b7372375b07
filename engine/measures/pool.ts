/** Measures of many cohort files at a time: the only user of piscina. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";

import type { Piscina } from "piscina";

import { problem } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import { atMost } from "./at-most.ts";
import { measureCohortFile } from "./measure-cohort-file.ts";
import { readAnswer } from "./message.ts";
import type { MeasureAnswer, MeasureTask } from "./message.ts";

export interface MeasurePool {
  /** Cohort files worked on at once. */
  readonly workers: number;
  /** Once aborted no further task is started; those under way finish. */
  readonly signal?: AbortSignal;
  /** Hears each answer as it comes, in whatever order. */
  readonly onDone?: (answer: MeasureAnswer, task: MeasureTask) => void;
  /** Tasks finished, of how many. */
  readonly onProgress?: (finished: number, total: number) => void;
  /** Bytes of cohort files below which starting threads would cost more than they save. */
  readonly threadsFrom?: number;
  /** What the threads run. */
  readonly workerFile?: URL;
}

const THREADS_FROM = 2 * 1024 * 1024;

// Built, all entry files lie in one folder: the worker stands beside whatever chunk this became.
const WORKER_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js",
  import.meta.url,
);

export interface MeasureRun {
  /** One per task in the order of the tasks; null if it was not started because of the signal. */
  readonly answers: readonly (MeasureAnswer | null)[];
  /** Problems of all tasks, in the same order. */
  readonly problems: readonly Problem[];
}

/**
 * Runs one task per cohort file and returns the same, whatever the number of workers. A problem in one
 * file does not keep the others from finishing. A thread that dies is replaced and its task tried once
 * more; problem measure-worker-died if that dies too.
 */
export async function runMeasureTasks(
  tasks: readonly MeasureTask[],
  pool: MeasurePool,
): Promise<MeasureRun> {
  const lanes = await openLanes(tasks, pool);
  let finished = 0;
  try {
    const answers = await atMost(lanes.length, tasks, async (task, place) => {
      if (pool.signal?.aborted === true) return null;
      const answer = await (lanes[place] ?? ownThread).answer(task);
      pool.onDone?.(answer, task);
      pool.onProgress?.(++finished, tasks.length);
      return answer;
    });
    const problems = answers.flatMap((answer) => (answer?.ok === false ? answer.problems : []));
    return { answers, problems };
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
  }
}

/** One after the other. */
interface Lane {
  readonly answer: (task: MeasureTask) => Promise<MeasureAnswer>;
  readonly close: () => Promise<void>;
}

const ownThread: Lane = { answer: measureCohortFile, close: () => Promise.resolve() };

async function openLanes(
  tasks: readonly MeasureTask[],
  { workers, threadsFrom = THREADS_FROM, workerFile = WORKER_FILE }: MeasurePool,
): Promise<readonly Lane[]> {
  const count = Math.min(workers, tasks.length);
  if (count <= 1) return [ownThread];
  const little = (await totalBytes(tasks)) < threadsFrom;
  // One thread can look after several small files: it mostly waits for the disk.
  return Array.from({ length: count }, () => (little ? ownThread : openThread(workerFile)));
}

/** A file that is not there counts nothing; reading it will say so. */
async function totalBytes(tasks: readonly MeasureTask[]): Promise<number> {
  const sizes = await Promise.all(
    tasks.map(({ file }) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((total, size) => total + size, 0);
}

/** A lane that survives the death of its thread. */
function openThread(workerFile: URL): Lane {
  let thread: Piscina | null = null;
  const close = async (): Promise<void> => {
    await thread?.destroy();
    thread = null;
  };
  const attempt = async (task: MeasureTask): Promise<MeasureAnswer | Error> => {
    thread ??= await startThread(workerFile);
    try {
      return readAnswer(await thread.run(task));
    } catch (error) {
      if (!isDeath(error)) throw error;
      await close();
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
  return { ok: false, problems: [problem("measure-worker-died", facts)] };
}
