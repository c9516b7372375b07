/** What a file format must be able to do to hold cohorts. */
import type { AtomicFile } from "../files/atomic-file.ts";
import type { AskGroups, CountedFile } from "./cohort-groups.ts";
import type { CohortReading, WantedColumns } from "./cohort-reader.ts";
import type { CohortBatch, CohortSchema } from "./cohort-schema.ts";
import type { WholeAs, WholeCohort } from "./whole-cohort.ts";

export interface CohortRows {
  readonly schema: CohortSchema;
  readonly batches: AsyncIterable<CohortBatch> | Iterable<CohortBatch>;
}

/** Work on pieces of one file that other threads can do. */
export interface PieceWork {
  /** Pieces begun at once. */
  readonly most: number;
  /** What `encoder` makes of a batch. */
  readonly encode: (schema: CohortSchema, batch: CohortBatch) => Promise<Uint8Array>;
  /** What `packedPart` makes of a part of a gzip stream. */
  readonly pack: (part: Uint8Array, before: Uint8Array | null) => Promise<Uint8Array>;
}

/** Rows of a file that are encoded without each other, and put one behind the other. */
export interface PiecesFormat {
  encoder(schema: CohortSchema): (batch: CohortBatch) => Uint8Array;
  /** The same bytes as `write` makes of the batches. */
  write(
    file: CohortSink,
    schema: CohortSchema,
    pieces: AsyncIterable<Uint8Array>,
    work: PieceWork,
  ): Promise<void>;
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
  /** Absent where rows cannot be encoded without those before them. */
  readonly pieces?: PiecesFormat;
  readHeader(path: string): Promise<readonly string[]>;
  read(path: string, wanted: WantedColumns): Promise<CohortReading>;
  /** See `countCohort`; absent where nothing counts faster than who reads the rows. */
  readonly count?: (path: string, ask: AskGroups, threads: number) => Promise<CountedFile | null>;
  /** See `WholeCohort`. */
  whole(path: string, as: WholeAs): Promise<WholeCohort>;
  /** Header first; for `numbers` see `readTable`. */
  readRows(path: string, numbers: ReadonlySet<string>): AsyncIterable<TableRow>;
}
