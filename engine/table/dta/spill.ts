/** Rows put aside in a file beside the one being written, to be gone through again. */
import { open, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

import { flush, outBytes, putBytes } from "../csv/out-bytes.ts";
import type { OutBytes } from "../csv/out-bytes.ts";
import { failForFile } from "../../files/file-problem.ts";
import type { CohortSink } from "../table-format.ts";
import { moveOn, need, openDtaCursor } from "./dta-cursor.ts";
import type { DtaCursor } from "./dta-cursor.ts";
import { bytesOf } from "./stored-column.ts";

/** Some rows; one piece of bytes for each column. */
export interface SpilledChunk {
  readonly rows: number;
  readonly columns: readonly Uint8Array[];
}

export interface Spill {
  /** Each column in parts that belong together. */
  add(rows: number, columns: readonly (readonly Uint8Array[])[]): Promise<void>;
  /** From the first, as often as wanted; each chunk holds until the next. No `add` afterwards. */
  chunks(): AsyncGenerator<SpilledChunk>;
  /** Removes the file. */
  discard(): Promise<void>;
}

/**
 * Memory holds one chunk, however many there are. What a killed process leaves is swept like any
 * unfinished file. Problems name the file: disk-full, file-access-refused and kin.
 */
export async function openSpill(file: CohortSink, columnCount: number): Promise<Spill> {
  const { path } = file;
  const aside = file.besidePath();
  const handle = await open(aside, "wx").catch((error: unknown) =>
    failForFile(error, path, "write"),
  );
  const out = outBytes();
  const save = (all: boolean): Promise<void> =>
    flush(out, { write: (bytes) => writeAll(handle, bytes) }, all).catch((error: unknown) =>
      failForFile(error, path, "write"),
    );
  let chunks = 0;
  return {
    add: async (rows, columns) => {
      chunks++;
      putChunk(out, rows, columns);
      await save(false);
    },
    chunks: async function* () {
      await save(true);
      yield* chunksOf(aside, columnCount, chunks);
    },
    discard: async () => {
      await handle.close();
      await rm(aside, { force: true });
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

/** The number of rows, the length of each column, then the columns. */
function putChunk(out: OutBytes, rows: number, columns: readonly (readonly Uint8Array[])[]): void {
  const lengths = columns.map((parts) => parts.reduce((sum, { length }) => sum + length, 0));
  putBytes(out, bytesOf(Uint32Array.of(rows, ...lengths)));
  for (const part of columns.flat()) putBytes(out, part);
}

async function* chunksOf(
  file: string,
  columnCount: number,
  chunks: number,
): AsyncGenerator<SpilledChunk> {
  const cursor = await openDtaCursor({ file, gzip: false });
  try {
    for (let done = 0; done < chunks; done++) yield await nextChunk(cursor, columnCount);
  } finally {
    await cursor.source.close();
  }
}

async function nextChunk(cursor: DtaCursor, columnCount: number): Promise<SpilledChunk> {
  const headerBytes = 4 * (columnCount + 1);
  await need(cursor, headerBytes, "what was put aside");
  const header = cursor.bytes.slice(cursor.from, cursor.from + headerBytes);
  const [rows = 0, ...lengths] = new Uint32Array(header.buffer);
  moveOn(cursor, headerBytes);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  await need(cursor, total, "what was put aside");
  const columns = lengths.map((length) => {
    const bytes = cursor.bytes.subarray(cursor.from, cursor.from + length);
    moveOn(cursor, length);
    return bytes;
  });
  return { rows, columns };
}
