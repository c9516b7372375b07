/** Who the dummy patients are. */
import { TWO_TO_32, randomStream } from "./random-stream.ts";

/** Ids are spread so thin that they do not look like row numbers. spec/dummy.md 10. */
const SPREAD = 10;

/**
 * `patients` distinct whole numbers from 0 to 10 * patients - 1, ascending, every such set equally
 * likely; decided by the seed and the number of patients alone.
 */
export function patientIds(seed: string, patients: number): Float64Array {
  const next = randomStream([seed, "patient_id", String(patients)]);
  const ids = new Float64Array(patients);
  const candidates = SPREAD * patients;
  let found = 0;
  for (let id = 0; found < patients; id++) {
    if (next() * (candidates - id) < (patients - found) * TWO_TO_32) ids[found++] = id;
  }
  return ids;
}
