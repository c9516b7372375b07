/** Rows whose errors are told as what they mean to the person who runs a study. */
import type { CohortBatch } from "../../table/cohort-schema.ts";

export async function* withProblems(
  batches: AsyncIterable<CohortBatch>,
  fail: (error: unknown) => Promise<never>,
): AsyncGenerator<CohortBatch> {
  try {
    yield* batches;
  } catch (error) {
    await fail(error);
  }
}
