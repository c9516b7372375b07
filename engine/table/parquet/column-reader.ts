/** One column of a parquet file, read row group after row group. */
import { fail } from "../../base/problems.ts";
import type { TypedValues } from "../columns/typed-table.ts";
import { nextPage, openChunk } from "./chunk-pages.ts";
import type { ChunkBytes, Page } from "./chunk-pages.ts";
import { PLAIN, PLAIN_DICTIONARY, RUNS } from "./encodings.ts";
import { levelsAreDone, levelsBetween, readLevels, spread } from "./missing-levels.ts";
import type { Levels } from "./missing-levels.ts";
import type { PageHeader } from "./page-header.ts";
import type { ColumnChunk } from "./parquet-footer.ts";
import type { ValueDecoder } from "./value-decoder.ts";

export interface ColumnReader {
  /** The rows of a row group come next. */
  open(chunk: ColumnChunk): void;
  /** The next rows, at most as many as a block has; the array is used again. */
  read(rows: number): TypedValues;
}

interface ColumnState {
  readonly chunk: ChunkBytes;
  readonly decoder: ValueDecoder;
  readonly optional: boolean;
  /** Which rows of a block have a value. */
  readonly mask: Int32Array;
  /** Of the row group. */
  rowsLeft: number;
  /** Of the page. */
  pageLeft: number;
  /** The bytes of the page's values. */
  values: Uint8Array;
  /** Null where the page cannot have rows without a value. */
  levels: Levels | null;
  /** Rows of the page with a value, so far. */
  present: number;
  /** How many it should have; null where its header does not say. */
  expected: number | null;
}

const NOTHING = new Uint8Array(0);

/** A RangeError wherever bytes are damaged. Problem: unsupported-table. */
export function columnReader(
  chunk: ChunkBytes,
  decoder: ValueDecoder,
  optional: boolean,
): ColumnReader {
  const mask = new Int32Array(decoder.out.length);
  const state: ColumnState = {
    ...{ chunk, decoder, optional, mask },
    ...{ rowsLeft: 0, pageLeft: 0, values: NOTHING, levels: null, present: 0, expected: null },
  };
  return {
    open: (next) => {
      openChunk(chunk, next);
      state.rowsLeft = next.values;
      state.pageLeft = 0;
      decoder.useDictionary(null);
    },
    read: (rows) => {
      for (let at = 0; at < rows;) at += readPart(state, at, rows - at);
      return decoder.typed;
    },
  };
}

/** Rows of one page; says how many. */
function readPart(state: ColumnState, at: number, rows: number): number {
  while (state.pageLeft === 0) startPage(state, nextPage(state.chunk));
  const { decoder, levels } = state;
  const count = Math.min(rows, state.pageLeft);
  const present = levels === null ? count : readLevels(levels, count);
  decoder.read(at, present);
  if (levels !== null && present < count) {
    spread(levels, decoder.out, { at, count, present, missing: decoder.missing });
    decoder.moved();
  }
  state.pageLeft -= count;
  state.present += present;
  if (state.pageLeft === 0) mustBeDone(state);
  return count;
}

/** What is left over was counted wrongly, and then values may be those of other rows. */
function mustBeDone({ decoder, values, levels, present, expected }: ColumnState): void {
  // Where no row has a value, writers differ in what they write for the values.
  const used = decoder.used();
  const valuesAreDone = present === 0 || (used >= 0 && isFilling(values.subarray(used)));
  const done = valuesAreDone && (levels === null || levelsAreDone(levels));
  if (!done || (expected !== null && present !== expected)) {
    throw new RangeError("a page with other values than its rows have");
  }
}

/** fastparquet puts eight zeros behind the values. */
function isFilling(bytes: Uint8Array): boolean {
  return bytes.length === 0 || (bytes.length <= 8 && bytes.every((byte) => byte === 0));
}

function startPage(state: ColumnState, page: Page): void {
  const { header, bytes } = page;
  switch (header.kind) {
    case "dictionary":
      if (header.encoding !== PLAIN && header.encoding !== PLAIN_DICTIONARY) {
        throw new RangeError("a dictionary in another encoding");
      }
      state.decoder.useDictionary({ bytes, entries: header.values });
      return;
    case "data":
      if (header.values > state.rowsLeft) throw new RangeError("more rows than the row group has");
      state.rowsLeft -= header.values;
      state.pageLeft = header.values;
      state.present = 0;
      state.values = bytes.subarray(startLevels(state, page));
      state.decoder.usePage(header.encoding, state.values);
      return;
    case "other":
      return;
  }
}

/** Makes the levels ready, and says where the values begin. */
function startLevels(state: ColumnState, { header, bytes }: Page): number {
  const { levels, values: rows } = header;
  state.levels = null;
  state.expected = levels === null ? null : rows - levels.missing;
  if (levels === null) return state.optional ? startOlderLevels(state, header, bytes) : 0;
  const values = levels.repetitionBytes + levels.definitionBytes;
  if (state.optional && levels.definitionBytes > 0) {
    state.levels = levelsBetween(bytes, levels.repetitionBytes, values, state.mask);
  }
  return values;
}

/** Their length in bytes stands in front. */
function startOlderLevels(state: ColumnState, header: PageHeader, bytes: Uint8Array): number {
  if (header.levelEncoding !== RUNS) {
    const what = "an encoding of missing values that is out of date";
    fail("unsupported-table", { file: state.chunk.source.file, what });
  }
  if (bytes.length < 4) throw new RangeError("a page without levels");
  const values = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  state.levels = levelsBetween(bytes, 4, values, state.mask);
  return values;
}
