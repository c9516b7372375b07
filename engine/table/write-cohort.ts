/** Writing a cohort file of any format. */
import type { CohortFormat } from "../base/file-names.ts";
import type { WrittenFile } from "../files/atomic-file.ts";
import type { CohortBatch, CohortSchema } from "./cohort-schema.ts";
import { inPatientOrder } from "./patient-order.ts";
import { writeTable } from "./write-table.ts";

export interface CohortToWrite {
  readonly path: string;
  readonly format: CohortFormat;
  readonly schema: CohortSchema;
  readonly batches: AsyncIterable<CohortBatch> | Iterable<CohortBatch>;
  /** Hears the number of rows taken so far, after each batch. */
  readonly onRows?: (rows: number) => void;
}

export interface WrittenCohort extends WrittenFile {
  readonly rows: number;
}

/**
 * Writes one cohort; the file gets its name only when it is complete and no patient is in it twice.
 * Problems: duplicate-patients, and those
 * of `writeTable`; after any of them nothing is left under the name.
 */
export async function writeCohort(cohort: CohortToWrite): Promise<WrittenCohort> {
  const { path, schema, format, onRows } = cohort;
  let rows = 0;
  const count = (batch: number): void => {
    rows += batch;
    onRows?.(rows);
  };
  const batches = inPatientOrder(cohort.batches, path, count);
  const written = await writeTable({ path, format, schema, batches });
  return { rows, ...written };
}
