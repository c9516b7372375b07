/** The rows of a Stata file, some at a time, and the proof that it goes on to its end. */
import type { CsvFile } from "../csv/byte-source.ts";
import { expectEnd, expectTag, moveOn, need, openDtaCursor, skipTo } from "./dta-cursor.ts";
import type { DtaCursor } from "./dta-cursor.ts";
import { readDtaHeader } from "./dta-header.ts";
import type { DtaHeader } from "./dta-header.ts";
import { MAP } from "./dta-layout.ts";

/** Consecutive rows in memory, until the next ones are asked for. */
export interface DtaStripe {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Of the first byte of the first row. */
  readonly at: number;
  /** Bytes of a row. */
  readonly stride: number;
  readonly rows: number;
  /** Number of the first row for problems; the header counts as row 1. */
  readonly firstRow: number;
}

/** The most rows of a stripe. */
export const STRIPE_ROWS = 16_384;

const STRIPE_BYTES = 1 << 20;

/** Reads up to the rows. Problems: not-a-stata-file, broken-stata-file, those of the file system. */
export async function dtaHeaderOf(file: CsvFile): Promise<DtaHeader> {
  const cursor = await openDtaCursor(file);
  try {
    return await readDtaHeader(cursor);
  } finally {
    await cursor.source.close();
  }
}

/** A file whose header was read; whoever opened it closes it. */
export interface DtaRows {
  readonly header: DtaHeader;
  /** To be gone through once. */
  readonly stripes: AsyncIterable<DtaStripe>;
  readonly close: () => Promise<void>;
}

/** Problems here or while going through: not-a-stata-file, broken-stata-file, broken-gzip. */
export async function openDtaRows(file: CsvFile): Promise<DtaRows> {
  const cursor = await openDtaCursor(file);
  try {
    const header = await readDtaHeader(cursor);
    return { header, stripes: stripesOf(cursor, header), close: () => cursor.source.close() };
  } catch (error) {
    await cursor.source.close();
    throw error;
  }
}

async function* stripesOf(cursor: DtaCursor, header: DtaHeader): AsyncGenerator<DtaStripe> {
  const { rows, rowBytes: stride } = header;
  const most = Math.max(1, Math.min(STRIPE_ROWS, Math.floor(STRIPE_BYTES / Math.max(1, stride))));
  for (let done = 0; done < rows; done += most) {
    const count = Math.min(most, rows - done);
    await need(cursor, count * stride, "its rows");
    const { bytes, view, from: at } = cursor;
    yield { bytes, view, at, stride, rows: count, firstRow: done + 2 };
    moveOn(cursor, count * stride);
  }
  await readToEnd(cursor, header);
}

async function readToEnd(cursor: DtaCursor, { map }: DtaHeader): Promise<void> {
  await expectTag(cursor, "</data><strls>");
  await skipTo(cursor, (map[MAP.valueLabels] ?? 0) - "</strls>".length, "its long texts");
  await expectTag(cursor, "</strls><value_labels>");
  await skipTo(cursor, (map[MAP.closing] ?? 0) - "</value_labels>".length, "its value labels");
  await expectTag(cursor, "</value_labels></stata_dta>");
  await skipTo(cursor, map[MAP.end] ?? 0, "its end");
  await expectEnd(cursor);
}
