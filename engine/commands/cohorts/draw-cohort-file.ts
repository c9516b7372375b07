/** What a thread does that draws and writes one dummy cohort. */
import type { MessagePort } from "node:worker_threads";
import type { IsoDate } from "../../base/dates.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { DrawnCohort } from "../../backend/backend.ts";
import { dummyBackend } from "../../backend/dummy/dummy-backend.ts";
import { writeCohort } from "../../table/write-table.ts";
import type { WrittenCohort } from "../../table/write-table.ts";
import { stoppable } from "./stoppable.ts";

export interface DrawTask {
  /** Absolute. */
  readonly path: string;
  readonly format: CohortFormat;
  readonly drawn: DrawnCohort;
  readonly indexDate: IsoDate | null;
  /** Hears the number of rows so far; a message from it stops the work. */
  readonly port: MessagePort;
}

export type DrawAnswer =
  | { readonly ok: true; readonly written: WrittenCohort }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The same bytes as in the main thread. A problem, or a stop, leaves no file. */
export async function drawCohortFile(task: DrawTask): Promise<DrawAnswer> {
  const stop = new AbortController();
  task.port.once("message", () => {
    stop.abort();
  });
  try {
    return { ok: true, written: await draw(task, stop.signal) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ok: false, problems: error.problems };
  } finally {
    task.port.close();
  }
}

async function draw(task: DrawTask, signal: AbortSignal): Promise<WrittenCohort> {
  const { path, format, drawn, indexDate, port } = task;
  for await (const cohort of dummyBackend(drawn.options).cohorts(drawn.study, [indexDate])) {
    const onRows = (rows: number): void => {
      port.postMessage(rows);
    };
    const batches = stoppable(cohort.batches, signal, 0);
    return writeCohort({ path, format, schema: cohort.schema, batches, onRows });
  }
  throw new Error("there is a cohort for each index date");
}
