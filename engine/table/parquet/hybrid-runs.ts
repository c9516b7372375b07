/**
 * Parquet's mixture of runs: one number repeated, or numbers of a fixed width in bits side by side. Codes of a
 * dictionary, levels and flags are held so. A RangeError wherever bytes are damaged.
 */

import { unpackBits } from "./bit-packing.ts";

export interface HybridRuns {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly end: number;
  /** Of a number, in bits. */
  readonly width: number;
  /** The byte to read next. */
  at: number;
  /** How many bits of it have been read. */
  bit: number;
  /** Numbers left in this run. */
  left: number;
  /** The number that is repeated; none where they stand side by side. */
  repeated: number | null;
}

/** The runs between two places. */
export function hybridRuns(
  bytes: Uint8Array,
  from: number,
  end: number,
  width: number,
): HybridRuns {
  if (width > 32 || from > end || end > bytes.length) throw new RangeError("runs that cannot be");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view, end, width, at: from, bit: 0, left: 0, repeated: null };
}

/** Puts the next numbers into `count` places from `at` on; those of 32 bits come out as signed. */
export function readRuns(runs: HybridRuns, out: Int32Array, at: number, count: number): void {
  for (let done = 0; done < count;) {
    if (runs.left === 0) startRun(runs);
    const part = Math.min(runs.left, count - done);
    if (runs.repeated !== null) out.fill(runs.repeated, at + done, at + done + part);
    else unpackNumbers(runs, out, at + done, part);
    runs.left -= part;
    done += part;
  }
}

/** How many of the numbers that come next are known to be the same; 0 where they stand side by side. */
export function repeatedAhead(runs: HybridRuns): number {
  if (runs.left === 0) startRun(runs);
  return runs.repeated === null ? 0 : runs.left;
}

/** Passes over so many of the repeated numbers. */
export function passRepeated(runs: HybridRuns, count: number): void {
  runs.left -= count;
}

/**
 * Where the runs end, if they end with the numbers read so far; NaN where more are to be repeated. Numbers
 * side by side may be followed by others that fill them up: DuckDB makes them 256.
 */
export function endOfRuns(runs: HybridRuns): number {
  if (runs.repeated !== null && runs.width > 0 && runs.left > 0) return NaN;
  const bits = runs.repeated === null ? runs.bit + runs.left * runs.width : 0;
  return Math.min(runs.at + Math.ceil(bits / 8), runs.end);
}

function startRun(runs: HybridRuns): void {
  const head = varInt(runs);
  const half = Math.floor(head / 2);
  if (head % 2 === 0) {
    runs.left = half;
    runs.repeated = repeatedNumber(runs);
  } else {
    runs.left = half * 8;
    runs.repeated = null;
    runs.bit = 0;
    if (runs.width === 0) runs.repeated = 0;
  }
  if (runs.left === 0) throw new RangeError("a run of nothing");
}

function varInt(runs: HybridRuns): number {
  let value = 0;
  for (let scale = 1; scale < 2 ** 35; scale *= 128) {
    const byte = byteOf(runs);
    value += (byte & 127) * scale;
    if (byte < 128) return value;
  }
  throw new RangeError("a run that does not end");
}

function byteOf(runs: HybridRuns): number {
  if (runs.at >= runs.end) throw new RangeError("runs that end too early");
  return runs.bytes[runs.at++] ?? 0;
}

function repeatedNumber(runs: HybridRuns): number {
  let value = 0;
  for (let bit = 0; bit < runs.width; bit += 8) value |= byteOf(runs) << bit;
  if (runs.width < 32 && value >>> runs.width !== 0) throw new RangeError("a number too wide");
  return value;
}

function unpackNumbers(runs: HybridRuns, out: Int32Array, at: number, count: number): void {
  const { width, at: byte, bit } = runs;
  const bits = bit + count * width;
  // Of a last run, some writers leave out what would fill it up.
  if (byte + Math.ceil(bits / 8) > runs.end) throw new RangeError("runs that end too early");
  unpackBits(runs.view, { byte, bit, width }, { out, at, count });
  runs.at += Math.floor(bits / 8);
  runs.bit = bits % 8;
}
