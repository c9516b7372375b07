/** Values of a fixed width in an Arrow buffer, made numbers. */
import { shortest } from "../typed/single-float.ts";
import type { ArrowType, FixedType } from "./arrow-schema.ts";

/** Puts the values from `from` on into the first `count` places of `out`. */
export type CopyValues = (from: number, count: number, out: Float64Array | Int32Array) => void;

type NumberArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Null where the buffer is too short for so many rows, or no value has that width. */
export function fixedValues(bytes: Uint8Array, type: FixedType, rows: number): CopyValues | null {
  const bits = type.kind === "bool" ? 1 : type.bits;
  if (bytes.length * 8 < rows * bits) return null;
  switch (type.kind) {
    case "bool":
      return (from, count, out) => {
        flags(bytes, from, count, out);
      };
    case "int":
      return bits === 64 ? longs(bytes, rows, type.signed) : numbers(intArray(bytes, rows, type));
    case "float":
      return bits === 64 ? numbers(view(bytes, Float64Array, rows)) : singles(bytes, rows, bits);
    case "time":
      return times(bytes, rows, type);
  }
}

export function bitAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1;
}

/** Most flags are 0 in most rows, so the ones alone are looked for, in bytes that have any. */
function flags(
  bytes: Uint8Array,
  from: number,
  count: number,
  out: Float64Array | Int32Array,
): void {
  out.fill(0, 0, count);
  const end = from + count;
  for (let first = from - (from & 7); first < end; first += 8) {
    let byte = bytes[first >> 3] ?? 0;
    for (let row = first; byte !== 0; row++, byte >>= 1) {
      if ((byte & 1) !== 0 && row >= from && row < end) out[row - from] = 1;
    }
  }
}

interface ViewClass<View> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): View;
}

/** The same bytes as wider values; copied where they do not start at a multiple of the width. */
export function view<View>(bytes: Uint8Array, Class: ViewClass<View>, length: number): View {
  const size = Class.BYTES_PER_ELEMENT;
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  return new Class(aligned.buffer, aligned.byteOffset, length);
}

function intArray(
  bytes: Uint8Array,
  rows: number,
  { bits, signed }: Extract<ArrowType, { kind: "int" }>,
): NumberArray | null {
  switch (bits) {
    case 8:
      return signed ? view(bytes, Int8Array, rows) : view(bytes, Uint8Array, rows);
    case 16:
      return signed ? view(bytes, Int16Array, rows) : view(bytes, Uint16Array, rows);
    case 32:
      return signed ? view(bytes, Int32Array, rows) : view(bytes, Uint32Array, rows);
    default:
      return null;
  }
}

function numbers(values: NumberArray | null): CopyValues | null {
  if (values === null) return null;
  return (from, count, out) => {
    out.set(values.subarray(from, from + count));
  };
}

/** Exact up to 2^53, and beyond 2^53 wherever the exact value is. */
function longs(bytes: Uint8Array, rows: number, signed: boolean): CopyValues {
  const low = view(bytes, Uint32Array, 2 * rows);
  const high = signed ? view(bytes, Int32Array, 2 * rows) : low;
  return (from, count, out) => {
    for (let at = 0, half = 2 * from; at < count; at++, half += 2) {
      out[at] = (high[half + 1] ?? 0) * 4_294_967_296 + (low[half] ?? 0);
    }
  };
}

/** decisions.md 28: 27.9, not the 27.899999618530273 that it widens to. */
function singles(bytes: Uint8Array, rows: number, bits: number): CopyValues | null {
  if (bits !== 32) return null;
  const values = view(bytes, Float32Array, rows);
  return (from, count, out) => {
    for (let at = 0; at < count; at++) out[at] = shortest(values[from + at] ?? 0);
  };
}

/** As days; what is left of a day is dropped, as the clamped dates of other writers have it. */
function times(
  bytes: Uint8Array,
  rows: number,
  { bits, perDay }: Extract<ArrowType, { kind: "time" }>,
): CopyValues | null {
  if (bits === 32) return numbers(view(bytes, Int32Array, rows));
  // Up to milliseconds a day number needs no more than the 53 exact bits of its count.
  if (perDay > 86_400_000) return fineTimes(bytes, rows, BigInt(perDay));
  const copy = longs(bytes, rows, true);
  return (from, count, out) => {
    copy(from, count, out);
    for (let at = 0; at < count; at++) out[at] = Math.floor((out[at] ?? 0) / perDay);
  };
}

function fineTimes(bytes: Uint8Array, rows: number, perDay: bigint): CopyValues {
  const values = view(bytes, BigInt64Array, rows);
  return (from, count, out) => {
    for (let at = 0; at < count; at++) {
      const value = values[from + at] ?? 0n;
      const rest = value % perDay;
      out[at] = Number((value - rest) / perDay) - (rest < 0n ? 1 : 0);
    }
  };
}
