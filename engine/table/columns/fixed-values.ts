/** Values of a fixed width as Arrow and parquet pack them, little-endian and side by side, made numbers. */
import { NOT_A_DAY } from "./instant-days.ts";
import type { DayOfInstant } from "./instant-days.ts";
import { shortest } from "./single-float.ts";

/** Values of one width. */
export type FixedType =
  /** A bit each, the lowest of a byte first. */
  | { readonly kind: "bool" }
  | { readonly kind: "int"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: "float"; readonly bits: number }
  | TimeType;

/** `perDay` units are a day; `bits` is the width of a value. With a zone values are moments, see `instant-days.ts`. */
export interface TimeType {
  readonly kind: "time";
  readonly bits: number;
  readonly perDay: number;
  readonly zone?: string;
  /** Days without a time of day, whatever they are counted in. */
  readonly isDay?: true;
}

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

/** Flags are read by `flag-bits.ts`. */
export type NumberType = Exclude<FixedType, { kind: "bool" }>;

/** Null where the bytes are too few for so many rows, or no value has that width. `dayOf` is for moments. */
export function fixedValues(
  bytes: Uint8Array,
  type: NumberType,
  rows: number,
  dayOf: DayOfInstant | null = null,
): CopyValues | null {
  const { bits } = type;
  if (bytes.length * 8 < rows * bits) return null;
  switch (type.kind) {
    case "int":
      return bits === 64 ? longs(bytes, rows, type.signed) : numbers(intArray(bytes, rows, type));
    case "float":
      return bits === 64 ? numbers(view(bytes, Float64Array, rows)) : singles(bytes, rows, bits);
    case "time":
      return dayOf === null ? times(bytes, rows, type) : instants(bytes, rows, type, dayOf);
  }
}

export function bitAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at >>> 3] ?? 0) >> (at & 7)) & 1;
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
  { bits, signed }: Extract<FixedType, { kind: "int" }>,
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

/** 27.9, not the 27.899999618530273 that it widens to. */
function singles(bytes: Uint8Array, rows: number, bits: number): CopyValues | null {
  if (bits !== 32) return null;
  const values = view(bytes, Float32Array, rows);
  return (from, count, out) => {
    for (let at = 0; at < count; at++) out[at] = shortest(values[from + at] ?? 0);
  };
}

/** Through bigint, because a moment must be exactly midnight. */
function instants(
  bytes: Uint8Array,
  rows: number,
  { perDay }: TimeType,
  dayOf: DayOfInstant,
): CopyValues {
  const values = view(bytes, BigInt64Array, rows);
  const perSecond = BigInt(perDay / 86_400);
  return (from, count, out) => {
    for (let at = 0; at < count; at++) {
      const value = values[from + at] ?? 0n;
      const isSecond = value % perSecond === 0n;
      out[at] = isSecond ? dayOf(Number(value / perSecond)) : NOT_A_DAY;
    }
  };
}

/** As days; what is left of a day is dropped, as the clamped dates of other writers have it. */
function times(
  bytes: Uint8Array,
  rows: number,
  { bits, perDay }: Extract<FixedType, { kind: "time" }>,
): CopyValues | null {
  if (bits === 32) return numbers(view(bytes, Int32Array, rows));
  const low = view(bytes, Uint32Array, 2 * rows);
  const high = view(bytes, Int32Array, 2 * rows);
  // Without the zeros at the end of a day's length in bits, both fit into 53 bits, and none is lost.
  const zeros = Math.min(31 - Math.clz32(perDay & -perDay), 31);
  const [odd, lift] = [perDay / 2 ** zeros, 2 ** (32 - zeros)];
  return (from, count, out) => {
    for (let at = 0, half = 2 * from; at < count; at++, half += 2) {
      out[at] = Math.floor(((high[half + 1] ?? 0) * lift + ((low[half] ?? 0) >>> zeros)) / odd);
    }
  };
}
