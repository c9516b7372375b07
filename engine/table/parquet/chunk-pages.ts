/** The pages of one column in one row group, unpacked one at a time. */
import { readSync } from "node:fs";

import { fail } from "../../base/problems.ts";
import type { Unpack } from "./page-codecs.ts";
import { readPageHeader } from "./page-header.ts";
import type { PageHeader } from "./page-header.ts";
import type { ColumnChunk } from "./parquet-footer.ts";

/** A page of which the bytes are read. */
export interface Page {
  readonly header: PageHeader;
  /** What follows the header, unpacked; until the next page is read. */
  readonly bytes: Uint8Array;
}

export interface ChunkSource {
  readonly file: string;
  readonly descriptor: number;
  readonly unpackOf: (codec: number) => Unpack;
}

/** What is in memory of the chunk; the room is used again for the next one. */
export interface ChunkBytes {
  readonly source: ChunkSource;
  unpack: Unpack | null;
  room: Uint8Array;
  /** The bytes of the room that are not used yet. */
  from: number;
  to: number;
  /** Where in the file the next bytes are, and how many of the chunk. */
  next: number;
  rest: number;
}

/** Read at once at least, if the chunk has so much. */
const WINDOW = 1 << 16;

/** A longer header would have statistics of texts of a size that nobody writes. */
const LONGEST_HEADER = 1 << 24;

/** A page longer than this is not read. */
const LONGEST = 1 << 29;

export function chunkBytes(source: ChunkSource): ChunkBytes {
  return { source, unpack: null, room: new Uint8Array(0), from: 0, to: 0, next: 0, rest: 0 };
}

export function openChunk(chunk: ChunkBytes, { codec, from, bytes }: ColumnChunk): void {
  chunk.unpack = chunk.source.unpackOf(codec);
  chunk.from = 0;
  chunk.to = 0;
  chunk.next = from;
  chunk.rest = bytes;
}

/** The next page. A RangeError where there is none, or it is damaged. Problem: unsupported-table. */
export function nextPage(chunk: ChunkBytes): Page {
  const header = nextHeader(chunk);
  const { packed, unpacked } = header;
  if (Math.max(packed, unpacked) > LONGEST) {
    fail("unsupported-table", { file: chunk.source.file, what: "pages above 512 MiB" });
  }
  gather(chunk, packed);
  const bytes = chunk.room.subarray(chunk.from, chunk.from + packed);
  chunk.from += packed;
  const { unpack } = chunk;
  if (unpack === null) throw new Error("pages are read of an open chunk");
  return { header, bytes: unpackedBytes(unpack, header, bytes) };
}

function nextHeader(chunk: ChunkBytes): PageHeader {
  for (let length = 1; ; length = 2 * (chunk.to - chunk.from)) {
    gather(chunk, Math.min(length, chunk.to - chunk.from + chunk.rest));
    const inMemory = { bytes: chunk.room.subarray(chunk.from, chunk.to), at: 0 };
    try {
      const header = readPageHeader(inMemory);
      chunk.from += inMemory.at;
      return header;
    } catch (error) {
      // It may only end behind what is in memory.
      if (!(error instanceof RangeError) || chunk.rest === 0) throw error;
      if (inMemory.bytes.length > LONGEST_HEADER) throw error;
    }
  }
}

/** Makes so many bytes lie in the room. */
function gather(chunk: ChunkBytes, length: number): void {
  const have = chunk.to - chunk.from;
  if (have >= length) return;
  if (length > have + chunk.rest) throw new RangeError("a page beyond its chunk");
  const wanted = Math.max(length, Math.min(WINDOW, have + chunk.rest));
  const kept = chunk.room.subarray(chunk.from, chunk.to);
  if (wanted > chunk.room.length) chunk.room = new Uint8Array(wanted);
  chunk.room.set(kept);
  chunk.from = 0;
  chunk.to = have;
  while (chunk.to < wanted) {
    const [at, left] = [chunk.to, wanted - chunk.to];
    // At once: the reader has nothing else to do meanwhile.
    const count = readSync(chunk.source.descriptor, chunk.room, at, left, chunk.next);
    if (count === 0) throw new RangeError("a file that ends too early");
    chunk.to += count;
    chunk.next += count;
    chunk.rest -= count;
  }
}

const NOTHING = new Uint8Array(0);

/** Of the newer pages only the values are packed, if at all. */
function unpackedBytes(
  unpack: Unpack,
  { levels, unpacked }: PageHeader,
  bytes: Uint8Array,
): Uint8Array {
  if (levels === null) return unpacked === 0 ? NOTHING : unpack(bytes, unpacked);
  const front = levels.repetitionBytes + levels.definitionBytes;
  if (front > bytes.length || front > unpacked) throw new RangeError("levels beyond their page");
  const values = bytes.subarray(front);
  if (!levels.valuesPacked || unpacked === front) {
    if (bytes.length !== unpacked && unpacked !== front) throw new RangeError("a page too long");
    return bytes.subarray(0, unpacked);
  }
  const plain = unpack(values, unpacked - front);
  const whole = new Uint8Array(unpacked);
  whole.set(bytes.subarray(0, front));
  whole.set(plain, front);
  return whole;
}
