/** A cohort of which every row can be told by its id. */
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortBatch } from "../../engine/table/cohort-schema.ts";

/**
 * Patients first … last, with the columns patient_id, a flag, a float, a text and a date: every third has the
 * flag, every fourth no text, every fifth no date. One word of the list is nobody's.
 */
export function patients(first: number, last: number): CohortBatch {
  const ids = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return {
    rows: ids.length,
    columns: [
      { type: "int", values: Float64Array.from(ids) },
      { type: "bool", values: Uint8Array.from(ids, (id) => (id % 3 === 0 ? 1 : 0)) },
      { type: "float", values: Float64Array.from(ids, (id) => id / 8) },
      {
        type: "str",
        codes: Uint32Array.from(ids, (id) => id % 4),
        values: ["", "F", "M", "I", "?"],
      },
      { type: "date", values: Int32Array.from(ids, (id) => (id % 5 === 0 ? NO_DATE : id)) },
    ],
  };
}
