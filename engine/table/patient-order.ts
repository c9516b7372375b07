/** The check that every patient has one row, made while the rows go by. */
import { fail } from "./problems.ts";
import type { CohortBatch } from "./cohort-schema.ts";

/**
 * The same batches, whose ids (the first column) must ascend. Problem: duplicate-patients, naming
 * the file and never the id. `onBatch` hears the number of rows of each batch once it was used.
 */
export async function* inPatientOrder(
  batches: AsyncIterable<CohortBatch> | Iterable<CohortBatch>,
  file: string,
  onBatch: (rows: number) => void,
): AsyncGenerator<CohortBatch> {
  let last = -Infinity;
  for await (const batch of batches) {
    last = lastAscending(patientIds(batch), last, file);
    yield batch;
    onBatch(batch.rows);
  }
}

function patientIds({ rows, columns }: CohortBatch): Float64Array {
  const first = columns[0];
  if (first?.type !== "int") throw new Error("the first column of a cohort is patient_id, an int");
  return first.values.subarray(0, rows);
}

function lastAscending(ids: Float64Array, before: number, file: string): number {
  let last = before;
  for (const id of ids) {
    if (id === last) fail("duplicate-patients", { file });
    // Rows out of order would hide a patient who comes again later.
    if (!(id > last)) throw new Error("rows of a cohort must ascend by patient_id");
    last = id;
  }
  return last;
}
