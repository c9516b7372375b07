/** What a thread does that writes one cohort whose rows another thread reads. */
import type { MessagePort } from "node:worker_threads";
import type { CohortFormat } from "../../base/file-names.ts";
import { ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { CohortBatch, CohortSchema } from "../../table/cohort-schema.ts";
import { writeCohort } from "../../table/write-table.ts";
import type { WrittenCohort } from "../../table/write-table.ts";
import { fail } from "../problems.ts";
import { handedBatches } from "./handed-batches.ts";

export interface WriteTask {
  /** Absolute. */
  readonly path: string;
  readonly format: CohortFormat;
  readonly schema: CohortSchema;
  /** Brings the batches; hears of each that is written how many rows it had. */
  readonly port: MessagePort;
}

export type WriteAnswer =
  | { readonly ok: true; readonly written: WrittenCohort }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The same bytes as in the main thread. A problem, or a stop, leaves no file. */
export async function writeCohortFile(task: WriteTask): Promise<WriteAnswer> {
  const { path, format, schema, port } = task;
  try {
    const batches = untilStopped(handedBatches(port));
    return { ok: true, written: await writeCohort({ path, format, schema, batches }) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ok: false, problems: error.problems };
  } finally {
    port.close();
  }
}

async function* untilStopped(
  batches: AsyncIterable<CohortBatch | "stop">,
): AsyncGenerator<CohortBatch> {
  for await (const batch of batches) {
    if (batch === "stop") return fail("interrupted", { finished: 0 });
    yield batch;
  }
}
