/** The measure files of a folder, read for their pictures, several at a time where they are large. */
import { statSync } from "node:fs";
import { ProblemError } from "../../base/problems.ts";
import type { ReadMeasure } from "../../charts/measure-chart.ts";
import { mapWithConcurrency } from "../../measures/map-with-concurrency.ts";
import { usableCores } from "../../workers/usable-cores.ts";
import { openWorkers } from "../../workers/workers.ts";
import type { RunContext } from "../context.ts";
import { fail } from "../problems.ts";
import type { MeasureFile } from "./measure-files.ts";
import type { PictureAnswer } from "./picture-of-file.ts";

/** Bytes of all files below which starting threads would cost more than they save. */
const THREADS_FROM = 1 << 25;

/** A thread holds the largest file's figures: more threads than this would need more memory than they save time. */
const MOST_THREADS = 8;

// Built, all entry files lie in one folder: the worker stands beside whatever chunk this became.
const WORKER_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./picture-of-file.ts" : "./picture-of-file.js",
  import.meta.url,
);

export interface Threads {
  /** Bytes of all files. */
  readonly from: number;
  readonly workerFile: URL;
}

/** Without those of which nothing is drawn. Problems, of all files: those of `readPicture`, picture-worker-died. */
export async function readPictures(
  files: readonly MeasureFile[],
  { reporter }: Pick<RunContext, "reporter">,
  threads: Threads = { from: THREADS_FROM, workerFile: WORKER_FILE },
): Promise<readonly ReadMeasure[]> {
  const progress = reporter.progress({ label: "Reading", unit: "files", total: files.length });
  const { read, close, lanes } = readers(files, threads);
  try {
    const answers = await mapWithConcurrency(lanes, files, async (file) => {
      const answer = await read(file);
      progress.advance(1);
      return answer;
    });
    for (const { warnings } of answers) {
      for (const warning of warnings) reporter.report({ kind: "warning", problem: warning });
    }
    const problems = answers.flatMap((answer) => answer.problems);
    if (problems.length > 0) throw new ProblemError(problems);
    return answers.flatMap(({ picture }) => picture ?? []);
  } finally {
    progress.end();
    await close();
  }
}

interface Readers {
  readonly lanes: number;
  readonly read: (file: MeasureFile) => Promise<PictureAnswer>;
  readonly close: () => Promise<void>;
}

function readers(files: readonly MeasureFile[], threads: Threads): Readers {
  const lanes = Math.min(usableCores(), files.length, MOST_THREADS);
  const bytes = files.reduce((sum, { path }) => sum + sizeOf(path), 0);
  if (lanes < 2 || bytes < threads.from) {
    const read = async (file: MeasureFile): Promise<PictureAnswer> =>
      (await import("./picture-of-file.ts")).pictureOfFile(file);
    return { lanes: 1, read, close: () => Promise.resolve() };
  }
  const workers = openWorkers<MeasureFile, PictureAnswer>({
    ...{ count: lanes, file: threads.workerFile, name: "pictureOfFile" },
  });
  const read = async (file: MeasureFile): Promise<PictureAnswer> => {
    const answer = await workers.run(file);
    if (!(answer instanceof Error)) return answer;
    return fail("picture-worker-died", { file: file.file, reason: answer.message });
  };
  return { lanes, read, close: workers.close };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
