/** Dummy cohorts of several index dates, each drawn and written by a thread of its own. */
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import type { CohortFormat } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { Cohort, DrawnCohort } from "../../backend/backend.ts";
import { removeOwnPartials } from "../../files/sweep-partials.ts";
import type { WrittenCohort } from "../../table/write-table.ts";
import { openWorkers } from "../../workers/workers.ts";
import type { Workers } from "../../workers/workers.ts";
import { problem } from "../problems.ts";
import type { DrawAnswer, DrawTask } from "./draw-cohort-file.ts";

export interface FileToDraw {
  readonly name: string;
  readonly indexDate: IsoDate | null;
  readonly drawn: DrawnCohort;
}

export interface Drawing {
  readonly folder: string;
  readonly format: CohortFormat;
  /** Files drawn at once. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Hears of rows as they are written, in whatever file. */
  readonly onRows: (rows: number) => void;
  /** Hears of each file that is complete, in the order of the files. */
  readonly onWritten: (place: number, written: WrittenCohort) => Promise<void>;
  /** What the threads run. */
  readonly workerFile?: URL;
}

// Built, all entry files lie in one folder: the worker stands beside whatever chunk this became.
const WORKER_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./draw-cohort-file.ts" : "./draw-cohort-file.js",
  import.meta.url,
);

/** Rows of all files together below which starting threads would cost more than they save. */
const THREADS_FROM = 500_000;

/** Whether threads pay for so many of these cohorts, and can draw them. */
export function paysThreads({ drawn, rows = 0 }: Cohort, files: number, jobs: number): boolean {
  return drawn !== undefined && jobs > 1 && files > 1 && rows * files >= THREADS_FROM;
}

/**
 * The same bytes whatever the number of threads. After a problem, or the signal, files that are complete
 * stay and are told of, the others are abandoned. Problems: those of `writeCohort`, interrupted,
 * cohort-worker-died.
 */
export async function drawSideBySide(
  files: readonly FileToDraw[],
  drawing: Drawing,
): Promise<void> {
  const { folder, jobs, signal, workerFile: file = WORKER_FILE } = drawing;
  const count = Math.min(jobs, files.length);
  const workers = openWorkers<DrawTask, DrawAnswer>({ count, file, name: "drawCohortFile" });
  const ports: MessagePort[] = [];
  const stop = (): void => {
    for (const port of ports) port.postMessage("stop");
  };
  signal.addEventListener("abort", stop);
  const fate = { cause: null as readonly Problem[] | null, stop };
  const answers = files.map((each) => drawOne(each, drawing, { workers, ports, fate }));
  // A bug in one ends the others too; it is thrown when its turn comes.
  for (const answer of answers) answer.catch(stop);
  if (signal.aborted) stop();
  try {
    for (const [place, answer] of answers.entries()) {
      const written = await answer;
      if (written !== null) await drawing.onWritten(place, written);
    }
    if (fate.cause !== null) throw new ProblemError(fate.cause);
  } finally {
    stop();
    // A thread that is ended while it writes would leave a part.
    await Promise.allSettled(answers);
    signal.removeEventListener("abort", stop);
    for (const port of ports) port.close();
    await workers.close();
    if (fate.cause !== null) await removeOwnPartials(folder);
  }
}

interface Threads {
  readonly workers: Workers<DrawTask, DrawAnswer>;
  readonly ports: MessagePort[];
  /** The first problem ends all others, whose problem is then that they were stopped. */
  readonly fate: { cause: readonly Problem[] | null; readonly stop: () => void };
}

async function drawOne(
  { name, indexDate, drawn }: FileToDraw,
  { folder, format, onRows }: Drawing,
  { workers, ports, fate }: Threads,
): Promise<WrittenCohort | null> {
  const { port1: ours, port2: port } = new MessageChannel();
  ports.push(ours);
  let seen = 0;
  ours.on("message", (rows: number) => {
    onRows(rows - seen);
    seen = rows;
  });
  const task = { path: join(folder, name), format, drawn, indexDate, port };
  const answer = await workers.run(task, [port]);
  if (!(answer instanceof Error) && answer.ok) return answer.written;
  const problems =
    answer instanceof Error
      ? [problem("cohort-worker-died", { file: name, reason: answer.message })]
      : answer.problems;
  fate.cause ??= problems;
  fate.stop();
  return null;
}
