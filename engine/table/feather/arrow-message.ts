/** The message in front of a batch: how many rows, and where the buffers of its columns are. */
import { byteField, longAt, longField, rootTable, structList, tableField } from "./flat-table.ts";
import type { FlatTable } from "./flat-table.ts";

export type Codec = "none" | "lz4" | "zstd" | "unknown";

/** A range of bytes of the body. */
export interface Region {
  readonly offset: number;
  readonly length: number;
}

export interface BatchHeader {
  readonly rows: number;
  /** One for each column and each of its children, in order. */
  readonly nodes: readonly { readonly length: number; readonly missing: number }[];
  readonly regions: readonly Region[];
  readonly codec: Codec;
  /** For each column of text views, how many buffers of text it has. */
  readonly viewBuffers: readonly number[];
}

export interface DictionaryHeader {
  readonly id: number;
  /** Adds to what stood before, instead of replacing it. */
  readonly delta: boolean;
  readonly batch: BatchHeader;
}

const DICTIONARY = 2;
const RECORDS = 3;

/** Throws a RangeError where the bytes are not such a message. */
export function readBatchHeader(message: Uint8Array): BatchHeader {
  return batchHeader(headerOf(message, RECORDS));
}

/** As `readBatchHeader`. */
export function readDictionaryHeader(message: Uint8Array): DictionaryHeader {
  const header = headerOf(message, DICTIONARY);
  const batch = tableField(header, 1);
  if (batch === null) throw new RangeError("a dictionary without values");
  return { id: longField(header, 0), delta: byteField(header, 2) !== 0, batch: batchHeader(batch) };
}

/** Since Arrow 0.15 four bytes of ones stand before the length. */
const CONTINUATION = 0xffffffff;

function headerOf(message: Uint8Array, kind: number): FlatTable {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const root = rootTable(message.subarray(view.getUint32(0, true) === CONTINUATION ? 8 : 4));
  const header = tableField(root, 2);
  if (header === null || byteField(root, 1) !== kind) throw new RangeError("another message");
  return header;
}

function batchHeader(batch: FlatTable): BatchHeader {
  const { bytes } = batch;
  const pairs = (field: number): (readonly [number, number])[] =>
    structList(batch, field, 16).map((place) => [longAt(bytes, place), longAt(bytes, place + 8)]);
  return {
    rows: longField(batch, 0),
    nodes: pairs(1).map(([length, missing]) => ({ length, missing })),
    regions: pairs(2).map(([offset, length]) => ({ offset, length })),
    codec: codecOf(tableField(batch, 3)),
    viewBuffers: structList(batch, 4, 8).map((place) => longAt(bytes, place)),
  };
}

function codecOf(compression: FlatTable | null): Codec {
  if (compression === null) return "none";
  switch (byteField(compression, 0)) {
    case 0:
      return "lz4";
    case 1:
      return "zstd";
    default:
      return "unknown";
  }
}
