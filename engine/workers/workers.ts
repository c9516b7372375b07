/** Work in other threads: one pool for every kind of it, and the only user of piscina. */
import type { Transferable } from "node:worker_threads";
import type { Piscina } from "piscina";

export interface WorkersToOpen {
  readonly count: number;
  /** What the threads run: a file, and the function of it that takes a task. */
  readonly file: URL;
  readonly name: string;
}

export interface Workers<Task, Answer> {
  /** The answer, or how the thread died: out of memory, or an exit. Whatever else a task throws is a bug. */
  readonly run: (task: Task, moved?: readonly Transferable[]) => Promise<Answer | Error>;
  /** Ends threads that still work. */
  readonly close: () => Promise<void>;
}

/** Threads start at once; an error in starting them surfaces on first use. */
export function openWorkers<Task, Answer>(wanted: WorkersToOpen): Workers<Task, Answer> {
  const opening = openThreads<Task, Answer>(wanted);
  // Avoids an unhandled rejection.
  opening.catch(() => undefined);
  return {
    run: async (task, moved = []) => attempt(await opening, task, moved),
    close: async () => {
      await (await opening).pool.destroy();
    },
  };
}

interface Threads<Task, Answer> {
  readonly pool: Piscina<Task, Answer>;
  /** Rejected when no thread is left and none can be started. */
  readonly stranded: Promise<never>;
}

async function openThreads<Task, Answer>({
  count,
  file,
  name,
}: WorkersToOpen): Promise<Threads<Task, Answer>> {
  const { Piscina: Pool } = await import("piscina");
  const pool = new Pool<Task, Answer>({
    ...{ filename: file.href, name, minThreads: count, maxThreads: count },
    ...{ atomics: "disabled", recordTiming: false },
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

async function attempt<Task, Answer>(
  { pool, stranded }: Threads<Task, Answer>,
  task: Task,
  moved: readonly Transferable[],
): Promise<Answer | Error> {
  try {
    return await Promise.race([pool.run(task, { transferList: [...moved] }), stranded]);
  } catch (error) {
    if (isDeath(error)) return error;
    throw error;
  }
}

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
