/** Columns as few bytes, the same however their rows are cut into blocks: what marks are taken of. */
import type { ExactnessState } from "./running-sum.ts";

let room = new Uint8Array(0);
const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);

/** Shared by all columns: what is in it is read before the next one is written. */
function roomFor(bytes: number): Uint8Array {
  if (room.length < bytes) room = new Uint8Array(bytes);
  return room;
}

export interface IdBytes {
  (ids: Float64Array, rows: number): Uint8Array;
  /** Whether each so far was larger than the one before it; not so where one is missing. */
  readonly areAscending: () => boolean;
}

/** Steps from one patient to the next: one byte for most, and 0 before a number of eight. */
export function openIdBytes(): IdBytes {
  let last = -Infinity;
  let isGood = true;
  const bytesOf = (ids: Float64Array, rows: number): Uint8Array => {
    const bytes = roomFor(9 * rows);
    let next = 0;
    for (let row = 0; row < rows; row++) {
      const id = ids[row] ?? NaN;
      const step = id - last;
      last = id;
      if (step <= 255 && step >= 1 && Math.trunc(step) === step) bytes[next++] = step;
      else {
        // Of larger ones two can be read as one.
        if (!(step > 0 && Math.abs(id) <= Number.MAX_SAFE_INTEGER)) isGood = false;
        bytes[next++] = 0;
        float[0] = id;
        bytes.set(floatBytes, next);
        next += 8;
      }
    }
    return bytes.subarray(0, next);
  };
  return Object.assign(bytesOf, { areAscending: () => isGood && last <= Number.MAX_SAFE_INTEGER });
}

/** One byte for most codes, and 255 before one of four. */
export function labelBytes(codes: Uint32Array, rows: number): Uint8Array {
  const bytes = roomFor(5 * rows);
  let next = 0;
  for (let row = 0; row < rows; row++) {
    const code = codes[row] ?? 0;
    if (code < 255) bytes[next++] = code;
    else {
      bytes[next] = 255;
      bytes[next + 1] = code & 255;
      bytes[next + 2] = (code >>> 8) & 255;
      bytes[next + 3] = (code >>> 16) & 255;
      bytes[next + 4] = code >>> 24;
      next += 5;
    }
  }
  return bytes.subarray(0, next);
}

/** Of a block; the end of the column is told by `rest`. */
export interface NumberBytes {
  (values: Float64Array, rows: number, seen: ExactnessState | undefined): Uint8Array;
  readonly rest: () => Uint8Array;
}

/**
 * How many rows of 0 stand before each other number, which is one byte for most; 254 before a number that is not 1,
 * and 255 for as many rows of 0 without one.
 */
export function openNumberBytes(): NumberBytes {
  let zeros = 0;
  const bytesOf = (
    values: Float64Array,
    rows: number,
    seen: ExactnessState | undefined,
  ): Uint8Array => {
    const bytes = roomFor(10 * rows + 1);
    // Where sums are not exact any more nobody lists them.
    const list = seen?.whole === true ? seen.nonZero : null;
    const count = list === null ? rows : (seen?.nonZeros ?? 0);
    let next = 0;
    let from = 0;
    for (let place = 0; place < count; place++) {
      const row = list === null ? place : (list[place] ?? 0);
      const value = values[row] ?? NaN;
      if (value === 0) continue;
      zeros += row - from;
      from = row + 1;
      for (; zeros >= 254; zeros -= 254) bytes[next++] = 255;
      if (value !== 1) {
        bytes[next++] = 254;
        // One kind of NaN, whatever the file has.
        float[0] = Number.isNaN(value) ? NaN : value;
        bytes.set(floatBytes, next);
        next += 8;
      }
      bytes[next++] = zeros;
      zeros = 0;
    }
    zeros += rows - from;
    for (; zeros >= 254; zeros -= 254) bytes[next++] = 255;
    return bytes.subarray(0, next);
  };
  return Object.assign(bytesOf, { rest: () => Uint8Array.of(zeros) });
}
