/** Cohorts that come from a database one after the other, each written by a thread of its own while the next is read. */
import { MessageChannel } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { join } from "node:path";
import type { CohortFormat } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { removeOwnPartials } from "../../files/sweep-partials.ts";
import type { CohortBatch, CohortSchema } from "../../table/cohort-schema.ts";
import type { WrittenCohort } from "../../table/write-table.ts";
import { openWorkers } from "../../workers/workers.ts";
import type { Workers } from "../../workers/workers.ts";
import { problem } from "../problems.ts";
import { batchHander, buffersOf } from "./handed-batches.ts";
import type { WriteAnswer, WriteTask } from "./write-cohort-file.ts";

export interface FileToWrite {
  readonly name: string;
  readonly schema: CohortSchema;
  readonly batches: AsyncIterable<CohortBatch> | Iterable<CohortBatch>;
}

export interface Writing {
  readonly folder: string;
  readonly format: CohortFormat;
  /** Files written at once. */
  readonly jobs: number;
  /** Hears of rows as they are written, in whatever file. */
  readonly onRows: (rows: number) => void;
  /** What the threads run. */
  readonly workerFile?: URL;
}

export interface WritingThreads {
  /**
   * Hands over all batches of a file; what comes of it is known later, null where it is abandoned. Problems: those of
   * the batches, and of `finish`.
   */
  readonly take: (
    file: FileToWrite,
  ) => Promise<{ readonly written: Promise<WrittenCohort | null> }>;
  /** Problems: that of the first file that has one: of `writeCohort`, or cohort-worker-died. */
  readonly finish: () => Promise<void>;
  /** Abandons the files that are not complete. */
  readonly close: () => Promise<void>;
}

// Built, all entry files lie in one folder: the worker stands beside whatever chunk this became.
const WORKER_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./write-cohort-file.ts" : "./write-cohort-file.js",
  import.meta.url,
);

/** Bytes that are handed over and not written yet: a cohort or two of a million patients. */
const BYTES_IN_FLIGHT = 256 * 1024 * 1024;

/** The same bytes whatever the number of threads. */
export function openWritingThreads(writing: Writing): WritingThreads {
  const { folder, jobs, workerFile: file = WORKER_FILE } = writing;
  const workers = openWorkers<WriteTask, WriteAnswer>({
    ...{ count: jobs, file, name: "writeCohortFile" },
  });
  const state: State = { workers, cause: null, ports: new Set(), flight: inFlight(), answers: [] };
  return {
    take: async (wanted) => {
      const { handing, written } = begin(wanted, writing, state);
      await handing;
      if (state.flight.isEnded()) await finish(state);
      return { written };
    },
    finish: () => finish(state),
    close: async () => {
      stopAll(state);
      // A thread that is ended while it writes would leave a part.
      await Promise.allSettled(state.answers);
      for (const port of state.ports) port.close();
      await workers.close();
      if (state.cause !== null) await removeOwnPartials(folder);
    },
  };
}

interface State {
  readonly workers: Workers<WriteTask, WriteAnswer>;
  /** The first problem; it ends all other files, whose problem is then that they were stopped. */
  cause: readonly Problem[] | null;
  readonly ports: Set<MessagePort>;
  readonly flight: Flight;
  readonly answers: Promise<WrittenCohort | null>[];
}

async function finish(state: State): Promise<void> {
  await Promise.allSettled(state.answers);
  if (state.cause !== null) throw new ProblemError(state.cause);
}

function stopAll(state: State): void {
  for (const port of state.ports) port.postMessage("stop");
  state.flight.end();
}

function begin(
  { name, schema, batches }: FileToWrite,
  { folder, format, onRows }: Writing,
  state: State,
): { readonly handing: Promise<void>; readonly written: Promise<WrittenCohort | null> } {
  const { port1: ours, port2: port } = new MessageChannel();
  state.ports.add(ours);
  const sizes: number[] = [];
  ours.on("message", (rows: number) => {
    state.flight.landed(sizes.shift() ?? 0);
    onRows(rows);
  });
  const task = { path: join(folder, name), format, schema, port };
  const written = state.workers.run(task, [port]).then((answer) => {
    if (!(answer instanceof Error) && answer.ok) return answer.written;
    state.cause ??=
      answer instanceof Error
        ? [problem("cohort-worker-died", { file: name, reason: answer.message })]
        : answer.problems;
    stopAll(state);
    return null;
  });
  // A bug in one ends the others too; it is thrown when its turn comes.
  written.catch(() => {
    stopAll(state);
  });
  state.answers.push(written);
  return { handing: handOver(batches, ours, { state, sizes }), written };
}

async function handOver(
  batches: FileToWrite["batches"],
  port: MessagePort,
  { state, sizes }: { readonly state: State; readonly sizes: number[] },
): Promise<void> {
  const hand = batchHander();
  try {
    for await (const batch of batches) {
      if (state.flight.isEnded()) return;
      const handed = hand(batch);
      const buffers = buffersOf(handed);
      const bytes = buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
      sizes.push(bytes);
      port.postMessage(handed, buffers);
      await state.flight.depart(bytes);
    }
    port.postMessage("end");
  } catch (error) {
    port.postMessage("stop");
    throw error;
  }
}

interface Flight {
  /** Waits while too much is under way. */
  readonly depart: (bytes: number) => Promise<void>;
  readonly landed: (bytes: number) => void;
  /** Nobody waits any more. */
  readonly end: () => void;
  readonly isEnded: () => boolean;
}

function inFlight(): Flight {
  let [bytes, isEnded] = [0, false];
  let wake: () => void = () => undefined;
  return {
    depart: async (more) => {
      bytes += more;
      while (bytes > BYTES_IN_FLIGHT && !isEnded) {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    landed: (less) => {
      bytes -= less;
      wake();
    },
    end: () => {
      isEnded = true;
      wake();
    },
    isEnded: () => isEnded,
  };
}

/** Rows of all files together below which starting threads would cost more than they save. */
const THREADS_FROM = 500_000;

type Batches = AsyncGenerator<CohortBatch, void>;

/** As many as tell whether threads pay for so many files of the same kind; all of them again in what it gives. */
export async function firstBatches(
  batches: Batches,
  files: number,
): Promise<{ readonly batches: Batches; readonly areAll: boolean }> {
  const held: CohortBatch[] = [];
  let rows = 0;
  while (rows * files < THREADS_FROM) {
    const next = await batches.next();
    if (next.done === true) return { batches: inTurn(held), areAll: true };
    held.push(next.value);
    rows += next.value.rows;
  }
  return { batches: inTurn(held, batches), areAll: false };
}

async function* inTurn(held: readonly CohortBatch[], rest?: Batches): Batches {
  yield* held;
  if (rest !== undefined) yield* rest;
}
