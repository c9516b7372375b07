/** A cohort file read whole: every column with the type that the file gives it. */
import type { CohortBatch, CohortSchema } from "./cohort-schema.ts";
import { findColumns } from "./csv/csv-header.ts";
import { fail } from "./problems.ts";

/** `texts` are the cells as csv has them; of a csv file there is nothing else. */
export type WholeAs = "types" | "texts";

export interface WholeCohort {
  /** `patient_id` first, then all other columns in the order of the file. */
  readonly schema: CohortSchema;
  /** In the order of the file; arrays are reused by the next batch, texts are not. */
  readonly batches: () => AsyncGenerator<CohortBatch, void>;
}

export const PATIENT_ID = "patient_id";

/** The places of all columns, that of `patient_id` first. Problems: missing-file-column, repeated-file-column. */
export function idFirst(file: string, names: readonly string[]): readonly number[] {
  const fieldOf = findColumns(file, names, { numbers: [PATIENT_ID], texts: names });
  const id = fieldOf(PATIENT_ID);
  return [id, ...names.keys()].filter((place, at) => at === 0 || place !== id);
}

/** Problem: patient-id-not-whole. `first` is the number of the first row. */
export function mustBeIds(
  ids: Float64Array,
  { file, rows, first }: { readonly file: string; readonly rows: number; readonly first: number },
): void {
  for (let at = 0; at < rows; at++) {
    if (!Number.isSafeInteger(ids[at])) fail("patient-id-not-whole", { file, row: first + at });
  }
}
