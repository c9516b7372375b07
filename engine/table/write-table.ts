/** Writing tables of any format: a cohort, or whatever other table. */
import type { CohortFormat } from "../base/file-names.ts";
import { openAtomicFile } from "../files/atomic-file.ts";
import type { WrittenFile } from "../files/atomic-file.ts";
import type { CohortBatch, CohortSchema } from "./cohort-schema.ts";
import { withExactNumbers } from "./exact-numbers.ts";
import { inPatientOrder } from "./patient-order.ts";
import { withShownDays } from "./shown-days.ts";
import type { CohortRows } from "./table-format.ts";
import { tableFormat } from "./table-formats.ts";

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

export interface TableToWrite extends CohortRows {
  readonly path: string;
  readonly format: CohortFormat;
}

/**
 * The file gets its name only when it is complete. Of a date no more is written than its column shows. Problems: those of `openAtomicFile`, number-too-large
 * and of Stata files stata-number; after any of them nothing is left under the name.
 */
export async function writeTable(table: TableToWrite): Promise<WrittenFile> {
  const { path, format, schema } = table;
  const batches = withShownDays(schema, withExactNumbers(path, schema, table.batches));
  const file = await openAtomicFile(path);
  try {
    await tableFormat(format).write(file, { schema, batches });
    return await file.commit();
  } finally {
    await file.abandon();
  }
}
