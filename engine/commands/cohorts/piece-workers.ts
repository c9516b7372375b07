/** Threads that encode pieces of one cohort file side by side. */
import type { SuppliedPiece, EncodedSupply } from "../../backend/supplied-file/supplied-piece.ts";
import type { BatchColumn, CohortBatch } from "../../table/cohort-schema.ts";
import { csvEncoder } from "../../table/csv/csv-writer.ts";
import { packBeside } from "../../table/csv/gzip-sink.ts";
import type { PieceWork } from "../../table/table-format.ts";
import { openWorkers } from "../../workers/workers.ts";
import type { Workers } from "../../workers/workers.ts";
import { fail } from "../problems.ts";
import type { PieceAnswer, PieceTask } from "./encode-piece.ts";
import { buffersOf, firstRows } from "./handed-batches.ts";

export interface PieceWorkers {
  /** Of one file, whose name a problem tells. Problem: cohort-worker-died. */
  readonly workFor: (file: string) => PieceWork & {
    /** See `encodePiece`. */
    readonly supplied: (piece: SuppliedPiece) => Promise<EncodedSupply | null>;
  };
  /** Ends threads that still work. */
  readonly close: () => Promise<void>;
}

// Built, all entry files lie in one folder: the worker stands beside whatever chunk this became.
const WORKER_FILE = new URL(
  import.meta.url.endsWith(".ts") ? "./encode-piece.ts" : "./encode-piece.js",
  import.meta.url,
);

export interface PieceWorkersToOpen {
  readonly count: number;
  /** What the threads run. */
  readonly file?: URL | undefined;
  /** Rows that this thread encodes itself, before it starts others. */
  readonly rowsBefore?: number;
}

/** What is encoded and packed in the time that threads take to start. */
const ROWS_BEFORE = 500_000;

/** The same bytes whatever the number of threads. */
export function openPieceWorkers({
  count,
  file = WORKER_FILE,
  rowsBefore = ROWS_BEFORE,
}: PieceWorkersToOpen): PieceWorkers {
  let workers: Workers<PieceTask, PieceAnswer> | null = null;
  let rows = 0;
  const isEarly = (): boolean => workers === null && rows < rowsBefore;
  return {
    workFor: (name) => {
      const run = async (task: PieceTask, moved: ArrayBuffer[] = []): Promise<PieceAnswer> => {
        workers ??= openWorkers({ count, file, name: "encodePiece" });
        const answer = await workers.run(task, moved);
        if (!(answer instanceof Error)) return answer;
        return fail("cohort-worker-died", { file: name, reason: answer.message });
      };
      const bytes = async (task: PieceTask, moved?: ArrayBuffer[]): Promise<Uint8Array> =>
        (await run(task, moved)) as Uint8Array;
      return {
        // One for each thread, and one that waits, so that none ever does.
        most: 2 * count,
        encode: (schema, batch) => {
          rows += batch.rows;
          if (isEarly()) return Promise.resolve(csvEncoder(schema)(batch));
          const own = alone(batch);
          return bytes({ kind: "rows", schema, batch: own }, buffersOf(own));
        },
        pack: (part, before) =>
          isEarly() ? packBeside(part, before) : bytes({ kind: "part", part, before }),
        supplied: async (piece) => (await run({ kind: "supplied", piece })) as EncodedSupply | null,
      };
    },
    close: async () => {
      await workers?.close();
    },
  };
}

/** A batch with no more words, and no more of its arrays, than its rows need: its arrays move to a thread, its words are copied. */
function alone({ rows, columns }: CohortBatch): CohortBatch {
  return { rows, columns: columns.map((column) => columnAlone(column, rows)) };
}

function columnAlone(column: BatchColumn, rows: number): BatchColumn {
  return column.type === "str" ? wordsAlone(column, rows) : firstRows(column, rows);
}

/** Fewer words than rows may all be needed. */
function wordsAlone(
  column: Extract<BatchColumn, { type: "str" }>,
  rows: number,
): Extract<BatchColumn, { type: "str" }> {
  const codes = column.codes.slice(0, rows);
  if (column.values.length <= rows) return { type: "str", codes, values: column.values };
  const values: string[] = [];
  const known = new Map<number, number>();
  codes.forEach((code, row) => {
    const own = known.get(code) ?? values.push(column.values[code] ?? "") - 1;
    known.set(code, own);
    codes[row] = own;
  });
  return { type: "str", codes, values };
}
