/** Batches of a cohort between which a command can be stopped. */
import type { CohortBatch } from "../../table/cohort-schema.ts";
import { fail } from "../problems.ts";

/**
 * Between batches is where a run can stop without loss: the file in hand is abandoned. Problem: interrupted.
 */
export async function* stoppable(
  batches: AsyncIterable<CohortBatch> | Iterable<CohortBatch>,
  signal: AbortSignal,
  finished: number,
): AsyncGenerator<CohortBatch, void> {
  for await (const batch of batches) {
    // Batches may be ready at once; a signal handler needs a turn of the event loop to run.
    await new Promise(setImmediate);
    if (signal.aborted) fail("interrupted", { finished });
    yield batch;
  }
}
