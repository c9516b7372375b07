/** The cohort file of a supplied csv file, which several threads read and encode. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { CohortFormat } from "../../base/file-names.ts";
import { cohortSchema } from "../../backend/cohort-columns.ts";
import { UNCHECKED, mustBeThose, mustFollow } from "../../backend/supplied-file/supplied-cohort.ts";
import { suppliedKinds } from "../../backend/supplied-file/supplied-columns.ts";
import type { EncodedSupply } from "../../backend/supplied-file/supplied-piece.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { csvPieces } from "../../table/csv/csv-pieces.ts";
import { inOrder } from "../../table/in-order.ts";
import { readTable } from "../../table/read-table.ts";
import { writeEncoded } from "../../table/write-table.ts";
import type { WrittenCohort } from "../../table/write-table.ts";
import { openPieceWorkers } from "./piece-workers.ts";

/** Bytes of a file below which starting threads would cost more than they save: a second of one of them. */
const THREADS_FROM: Partial<Record<CohortFormat, number>> = { csv: 5_000_000, "csv.gz": 1_000_000 };

export interface SuppliedToWrite {
  /** The file given. */
  readonly source: string;
  readonly study: CheckedStudy;
  readonly format: CohortFormat;
  readonly path: string;
  readonly jobs: number;
  /** Bytes of a piece; those of `csvPieces` where absent. */
  readonly pieceBytes?: number;
  /** What the threads run. */
  readonly workerFile?: URL | undefined;
}

/** Whether threads can read the file, and pay. */
export async function paysPieces(
  { source, format, jobs }: SuppliedToWrite,
  from = THREADS_FROM[format] ?? Infinity,
): Promise<boolean> {
  return jobs > 1 && from < Infinity && (await stat(source)).size >= from;
}

/** One for each half of what pays at all: more would hardly have begun. */
async function threadsFor({ source, format, jobs }: SuppliedToWrite): Promise<number> {
  const { size } = await stat(source);
  return Math.min(jobs, Math.max(2, Math.floor((2 * size) / (THREADS_FROM[format] ?? size))));
}

/**
 * The bytes that one thread would write. `onFault` hears of what is wrong with the file given, which is an error then:
 * whatever `validateDummyFile` would refuse, and patients who do not ascend. Problems: those of `writeTable`.
 */
export async function writeSuppliedPieces(
  supplied: SuppliedToWrite,
  onFault: (error: unknown) => void,
): Promise<WrittenCohort> {
  const { path, format, study, workerFile } = supplied;
  const workers = openPieceWorkers({ count: await threadsFor(supplied), file: workerFile });
  const work = workers.workFor(basename(path));
  const count = { rows: 0 };
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const { bytes, rows } of readPieces(supplied, work)) {
        count.rows += rows;
        yield bytes;
      }
    } catch (error) {
      onFault(error);
      throw error;
    }
  }
  try {
    const schema = cohortSchema(study);
    const written = await writeEncoded({ path, format, schema, work, pieces: pieces() });
    return { rows: count.rows, ...written };
  } finally {
    await workers.close();
  }
}

type Work = ReturnType<ReturnType<typeof openPieceWorkers>["workFor"]>;

async function* readPieces(
  { source, study, format, pieceBytes }: SuppliedToWrite,
  work: Work,
): AsyncGenerator<EncodedSupply> {
  const kinds = suppliedKinds(study, source);
  const header = await headerOf(source);
  const fields = kinds.map(({ column }) => header.indexOf(column.name));
  mustBeThose(header, fields);
  const pieces = csvPieces({ file: source, gzip: format === "csv.gz" }, pieceBytes);
  const encoded = inOrder(
    pieces,
    (piece) => work.supplied({ piece, kinds, fields }),
    () => work.most,
  );
  let last = -Infinity;
  for await (const piece of encoded) {
    if (piece === null) throw new Error(UNCHECKED);
    const [first, end] = piece.ends;
    if (piece.rows > 0) {
      mustFollow(last, first);
      last = end;
    }
    yield piece;
  }
}

async function headerOf(source: string): Promise<readonly string[]> {
  for await (const { cells } of readTable(source)) return cells;
  return [];
}
