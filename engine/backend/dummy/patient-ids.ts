/** Who the dummy patients are. */
import { chooseExactly } from "./choose-exactly.ts";
import { randomStream } from "./random-stream.ts";

/** Ids are spread so thin that they do not look like row numbers. */
const SPREAD = 10;

/**
 * `patients` distinct whole numbers from 0 to 10 * patients - 1, ascending, every such set equally
 * likely; decided by the seed and the number of patients alone.
 */
export function patientIds(seed: string, patients: number): Float64Array {
  const stream = randomStream([seed, "patient_id", String(patients)]);
  const chosen = chooseExactly(stream, patients, SPREAD * patients);
  const ids = new Float64Array(patients);
  let found = 0;
  chosen.forEach((isChosen, id) => {
    if (isChosen === 1) ids[found++] = id;
  });
  return ids;
}
