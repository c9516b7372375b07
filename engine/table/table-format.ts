/** What a file format must be able to do to hold cohorts. */
import type { AtomicFile } from "../files/atomic-file.ts";
import type { CountedFile, GroupsAsked } from "./cohort-groups.ts";
import type { CohortReading, WantedColumns } from "./cohort-reader.ts";
import type { CohortBatch, CohortSchema } from "./cohort-schema.ts";
import type { WholeAs, WholeCohort } from "./whole-cohort.ts";

export interface CohortRows {
  readonly schema: CohortSchema;
  readonly batches: AsyncIterable<CohortBatch> | Iterable<CohortBatch>;
}

/** A row of a table that is read cell by cell. */
export interface TableRow {
  /** The header is row 1; blank lines are left out but count. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** What a writer of a format may do with the file; `path` is for problems. */
export type CohortSink = Pick<AtomicFile, "write" | "path" | "besidePath">;

export interface TableFormat {
  /** Writes all rows; the caller commits the file, or abandons it if this throws. */
  write(file: CohortSink, cohort: CohortRows): Promise<void>;
  readHeader(path: string): Promise<readonly string[]>;
  read(path: string, wanted: WantedColumns): Promise<CohortReading>;
  /** See `countCohort`; absent where nothing counts faster than who reads the rows. */
  readonly count?: (path: string, asked: GroupsAsked) => Promise<CountedFile | null>;
  /** See `WholeCohort`. */
  whole(path: string, as: WholeAs): Promise<WholeCohort>;
  /** Header first; for `numbers` see `readTable`. */
  readRows(path: string, numbers: ReadonlySet<string>): AsyncIterable<TableRow>;
}
