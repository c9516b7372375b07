/** What a file format must be able to do to hold cohorts. */
import type { AtomicFile } from "./atomic-file.ts";
import type { CohortReading, WantedColumns } from "./cohort-reader.ts";
import type { CohortBatch, CohortSchema } from "./cohort-schema.ts";

export interface CohortRows {
  readonly schema: CohortSchema;
  readonly batches: AsyncIterable<CohortBatch> | Iterable<CohortBatch>;
}

export interface TableFormat {
  /** Writes all rows; the caller commits the file, or abandons it if this throws. */
  write(file: Pick<AtomicFile, "write">, cohort: CohortRows): Promise<void>;
  readHeader(path: string): Promise<readonly string[]>;
  read(path: string, wanted: WantedColumns): Promise<CohortReading>;
}
