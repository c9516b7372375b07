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
  let last: PatientId = -Infinity;
  for await (const batch of batches) {
    last = lastAscending(patientIds(batch), last, file);
    yield batch;
    onBatch(batch.rows);
  }
}

/** A number of a cohort whose ids all fit in one, otherwise a bigint: of one cohort all are of one kind. */
type PatientId = number | bigint;

function patientIds({ rows, columns }: CohortBatch): Float64Array | BigInt64Array {
  const first = columns[0];
  if (first?.type === "int" || first?.type === "long") return first.values.subarray(0, rows);
  throw new Error("the first column of a cohort is patient_id, an int");
}

function lastAscending(ids: Iterable<PatientId>, before: PatientId, file: string): PatientId {
  let last = before;
  for (const id of ids) {
    if (id === last) fail("duplicate-patients", { file });
    // Rows out of order would hide a patient who comes again later.
    if (!(id > last)) throw new Error("rows of a cohort must ascend by patient_id");
    last = id;
  }
  return last;
}
